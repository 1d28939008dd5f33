// Times to come as people type them, by this machine's clock. Pure.

import { readMinutes } from '../../lib/minutes'
import { readClock } from './recurrence'

const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MINUTE_MS = 60_000

/** What may be typed, for help and refusals. */
export const HOW = 'Write it like 22:00, Tue 22:00, 2026-12-01 22:00, or 2 h from now.'

/** Reads `22:00`, `tue 22:00`, `2026-12-01`, `2026-12-01 22:00`, `2 h`; null where it is none. A time of day is the next one. */
export function readAhead(typed: string, now: number): number | null {
  const text = typed.trim().toLowerCase()
  if (text === '') return null
  const dated = /^(\d{4})-(\d\d)-(\d\d)(?:[t ]+(\S+))?$/.exec(text)
  if (dated) {
    const [, year, month, day, hour = '0:00'] = dated
    const minutes = readClock(hour)
    const at = new Date(Number(year), Number(month) - 1, Number(day), 0, minutes ?? 0)
    return minutes !== null && at.getMonth() === Number(month) - 1 ? at.getTime() : null
  }
  const [, name, hour = ''] = /^(?:([a-z]{3})[a-z]*\s+)?(\d{1,2}:\d\d)$/.exec(text) ?? []
  if (hour) {
    const minutes = readClock(hour)
    return minutes === null || (name && !WEEK.includes(name)) ? null : next(minutes, name ? WEEK.indexOf(name) : null, now)
  }
  const length = readMinutes(text)
  return length === undefined || length === 0 ? null : now + length * MINUTE_MS
}

function next(minutes: number, day: number | null, now: number): number {
  const at = new Date(now)
  at.setHours(Math.floor(minutes / 60), minutes % 60, 0, 0)
  while (at.getTime() <= now || (day !== null && at.getDay() !== day)) at.setDate(at.getDate() + 1)
  return at.getTime()
}
