// What can be done on every screen.

import { setStorm } from '../features/quiet'
import { call, undo } from '../ipc'
import type { Action } from '../lib/actions.svelte'
import { back, go, route } from '../lib/route.svelte'
import { theme } from '../lib/theme.svelte'
import { toasts } from '../lib/toasts.svelte'

/** What the actions need of the window. */
export interface Everywhere {
  palette: () => void
  help: () => void
  declare: () => void
  /** Whether a home is open; without one there is nothing to jump to or declare into. */
  home: () => boolean
  report: () => void
  /** Whether a storm is held. */
  storm: () => boolean
  /** Whether this is the demo. */
  demo: () => boolean
}

/** The actions of every screen. */
export function everywhere(on: Everywhere): Action[] {
  const group = 'Everywhere'
  return [
    { id: 'palette', title: 'Jump to, or run a command', shortcut: ['Ctrl', 'K'], group, hidden: true, when: on.home, run: on.palette },
    { id: 'declare', title: 'Declare an incident', short: 'Declare', shortcut: ['Ctrl', 'D'], group, hint: 80, when: on.home, run: on.declare },
    { id: 'undo', get title() { return undo.last?.label ?? 'Undo' }, short: 'Undo', shortcut: ['Z'], group, hint: 10, when: () => undo.last !== null, run: () => void undo.take() },
    { id: 'report', title: 'Report a problem…', group, when: on.home, run: on.report },
    { id: 'storm', title: 'I know, hold this storm', shortcut: ['Ctrl', 'Alt', 'Shift', 'S'], group, when: on.home, run: () => void storm(true) },
    { id: 'storm.end', title: 'End the storm', group, when: on.storm, run: () => void storm(false) },
    { id: 'theme', title: 'Switch between dark and light', shortcut: ['Ctrl', 'Shift', 'L'], group, run: switchTheme },
    { id: 'panes', title: 'Next pane', shortcut: ['F6'], group, hidden: true, run: nextPane },
    { id: 'back', title: 'Back', shortcut: ['Esc'], group, hidden: true, when: () => route.current.name !== 'watch', run: back },
    { id: 'help', title: 'All keys', shortcut: ['?'], group, hint: 90, run: on.help },
    { id: 'go.watch', title: 'Go to Watch', shortcut: ['G', 'W'], group: 'Go to', when: on.home, run: () => go({ name: 'watch' }) },
    { id: 'go.incidents', title: 'Go to Incidents', shortcut: ['G', 'N'], group: 'Go to', when: on.home, run: () => go({ name: 'incidents' }) },
    { id: 'go.quiet', title: 'Go to what is Quiet', shortcut: ['G', 'Q'], group: 'Go to', when: on.home, run: () => go({ name: 'quiet' }) },
    { id: 'go.people', title: 'Go to People', shortcut: ['G', 'E'], group: 'Go to', when: on.home, run: () => go({ name: 'people' }) },
    { id: 'go.settings', title: 'Go to Settings', shortcut: ['G', 'S'], group: 'Go to', when: on.home, run: () => go({ name: 'settings' }) },
    { id: 'demo', title: 'Try the demo', group: 'Go to', when: () => on.home() && !on.demo(), run: () => void call('window.demo', {}).catch(said) },
    { id: 'demo.leave', title: 'Back to my home', group: 'Go to', when: on.demo, run: () => void call('window.leave_demo', {}).catch(said) },
  ]
}

/** The switch has no place of its own: what was refused is said where it would have been confirmed. */
async function storm(hold: boolean) {
  const refused = await setStorm(hold)
  if (refused) said(refused)
}

const said = (error: Error & { hint?: string | null }) => void toasts.show(`${error.message}${error.hint ? ` ${error.hint}` : ''}`)

function switchTheme() {
  theme.choose(theme.shown === 'dark' ? 'light' : 'dark')
  // The machine keeps it too, for the other windows; without it the choice still holds here.
  call('machine.set', { theme: theme.choice }).catch(() => {})
}

const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex="0"]'

/** Moves the focus to the next part of the window. */
function nextPane() {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.querySelector(FOCUSABLE) !== null)
  const at = panes.findIndex((pane) => pane.contains(document.activeElement))
  const pane = panes[(at + 1) % panes.length]
  const first = pane?.querySelector<HTMLElement>('[data-first], [aria-current]') ?? pane?.querySelector<HTMLElement>(FOCUSABLE)
  first?.focus()
}
