import { expect, test } from 'vitest'
import type { QuietView } from '../../ipc'
import { firstAt, lasting, readClock, ruleOf, ruleWords } from './recurrence'
import { readAhead } from './when'
import { heldWords, ownerWords, reasonWords, shapeLabel, stormIn, untilWords } from './words'

// A Monday, 15:50 in Berlin.
const NOW = Date.parse('2026-11-23T14:50:00Z')
const iso = (at: number | null) => at && new Date(at).toISOString()

test('days of the week become a rule, and are read back', () => {
  expect(ruleOf(['TH', 'TU'])).toBe('FREQ=WEEKLY;BYDAY=TU,TH')
  expect(ruleOf(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])).toBe('FREQ=DAILY')
  expect(ruleOf([]), 'no day is no rule').toBeNull()
  expect(ruleWords('FREQ=WEEKLY;BYDAY=TU,TH')).toBe('every Tue and Thu')
  expect(ruleWords('RRULE:FREQ=MONTHLY;BYDAY=1TU')).toBe('every month on the first Tue')
  expect(ruleWords('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'), 'what it says beyond that is not left out').toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU')
})

test('the first time is the next one by this clock', () => {
  expect(iso(firstAt(['MO'], 16 * 60, NOW)), 'today, ten minutes from now').toBe('2026-11-23T15:00:00.000Z')
  expect(iso(firstAt(['MO'], 15 * 60, NOW)), 'today is over: in a week').toBe('2026-11-30T14:00:00.000Z')
  expect(iso(firstAt(['TU', 'TH'], 22 * 60, NOW))).toBe('2026-11-24T21:00:00.000Z')
  expect(firstAt([], 0, NOW)).toBeNull()
})

test('a night lasts over midnight', () => {
  expect(lasting(22 * 60, 7 * 60)).toBe(9 * 60)
  expect(lasting(9 * 60, 17 * 60)).toBe(8 * 60)
  expect(readClock('7')).toBe(7 * 60)
  expect(readClock('24:00')).toBeNull()
})

test.each([
  ['22:00', '2026-11-23T21:00:00.000Z'], ['08:00', '2026-11-24T07:00:00.000Z'], ['Tue 22:00', '2026-11-24T21:00:00.000Z'], ['monday 09:00', '2026-11-30T08:00:00.000Z'],
  ['2026-12-01 22:00', '2026-12-01T21:00:00.000Z'], ['2026-12-01', '2026-11-30T23:00:00.000Z'], ['2 h', '2026-11-23T16:50:00.000Z'],
])('%s is a time to come', (typed, at) => expect(iso(readAhead(typed, NOW))).toBe(at))

test('what is no time is none', () => {
  for (const typed of ['', 'soon', '2026-02-31', '25:00', 'xyz 22:00', '0']) expect(readAhead(typed, NOW), typed).toBeNull()
})

const quiet = (more: Partial<QuietView>): QuietView => ({ id: 'q', shape: 'muted', title: 't', reason: 'known', owner: 'dana', since: '2026-11-23T10:00:00Z', until: 'at 17:00 UTC', until_at: '2026-11-23T17:00:00Z', holds: true, groups: 2, alerts: 1204, ...more })

test('what is quiet says until when, by whom and what it holds', () => {
  expect(untilWords(quiet({}), NOW), 'by this clock').toBe('until 18:00')
  expect(untilWords(quiet({ until: 'when it ends' }), NOW)).toBe('until it ends')
  expect(heldWords(quiet({}))).toBe('2 groups, 1,204 firing')
  expect(heldWords(quiet({ groups: 0, alerts: 0 }))).toBe('holds nothing now')
  expect(heldWords(quiet({ holds: false }))).toBe('rests now')
  expect(ownerWords(quiet({}))).toBe('@dana')
  expect(ownerWords(quiet({ id: null, owner: 'muster' })), 'a machine has no handle').toBe('muster')
  expect(reasonWords({ shape: 'muted', reason: 'known' })).toBe('Muted: known')
  expect(reasonWords({ shape: 'dismissed', reason: 'noise' }), 'nothing is said twice').toBe('Noise')
  expect(shapeLabel('moonlit'), 'a shape of a newer home is not hidden').toBe('moonlit')
})

test('a storm counts only while it holds', () => {
  expect(stormIn([quiet({}), quiet({ shape: 'storm', alerts: 312, until_at: '2026-11-23T15:20:00Z' })])).toEqual({ until: '2026-11-23T15:20:00Z', held: 312, id: 'q' })
  expect(stormIn([quiet({ shape: 'storm', holds: false })])).toBeNull()
})
