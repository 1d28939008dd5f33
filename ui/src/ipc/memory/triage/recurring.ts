// Times that come again, as far as the fake home needs them: days of the week at the hour of the first time.

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Whether `now` lies within one of the times, each of which begins at the hour of `first` and lasts `minutes`. */
export function within(rule: string, first: string, minutes: number, now: number): boolean {
  const days = /BYDAY=([A-Z,]+)/.exec(rule)?.[1]?.split(',')
  const hour = new Date(first)
  return [0, 1, 2, 3, 4, 5, 6, 7].some((back) => {
    const day = new Date(now - back * DAY)
    const begun = day.setHours(hour.getHours(), hour.getMinutes(), 0, 0)
    const meant = days ? days.includes(DAYS[new Date(begun).getDay()]!) : /FREQ=DAILY/.test(rule) || new Date(begun).getDay() === hour.getDay()
    return meant && begun >= Date.parse(first) && begun <= now && now < begun + minutes * MINUTE
  })
}
