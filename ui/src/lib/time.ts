// Instants and spans in words. Pure: "now" is always passed in.

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Milliseconds since 1970 of an RFC 3339 instant. */
export const millis = (at: string): number => Date.parse(at)

const two = (n: number) => String(n).padStart(2, '0')

/** A span as a digital clock: `0:07`, `2:10`, `41:00`, `5:12:09`. Negative spans read as zero. */
export function digits(span: number): string {
  const seconds = Math.max(0, Math.floor(span / SECOND))
  const h = Math.floor(seconds / 3600)
  const m = Math.floor((seconds % 3600) / 60)
  return h > 0 ? `${h}:${two(m)}:${two(seconds % 60)}` : `${m}:${two(seconds % 60)}`
}

/** A span as people say it: `40 s`, `52 min`, `5 h 12`, `1 d 3 h`. */
export function span(ms: number): string {
  const t = Math.max(0, ms)
  if (t < MINUTE) return `${Math.floor(t / SECOND)} s`
  if (t < HOUR) return `${Math.floor(t / MINUTE)} min`
  if (t < DAY) return `${Math.floor(t / HOUR)} h ${two(Math.floor((t % HOUR) / MINUTE))}`
  const days = Math.floor(t / DAY)
  const hours = Math.floor((t % DAY) / HOUR)
  return days < 7 && hours > 0 ? `${days} d ${hours} h` : `${days} d`
}

/** How long ago an instant was: `just now`, `4 s ago`, `2 min ago`. */
export function ago(at: string, now: number): string {
  const past = now - millis(at)
  return past < 2 * SECOND ? 'just now' : `${past < HOUR || past >= DAY ? span(past) : `${Math.floor(past / HOUR)} h`} ago`
}

/** How a promise stands: its words and whether it asks for attention. */
export interface Lateness {
  text: string
  tone: 'calm' | 'soon' | 'late'
}

/** The one form of lateness: `due in 2:10`, `3:20 overdue`. It is soon within `soonMs` of the instant (default 5 min). */
export function lateness(due: string, now: number, soonMs = 5 * MINUTE): Lateness {
  const left = millis(due) - now
  if (left < 0) return { text: `${digits(-left)} overdue`, tone: 'late' }
  return { text: `due in ${digits(left)}`, tone: left <= soonMs ? 'soon' : 'calm' }
}

/** `14:07` in local time, or UTC. */
export function hourMinute(at: string | number, utc = false): string {
  const d = new Date(at)
  return utc ? `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}` : `${two(d.getHours())}:${two(d.getMinutes())}`
}

/** `14:07:50` in UTC. */
export const utcSeconds = (now: number): string => new Date(now).toISOString().slice(11, 19)

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const midnight = (t: number) => new Date(t).setHours(0, 0, 0, 0)

/** A local day: `today`, `yesterday`, `Mon`, `23 Nov`, `23 Nov 2025`. */
export function day(at: string | number, now: number): string {
  const d = new Date(at)
  const apart = Math.round((midnight(now) - midnight(d.getTime())) / DAY)
  if (apart === 0) return 'today'
  if (apart === 1) return 'yesterday'
  if (apart > 1 && apart < 7) return DAYS[d.getDay()]!
  const short = `${d.getDate()} ${MONTHS[d.getMonth()]}`
  return d.getFullYear() === new Date(now).getFullYear() ? short : `${short} ${d.getFullYear()}`
}

/** A local instant, as short as it stays clear: `14:07`, `yesterday 14:07`, `23 Nov 14:07`. */
export function moment(at: string, now: number): string {
  const d = day(at, now)
  return d === 'today' ? hourMinute(at) : `${d} ${hourMinute(at)}`
}

/** An instant to come by this machine's clock: `18:00`, `Tue 08:00`, `30 Nov 08:00`. */
export function ahead(at: string, now: number): string {
  const then = new Date(at)
  if (then.toDateString() === new Date(now).toDateString()) return hourMinute(at)
  if (millis(at) - now < 7 * DAY) return `${DAYS[then.getDay()]} ${hourMinute(at)}`
  return `${then.getDate()} ${MONTHS[then.getMonth()]} ${hourMinute(at)}`
}

/** A sentence with every RFC 3339 instant in it read as how long ago it was. */
export const readable = (text: string, now: number): string => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, (at) => ago(at, now))

/** An instant in full, for titles: `Mon 23 Nov 2026 14:07:50 UTC`. */
export function full(at: string): string {
  const d = new Date(at)
  return `${DAYS[d.getUTCDay()]} ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()} ${utcSeconds(d.getTime())} UTC`
}

/** The city of this machine's zone: `Berlin`; null in UTC, which needs no second clock. */
export function zoneCity(zone = Intl.DateTimeFormat().resolvedOptions().timeZone): string | null {
  const city = zone?.split('/').at(-1)?.replaceAll('_', ' ')
  return !city || city === 'UTC' || city === 'GMT' ? null : city
}
