// Lengths of time as people write and read them. Pure; the home says how long a clock may run.

const HOUR = 60
const DAY = 24 * HOUR

/** `20 min`, `4 h`, `1 h 30`, `3 d`. */
export function minutesText(minutes: number): string {
  if (minutes > 0 && minutes % DAY === 0) return `${minutes / DAY} d`
  const [hours, rest] = [Math.floor(minutes / HOUR), minutes % HOUR]
  if (hours === 0) return `${minutes} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`
}

/** Reads `20`, `20 min`, `4h`, `1 h 30`, `1:30`, `3 d`; undefined where it is no length of time. */
export function readMinutes(typed: string): number | undefined {
  const text = typed.trim().toLowerCase()
  const clock = /^(\d+):([0-5]\d)$/.exec(text)
  if (clock) return Number(clock[1]) * HOUR + Number(clock[2])
  const found = /^(?:(\d+)\s*d(?:ays?)?)?\s*(?:(\d+)\s*h(?:ours?)?)?\s*(?:(\d+)\s*(?:m(?:in(?:utes?)?)?)?)?$/.exec(text)
  if (!found || text === '') return undefined
  const [days = '0', hours = '0', minutes = '0'] = found.slice(1)
  return Number(days) * DAY + Number(hours) * HOUR + Number(minutes)
}
