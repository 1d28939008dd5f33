// The one registry of what the person can do now. Palette, shortcuts, status bar and help sheet read it.

import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import { isChord, isMac, isSingle, matches, type Press, typing } from './keys'

/** Something a person can do. */
export interface Action {
  id: string
  /** A verb and an object: "Take command". */
  title: string
  /** Two words at most, for the status bar; default: the title. */
  short?: string
  /** Key caps; see `keys.ts` for how they are read. */
  shortcut?: string[]
  /** The heading under which help and palette list it: "Watch", "Incident", "Go to". */
  group: string
  /** Whether it can be done now; absent means always. */
  when?: () => boolean
  run: () => void
  /** Shown in the status bar while it can be done, lower first. */
  hint?: number
  /** Acts also while a text field has the focus, although it is a bare key (such as `Esc`). */
  whileTyping?: boolean
  /** The focused element answers the key itself (Enter on a row); it is only shown. */
  native?: boolean
  /** Left out of the palette: moving in a list, closing. */
  hidden?: boolean
}

/** Time in which the second key of a chord must follow, in milliseconds. */
const CHORD_MS = 1500

class Actions {
  /** Each set with the layer it was added on: 0 is the window, 1 a dialog over it. */
  #sets = new SvelteMap<Action[], number>()
  /** Dialogs open now. What lies beneath them does not answer. */
  #layer = $state(0)
  /** Bare letters act (a setting). */
  singleKeys = $state(true)
  /** The keys of a chord pressed so far. */
  pending = $state<string[]>([])
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * Adds actions; returns what takes them away. Later ones win where two share keys, so a set must not be added anew for
   * a title that changes: give it a getter.
   */
  register(actions: Action[]): () => void {
    this.#sets.set(actions, untrack(() => this.#layer))
    return () => this.#sets.delete(actions)
  }

  /** A dialog opened: only what is registered from now on answers, until the result is called. */
  cover(): () => void {
    const move = (by: number) => (this.#layer = untrack(() => this.#layer) + by)
    move(1)
    let open = true
    return () => {
      if (open) move(-1)
      open = false
    }
  }

  /** All actions of the topmost layer, the innermost screen first. */
  get all(): Action[] {
    return [...this.#sets].filter(([, layer]) => layer >= this.#layer).reverse().flatMap(([set]) => set)
  }

  /** Those that can be done now. */
  get available(): Action[] {
    return this.all.filter((action) => action.when?.() ?? true)
  }

  /** Does the action with this id, where it can be done. */
  run(id: string): boolean {
    const action = this.available.find((a) => a.id === id)
    action?.run()
    return action !== undefined
  }

  /** Answers a key press; true where an action took it. */
  press(event: Press & { target: EventTarget | null; repeat?: boolean }, mac = isMac()): boolean {
    if (['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return false
    const inText = typing(event.target)
    const usable = this.available.filter((a) => a.shortcut && !a.native && this.#counts(a, inText))
    const so_far = this.pending
    this.#forget()
    const whole = usable.find((a) => so_far.length === 0 && !isChord(a.shortcut!) && matches(event, a.shortcut!, mac))
      ?? usable.find((a) => isChord(a.shortcut!) && continues(a.shortcut!, so_far, event, mac) && a.shortcut!.length === so_far.length + 1)
    if (whole) {
      whole.run()
      return true
    }
    const begun = usable.find((a) => isChord(a.shortcut!) && continues(a.shortcut!, so_far, event, mac))
    if (!begun) return false
    this.pending = begun.shortcut!.slice(0, so_far.length + 1)
    this.#timer = setTimeout(() => this.#forget(), CHORD_MS)
    return true
  }

  #counts(action: Action, inText: boolean): boolean {
    const shortcut = action.shortcut!
    if (isSingle(shortcut) && !this.singleKeys) return false
    const modified = shortcut.includes('Ctrl') || shortcut.includes('Alt') || shortcut.includes('Meta') || /^F\d+$/.test(shortcut[0] ?? '')
    return !inText || modified || action.whileTyping === true
  }

  #forget() {
    clearTimeout(this.#timer)
    if (this.pending.length) this.pending = []
  }
}

function continues(shortcut: string[], so_far: string[], press: Press, mac: boolean): boolean {
  return so_far.every((cap, i) => cap === shortcut[i]) && shortcut.length > so_far.length && matches(press, [shortcut[so_far.length]!], mac)
}

/** The registry. */
export const actions = new Actions()
/** Adds actions; returns what takes them away. */
export const register = (set: Action[]): (() => void) => actions.register(set)
