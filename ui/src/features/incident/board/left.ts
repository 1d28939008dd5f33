// How much of a time box is left, as digits. Pure; the clock runs in the window.

import { digits } from '../../../lib/time'

/** A box turns amber when this part of it is left. */
const SOON = 0.2

export interface Left {
  /** `1:40`, `3:20`. */
  digits: string
  /** `1:40 left`, `3:20 overdue`. */
  text: string
  tone: 'calm' | 'soon' | 'late'
}

/** What is left until `due` of a span of `ms`. */
export function timeLeft(due: string, ms: number, now: number): Left {
  const left = Date.parse(due) - now
  const shown = digits(Math.abs(left))
  if (left < 0) return { digits: shown, text: `${shown} overdue`, tone: 'late' }
  return { digits: shown, text: `${shown} left`, tone: left <= soonOf(ms) ? 'soon' : 'calm' }
}

/** How long before its end a span of `ms` turns amber. */
export const soonOf = (ms: number): number => ms * SOON

/** How long the running promise is, from the word to the instant, in milliseconds. */
export const promiseSpan = (promise: { due: string; heard: { at: string } }): number => Math.max(0, Date.parse(promise.due) - Date.parse(promise.heard.at))
