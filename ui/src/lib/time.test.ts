import { expect, test } from 'vitest'
import { ago, ahead, day, digits, hourMinute, lateness, moment, readable, span, utcSeconds, zoneCity } from './time'

const NOW = Date.parse('2026-11-23T14:50:50Z')
const before = (ms: number) => new Date(NOW - ms).toISOString()
const MIN = 60_000

test('a running clock', () => {
  expect(digits(7_000)).toBe('0:07')
  expect(digits(130_999)).toBe('2:10')
  expect(digits(3_600_000 * 5 + 12 * MIN + 9_000)).toBe('5:12:09')
  expect(digits(-5), 'never negative').toBe('0:00')
})

test('a span as people say it', () => {
  expect(span(40_000)).toBe('40 s')
  expect(span(52 * MIN)).toBe('52 min')
  expect(span(64 * MIN)).toBe('1 h 04')
  expect(span(27 * 60 * MIN)).toBe('1 d 3 h')
  expect(span(9 * 24 * 60 * MIN)).toBe('9 d')
})

test('how long ago', () => {
  expect(ago(before(500), NOW)).toBe('just now')
  expect(ago(before(4_000), NOW)).toBe('4 s ago')
  expect(ago(before(5 * 60 * MIN + 12 * MIN), NOW)).toBe('5 h ago')
})

test('an instant to come', () => {
  expect(ahead('2026-11-23T17:00:00Z', NOW)).toBe('18:00')
  expect(ahead('2026-11-24T07:00:00Z', NOW)).toBe('Tue 08:00')
  expect(ahead('2026-12-03T07:00:00Z', NOW)).toBe('3 Dec 08:00')
})

test('instants within a sentence are read', () => {
  expect(readable('last heard 2026-11-23T14:50:46.000Z, asked', NOW)).toBe('last heard 4 s ago, asked')
  expect(readable('on 127.0.0.1:6878', NOW)).toBe('on 127.0.0.1:6878')
})

test('lateness has one form', () => {
  expect(lateness(before(-130_000), NOW)).toEqual({ text: 'due in 2:10', tone: 'soon' })
  expect(lateness(before(-41 * MIN), NOW)).toEqual({ text: 'due in 41:00', tone: 'calm' })
  expect(lateness(before(200_000), NOW)).toEqual({ text: '3:20 overdue', tone: 'late' })
  expect(lateness(before(0), NOW).tone, 'due this second is not late').toBe('soon')
})

test('days and moments in local time', () => {
  expect(hourMinute(NOW)).toBe('15:50')
  expect(hourMinute(NOW, true)).toBe('14:50')
  expect(utcSeconds(NOW)).toBe('14:50:50')
  expect(day(before(0), NOW)).toBe('today')
  expect(day('2026-11-22T23:30:00Z', NOW), 'past midnight in Berlin').toBe('today')
  expect(moment('2026-11-22T12:00:00Z', NOW)).toBe('yesterday 13:00')
  expect(day('2026-11-19T12:00:00Z', NOW)).toBe('Thu')
  expect(day('2025-11-19T12:00:00Z', NOW)).toBe('19 Nov 2025')
})

test('the second clock has the name of its city', () => {
  expect(zoneCity('Europe/Berlin')).toBe('Berlin')
  expect(zoneCity('America/New_York')).toBe('New York')
  expect(zoneCity('UTC')).toBeNull()
})
