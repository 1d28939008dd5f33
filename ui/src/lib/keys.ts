// Shortcuts: how they are written, how a key press is matched, when a bare letter counts. Pure.
//
// A shortcut is the list of its key caps as shown. Modifiers followed by one key are pressed together: ['Ctrl', 'K'],
// ['Shift', 'A'], ['Alt', '↑']. Keys without modifiers are pressed one after the other: ['G', 'W'].

const MODIFIERS = ['Ctrl', 'Alt', 'Shift', 'Meta'] as const
type Modifier = (typeof MODIFIERS)[number]
const isModifier = (cap: string): cap is Modifier => (MODIFIERS as readonly string[]).includes(cap)

/** Key caps whose name differs from `KeyboardEvent.key`. */
const NAMED: Record<string, string> = { '↑': 'ArrowUp', '↓': 'ArrowDown', '←': 'ArrowLeft', '→': 'ArrowRight', Esc: 'Escape', Space: ' ', Del: 'Delete' }

/** What matching needs of a key press. */
export interface Press {
  key: string
  code: string
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
  metaKey: boolean
}

export const isMac = (): boolean => typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

/** Whether the keys are pressed one after the other. */
export const isChord = (shortcut: readonly string[]): boolean => shortcut.length > 1 && !shortcut.some(isModifier)

/** Whether a shortcut is a bare character, which counts only outside text fields and can be turned off (WCAG 2.1.4). */
export function isSingle(shortcut: readonly string[]): boolean {
  const last = shortcut.at(-1) ?? ''
  return !shortcut.includes('Ctrl') && !shortcut.includes('Alt') && !shortcut.includes('Meta') && last.length === 1 && !(last in NAMED)
}

/** Whether a press is one step: a key cap with its modifiers. */
export function matches(press: Press, step: readonly string[], mac = isMac()): boolean {
  const cap = step.at(-1) ?? ''
  const wants = (m: Modifier) => step.slice(0, -1).includes(m)
  const ctrl = mac ? press.metaKey : press.ctrlKey
  const meta = mac ? press.ctrlKey : press.metaKey
  if (ctrl !== wants('Ctrl') || meta !== wants('Meta') || press.altKey !== wants('Alt')) return false
  // Punctuation is written with or without Shift, depending on the layout.
  const punctuation = cap.length === 1 && !/[\p{L}\p{N}]/u.test(cap) && !(cap in NAMED)
  if (!punctuation && press.shiftKey !== wants('Shift')) return false
  return sameKey(press, NAMED[cap] ?? cap)
}

function sameKey(press: Press, key: string): boolean {
  if (press.key.toLowerCase() === key.toLowerCase()) return true
  // Layouts without Latin letters, and Alt on macOS, answer by the place of the key.
  const latin = /^[a-z0-9]$/i.test(press.key)
  return !latin && /^[a-z]$/i.test(key) ? press.code === `Key${key.toUpperCase()}` : /^[0-9]$/.test(key) && press.altKey && press.code === `Digit${key}`
}

/** Whether the focus is in something that takes characters. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range', 'color'].includes(target.type)
}

/** A shortcut as one text: `Ctrl K`, `G then W`. */
export const spoken = (shortcut: readonly string[]): string => shortcut.join(isChord(shortcut) ? ' then ' : ' ')

const MAC_CAPS: Record<string, string> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Meta: '⌃', Enter: '↩' }
/** The cap as this system prints it. */
export const cap = (key: string, mac = isMac()): string => (mac ? (MAC_CAPS[key] ?? key) : key)
