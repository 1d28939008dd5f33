// Times as people type them. Everything in the room is shown in UTC, so a bare `14:07` is UTC too.


/** What a typed time turned out to be. */
export type When = { at: number } | { problem: string }

/** Slack for a clock that runs a little ahead of the one on the wall. */
const AHEAD_MS = 60_000
const DAY_MS = 86_400_000
const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: DAY_MS }

const AGO = /^-((?:\d+[smhd])+)$/i
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:z|utc)?$/i
const DATED = /^(\d{4}-\d{2}-\d{2})(?:[t ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(z|[+-]\d{2}:\d{2})?$/i

/** Reads a whole time, or `null` where it is not one. */
export function parseWhen(typed: string, now: number): When | null {
  const text = typed.trim()
  if (text.toLowerCase() === 'now') return { at: now }
  const ago = AGO.exec(text)
  if (ago) return { at: now - span(ago[1]!) }
  const clock = CLOCK.exec(text)
  if (clock) return clockTime(clock, now)
  const dated = DATED.exec(text)
  return dated ? datedTime(dated, now) : null
}

/** Takes a time off the front of a line; `null` where it does not begin with one. */
export function takeWhen(line: string, now: number): { when: When; rest: string } | null {
  const text = line.trimStart()
  const end = text.search(/\s/)
  const word = end < 0 ? text : text.slice(0, end)
  const when = parseWhen(word, now)
  return when ? { when, rest: end < 0 ? '' : text.slice(end).trimStart() } : null
}

/** How an instant is written in the UI's time fields, so that it can be read back. */
export function writeWhen(at: number, now: number): string {
  const iso = new Date(at).toISOString()
  return now - at < DAY_MS && at <= now ? iso.slice(11, 19) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** An instant in UTC, as short as it stays clear: `14:07`, `yesterday 14:07`, `3 Mar 14:07`, `3 Mar 2025 14:07`. */
export function utcMoment(at: number, now: number, seconds = false): string {
  const date = new Date(at)
  const time = date.toISOString().slice(11, seconds ? 19 : 16)
  const apart = Math.floor(now / DAY_MS) - Math.floor(at / DAY_MS)
  if (apart === 0) return time
  if (apart === 1) return `yesterday ${time}`
  const year = date.getUTCFullYear()
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${year === new Date(now).getUTCFullYear() ? '' : ` ${year}`} ${time}`
}

function span(parts: string): number {
  let total = 0
  for (const [, amount, unit] of parts.matchAll(/(\d+)([smhd])/gi)) total += Number(amount) * UNITS[unit!.toLowerCase()]!
  return total
}

function clockTime(match: RegExpExecArray, now: number): When {
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
  if (hours > 23 || minutes > 59 || seconds > 59) return { problem: `${match[0]} is not a time of day.` }
  const midnight = Math.floor(now / DAY_MS) * DAY_MS
  const today = midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000
  return { at: today > now + AHEAD_MS ? today - DAY_MS : Math.min(today, now) }
}

function datedTime(match: RegExpExecArray, now: number): When {
  const at = Date.parse(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? 'Z'}`)
  if (Number.isNaN(at)) return { problem: `${match[0]} is not a date.` }
  return at > now + AHEAD_MS ? { problem: `${match[0]} lies ahead of now.` } : { at: Math.min(at, now) }
}
