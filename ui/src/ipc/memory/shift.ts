// A weekly shift of the fake home: `mon-fri 09:00-17:00` in the person's own zone.

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const DAY = 24 * 60
const WEEK = 7 * DAY
const MINUTE_MS = 60_000

/** Whether `now` lies in the shift, and when that changes; null where the text is no shift. */
export function onShift(text: string, zone: string, now: number): { on: boolean; changes: number } | null {
  const shift = parse(text)
  if (!shift) return null
  const { days, from, to } = shift
  const inside = (minute: number) => {
    const day = Math.floor(minute / DAY)
    const m = minute % DAY
    return to > from ? days[day]! && from <= m && m < to : (days[day]! && m >= from) || (days[(day + 6) % 7]! && m < to)
  }
  const at = minuteOfWeek(zone, now)
  const on = inside(at)
  let ahead = 1
  while (ahead < WEEK && inside((at + ahead) % WEEK) === on) ahead += 1
  return { on, changes: Math.floor(now / MINUTE_MS) * MINUTE_MS + ahead * MINUTE_MS }
}

function parse(text: string) {
  const [, said = 'daily', hours = ''] = /^(?:(.+)\s+)?(\S+)$/.exec(text.trim().toLowerCase()) ?? []
  const days = DAYS.map(() => said === 'daily')
  for (const part of said === 'daily' ? [] : said.split(/[,\s]+/)) {
    const [first, last = first] = part.split('-').map((day) => DAYS.findIndex((name) => day.startsWith(name)))
    if (first === undefined || last === undefined || first < 0 || last < 0) return null
    for (let day = first; ; day = (day + 1) % 7) {
      days[day] = true
      if (day === last) break
    }
  }
  const [from, to] = hours.split('-').map(clock)
  return from == null || to == null || from === to ? null : { days, from, to }
}

function clock(text: string): number | null {
  const found = /^(\d{1,2})(?::(\d\d))?$/.exec(text)
  const minutes = found ? Number(found[1]) * 60 + Number(found[2] ?? 0) : DAY + 1
  return minutes <= DAY ? minutes : null
}

function minuteOfWeek(zone: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(now)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return DAYS.indexOf(part('weekday').toLowerCase()) * DAY + Number(part('hour')) * 60 + Number(part('minute'))
}
