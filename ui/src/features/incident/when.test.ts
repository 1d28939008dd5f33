import { describe, expect, it } from 'vitest'
import { parseWhen, takeWhen, utcMoment, writeWhen } from './when'

const now = Date.parse('2026-03-04T14:50:30Z')
const iso = (typed: string) => {
  const when = parseWhen(typed, now)
  return when && 'at' in when ? new Date(when.at).toISOString() : when
}

describe('a typed time', () => {
  it('is today, in UTC, when only the clock is given', () => {
    expect(iso('14:07')).toBe('2026-03-04T14:07:00.000Z')
    expect(iso('14:07:09')).toBe('2026-03-04T14:07:09.000Z')
    expect(iso('9:05 ')).toBe('2026-03-04T09:05:00.000Z')
  })

  it('is yesterday when that clock time has not come yet today', () => {
    expect(iso('23:10')).toBe('2026-03-03T23:10:00.000Z')
    expect(iso('14:51'), 'a clock a little ahead means now').toBe('2026-03-04T14:50:30.000Z')
  })

  it('may be a span before now', () => {
    expect(iso('-12m')).toBe('2026-03-04T14:38:30.000Z')
    expect(iso('-1h30m')).toBe('2026-03-04T13:20:30.000Z')
    expect(iso('-2d')).toBe('2026-03-02T14:50:30.000Z')
    expect(iso('now')).toBe('2026-03-04T14:50:30.000Z')
  })

  it('may carry its date and zone', () => {
    expect(iso('2026-03-01T10:00:00+02:00')).toBe('2026-03-01T08:00:00.000Z')
    expect(iso('2026-03-01 10:00')).toBe('2026-03-01T10:00:00.000Z')
  })

  it('says what is wrong instead of guessing', () => {
    expect(iso('25:00')).toEqual({ problem: '25:00 is not a time of day.' })
    expect(iso('2026-03-05T10:00Z')).toEqual({ problem: '2026-03-05T10:00Z lies ahead of now.' })
    expect(iso('noon-ish')).toBeNull()
    expect(iso('12')).toBeNull()
  })

  it('is taken off the front of a line', () => {
    expect(takeWhen('-12m FRA rolled back', now)).toEqual({ when: { at: now - 720_000 }, rest: 'FRA rolled back' })
    expect(takeWhen('FRA rolled back', now)).toBeNull()
  })

  it('reads back what the fields show', () => {
    for (const at of [now - 5_000, now - 40 * 86_400_000]) {
      expect(parseWhen(writeWhen(at, now), now)).toEqual({ at: Math.floor(at / 1000) * 1000 })
    }
  })
})

it('an instant is said in UTC, with its day where that is another', () => {
  expect(utcMoment(now - 60_000, now)).toBe('14:49')
  expect(utcMoment(now - 16 * 3_600_000, now), 'a day of UTC, not of Berlin').toBe('yesterday 22:50')
  expect(utcMoment(Date.parse('2025-12-24T08:00:09Z'), now, true)).toBe('24 Dec 2025 08:00:09')
})
