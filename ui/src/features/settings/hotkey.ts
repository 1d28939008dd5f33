// Recording a global hotkey: what was pressed, and why it cannot be had. Pure.

/** What recording needs of a key press. */
export interface Stroke {
  code: string
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
  metaKey: boolean
  /** AltGr is down. */
  altGraph: boolean
}

/** A combination as far as it was pressed. */
export interface Recorded {
  /** Its key caps so far. */
  caps: string[]
  /** `Ctrl+Alt+Shift+M`, once it is whole and may be asked for. */
  shortcut: string | null
  /** Why it may not be, as a sentence with what to do. */
  problem: string | null
}

/** Reads a key press. `mac`: Option types characters there, Ctrl does not reach the programs in front. */
export function record(stroke: Stroke, mac: boolean): Recorded {
  const modifiers = [stroke.ctrlKey && 'Ctrl', stroke.altKey && 'Alt', stroke.shiftKey && 'Shift', stroke.metaKey && (mac ? 'Cmd' : 'Super')].filter((m) => m !== false)
  if (/^(Control|Alt|Shift|Meta|OS)/.test(stroke.code)) return { caps: modifiers, shortcut: null, problem: null }
  const key = /^Key([A-Z])$/.exec(stroke.code)?.[1] ?? /^Digit([0-9])$/.exec(stroke.code)?.[1] ?? /^(F\d{1,2})$/.exec(stroke.code)?.[1]
  if (!key) return { caps: modifiers, shortcut: null, problem: 'Use a letter, a digit or a function key.' }
  const caps = [...modifiers, key]
  const problem = whyNot(modifiers, key, stroke.altGraph, mac)
  return { caps, shortcut: problem ? null : caps.join('+'), problem }
}

function whyNot(modifiers: string[], key: string, altGraph: boolean, mac: boolean): string | null {
  const are = (...wanted: string[]) => modifiers.length === wanted.length && wanted.every((m) => modifiers.includes(m))
  if (key.startsWith('F') && key.length > 1) return are('Alt') && key === 'F4' ? 'Alt F4 closes windows. Choose another.' : null
  if (altGraph || (!mac && are('Ctrl', 'Alt'))) return 'Ctrl Alt is AltGr on many keyboards and types a character there. Add Shift.'
  if (modifiers.length === 0 || are('Shift')) return `${[...modifiers, key].join(' ')} types a character. Add Ctrl, Alt and Shift.`
  if (mac && (are('Alt') || are('Alt', 'Shift'))) return 'Option types characters. Add Ctrl.'
  if (modifiers.length === 1 || are('Ctrl', 'Shift')) return `${[...modifiers, key].join(' ')} belongs to the programs in front. Add ${mac ? 'Ctrl and Option' : 'Alt'}.`
  return null
}

/** The caps of a stored hotkey. */
export const capsOf = (shortcut: string, mac: boolean): string[] =>
  shortcut.split('+').map((cap) => (mac ? ({ Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Cmd: '⌘', Super: '⌘' }[cap] ?? cap) : cap))
