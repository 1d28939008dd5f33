// The keys of the room as actions of the one registry. A key never changes anything by itself while somebody types.

import type { IncidentSummary } from '../../ipc'
import type { Action } from '../../lib/actions.svelte'
import { copy } from '../../lib/clipboard'
import { go } from '../../lib/route.svelte'
import { toasts } from '../../lib/toasts.svelte'
import { ALPHABET, type Mode } from './composer/commands'
import { entryText } from './copies'
import { copyOut, wantedAt } from './copyout'
import type { DialogKind } from './dialogs/kinds'
import { inOrder } from './order'
import type { Room } from './room.svelte'

export { inOrder }

/** Where the keys lead. */
export interface Hands {
  room: Room
  /** Puts the caret into the composer, with `text` where it is empty, and reads the line by `mode`. */
  write: (text?: string, mode?: Mode) => void
  /** Records another's words in the composer, or takes the next way of saying it. */
  saidBy: () => void
  /** Opens the bridge where there is one. */
  bridge: () => void
  /** The timeline's entries in the order they are drawn. */
  step: (by: 'up' | 'down' | 'first' | 'last') => void
  /** Whether the focus is in the timeline. */
  inTimeline: () => boolean
}

export function roomActions({ room, write, saidBy, bridge, step, inTimeline }: Hands): Action[] {
  const group = 'Incident'
  const here = () => room.incident !== undefined
  const chosen = () => here() && room.entry !== null
  const command = () => room.incident?.commander.state
  const within = () => here() && inTimeline()
  return [
    ...ALPHABET.map(({ letter, mode, title }, i): Action => ({
      id: mode === 'pin' ? 'incident.pin' : `incident.${mode}`, title, shortcut: [letter], group, hint: i + 1, when: here,
      // The key moment is the entry one stands on; elsewhere the letter writes.
      run: () => (mode === 'pin' && inTimeline() && room.entry ? room.pin() : write('', mode)),
    })),
    ...ALPHABET.map(({ letter, mode, title }): Action => ({ id: `incident.${mode}.typing`, title: `${title}, while typing`, shortcut: ['Alt', letter], group, hidden: true, when: here, run: () => write('', mode) })),
    { id: 'incident.said', title: 'Said by another', shortcut: ['Alt', 'S'], group, when: here, run: () => saidBy() },
    { id: 'incident.command', title: 'Command', shortcut: ['/'], group, hint: 9, when: here, run: () => write('/') },
    { id: 'incident.severity', title: 'Severity', shortcut: ['V'], group, hint: 10, when: here, run: () => room.choose({ kind: 'severity' }, 'set_severity') },
    { id: 'incident.lifecycle', title: 'State', shortcut: ['L'], group, hint: 11, when: here, run: () => room.choose({ kind: 'lifecycle' }, 'set_status') },
    { id: 'incident.take', title: 'Take command', shortcut: ['C'], group, hint: 0, when: () => command() === 'unclaimed', run: () => room.command() },
    { id: 'incident.confirm', title: 'Confirm command', shortcut: ['C'], group, hint: 0, when: () => command() === 'acting', run: () => room.command() },
    { id: 'incident.handover', title: 'Hand over command', shortcut: ['C'], group, when: () => command() === 'confirmed', run: () => room.open({ kind: 'handoff' }) },
    { id: 'incident.role', title: 'Fill a role', shortcut: ['R'], group, hint: 12, when: here, run: () => room.open({ kind: 'role' }) },
    { id: 'incident.bridge', title: 'Bridge', shortcut: ['B'], group, hint: 13, when: here, run: () => bridge() },
    { id: 'incident.why', title: 'Why the alerts did or did not make a noise', short: 'Why', shortcut: ['W'], group, when: here, run: () => room.why(document.activeElement?.closest<HTMLElement>('[data-group]')?.dataset['group']) },
    { id: 'entry.correct', title: 'Correct the entry', shortcut: ['E'], group, when: here, run: () => room.correct() },
    { id: 'entry.redact', title: 'Take words out of the entry', shortcut: ['Backspace'], group, when: chosen, run: () => room.redact() },
    { id: 'incident.copy', title: 'Copy', shortcut: ['Y'], group, hint: 8, when: here, run: () => void copyHere(room, inTimeline()) },
    { id: 'incident.copy-as', title: 'Copy the board in another form', group, when: here, run: () => room.open({ kind: 'copy' }) },
    { id: 'incident.paste', title: 'Paste what was said elsewhere', shortcut: ['Ctrl', 'Shift', 'V'], group, when: here, run: () => room.open({ kind: 'paste' }) },
    ...FORMS.map(([kind, title]): Action => ({ id: `incident.form.${kind}`, title, group, when: here, run: () => room.open({ kind }) })),
    { id: 'incident.next', title: 'Next incident', shortcut: ['Alt', '↓'], group, when: () => beside(room, 1) !== null, run: () => goTo(beside(room, 1)) },
    { id: 'incident.previous', title: 'Previous incident', shortcut: ['Alt', '↑'], group, when: () => beside(room, -1) !== null, run: () => goTo(beside(room, -1)) },
    { id: 'entry.up', title: 'Entry above', shortcut: ['↑'], group, hidden: true, when: within, run: () => step('up') },
    { id: 'entry.down', title: 'Entry below', shortcut: ['↓'], group, hidden: true, when: within, run: () => step('down') },
    { id: 'entry.first', title: 'First entry drawn', shortcut: ['Home'], group, hidden: true, when: within, run: () => step('first') },
    { id: 'entry.last', title: 'Newest entry', shortcut: ['End'], group, hidden: true, when: within, run: () => step('last') },
    { id: 'entry.leave', title: 'Choose no entry', shortcut: ['Esc'], group, hidden: true, when: () => within() && chosen(), run: () => write() },
  ]
}

/** What the palette opens by name. */
const FORMS: readonly (readonly [DialogKind, string])[] = [
  ['update', 'Post an update'], ['promise', 'Promise the next update'], ['look', 'Look again'], ['task', 'Add a task'], ['handoff', 'Hand over command with a brief'],
  ['role-card', 'Role cards and checklists'], ['bridge', 'Set the bridge'], ['impact', 'Customer impact'], ['attach', 'Attach alerts'], ['merge', 'Merge into another incident'],
  ['link', 'Link another incident'], ['split', 'Split alerts off'], ['help', 'All commands of the room'],
]

/** The incident `by` steps from this one; null where there is none. */
export function beside(room: Pick<Room, 'active' | 'incident'>, by: 1 | -1): IncidentSummary | null {
  const list = inOrder(room.active.data ?? [])
  const at = list.findIndex((one) => one.id === room.incident?.id)
  if (at < 0) return (by > 0 ? list[0] : list.at(-1)) ?? null
  return list[at + by] ?? null
}

const goTo = (one: IncidentSummary | null) => one && go({ name: 'incident', id: one.ref })

/** Copies what has the focus: a piece of the room, the entry one stands on, else the board. */
export async function copyHere(room: Room, onEntry = true) {
  const piece = wantedAt(document.activeElement)
  const entry = onEntry ? room.entry : null
  if (piece || !entry) return copyOut(room, piece ?? { piece: 'board' })
  if (entry.kind === 'update') return copyOut(room, { piece: 'update', about: entry.id })
  if (await copy(entryText(entry, room.incident?.ref ?? ''))) toasts.show('Copied the entry')
  else room.refuse('The system did not take the copy.')
}
