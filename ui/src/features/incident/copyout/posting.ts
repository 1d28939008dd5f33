// Reading what is said about a posting. Pure.

import { readBox } from '../composer/pieces'

/** Longest wait that is still a promise of news, in minutes: a day. */
const MOST = 24 * 60

/** Minutes from 1 to a day, bare or as `2h`, `1h30m`; null where it cannot be read so. */
export function readMinutes(typed: string): number | null {
  const text = typed.trim().replaceAll(' ', '')
  const minutes = /^\d{1,4}$/.test(text) ? Number(text) : readBox(text)
  return minutes !== null && minutes >= 1 && minutes <= MOST ? minutes : null
}
