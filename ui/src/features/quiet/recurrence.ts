// Times that come again, written as an RFC 5545 rule and read back in words. Pure.

/** The days of the week as rules name them, and as people do. */
export const DAYS = [
  ['MO', 'Mon'], ['TU', 'Tue'], ['WE', 'Wed'], ['TH', 'Thu'], ['FR', 'Fri'], ['SA', 'Sat'], ['SU', 'Sun'],
] as const
/** A day as rules name it. */
export type Day = (typeof DAYS)[number][0]

const ALL_DAYS = DAYS.map(([day]) => day)

/** The rule for these days of the week; every day where all are meant, null where none is. */
export function ruleOf(days: readonly Day[]): string | null {
  const meant = ALL_DAYS.filter((day) => days.includes(day))
  if (meant.length === 0) return null
  return meant.length === ALL_DAYS.length ? 'FREQ=DAILY' : `FREQ=WEEKLY;BYDAY=${meant.join(',')}`
}

const FREQS: Record<string, string> = { DAILY: 'every day', WEEKLY: 'every week', MONTHLY: 'every month', YEARLY: 'every year' }
const PLACES: Record<string, string> = { '1': 'first', '2': 'second', '3': 'third', '4': 'fourth', '-1': 'last' }

/** A rule in words: `every Tue and Thu`, `every month on the first Tue`; the rule itself where it says more than that. */
export function ruleWords(rule: string): string {
  const parts = new Map(rule.replace(/^RRULE:/i, '').toUpperCase().split(';').map((part) => part.split('=') as [string, string]))
  const every = FREQS[parts.get('FREQ') ?? '']
  const days = parts.get('BYDAY')?.split(',').map(dayWords)
  const more = [...parts.keys()].some((key) => !['FREQ', 'BYDAY', 'WKST'].includes(key))
  if (!every || more || days?.includes('')) return rule
  if (!days) return every
  return parts.get('FREQ') === 'WEEKLY' ? `every ${joined(days)}` : `${every} on ${joined(days.map((day) => (day.includes(' ') ? `the ${day}` : day)))}`
}

function dayWords(text: string): string {
  const [, place = '', day = ''] = /^(-?\d)?([A-Z]{2})$/.exec(text) ?? []
  const name = DAYS.find(([code]) => code === day)?.[1]
  if (!name || (place && !PLACES[place])) return ''
  return place ? `${PLACES[place]} ${name}` : name
}

const joined = (items: readonly string[]) => (items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`)

/** `22:00` as minutes of the day; null where it is no time of day. */
export function readClock(typed: string): number | null {
  const found = /^(\d{1,2})(?::([0-5]\d))?$/.exec(typed.trim())
  const minutes = found ? Number(found[1]) * 60 + Number(found[2] ?? 0) : Number.NaN
  return minutes < 24 * 60 ? minutes : null
}

/** The next time by this machine's clock at which one of the days has that hour, in milliseconds; null where no day is meant. */
export function firstAt(days: readonly Day[], minutes: number, now: number): number | null {
  for (let ahead = 0; ahead < 8; ahead++) {
    const at = new Date(now)
    at.setDate(at.getDate() + ahead)
    at.setHours(Math.floor(minutes / 60), minutes % 60, 0, 0)
    if (at.getTime() > now && days.includes(ALL_DAYS[(at.getDay() + 6) % 7]!)) return at.getTime()
  }
  return null
}

/** Minutes from one time of day to the next other one, over midnight where it must. */
export const lasting = (from: number, to: number): number => (to > from ? to - from : to + 24 * 60 - from)
