import { expect, test } from 'vitest'
import { freshForm, type OrderForm, orderOf } from './order'

// A Monday, 15:50 in Berlin.
const NOW = Date.parse('2026-11-23T14:50:00Z')
const form = (kind: OrderForm['kind'], more: Partial<OrderForm> = {}): OrderForm => ({ ...freshForm(kind, NOW), ...more })
const read = (of: OrderForm) => orderOf(of, NOW, 'Europe/Berlin')

test('a mute by conditions lasts as long as it says', () => {
  expect(read(form('muted', { when: ' service=webhooks ', lasts: '4 h' }))).toEqual({ order: { shape: 'muted', over: { when: 'service=webhooks' }, reason: null, minutes: 240 } })
  expect(read(form('muted', { lasts: '4 h' })), 'without conditions there is no order').toEqual({ field: 'when', problem: null })
  expect(read(form('muted', { when: 'a=b', lasts: 'long' }))).toMatchObject({ field: 'lasts', problem: expect.stringContaining('90 min') })
  expect(read(form('muted', { when: 'a=b', everything: true })), 'everything cannot be muted').toMatchObject({ order: { over: { when: 'a=b' } } })
})

test('maintenance once begins when it says, or now', () => {
  expect(read(form('maintenance', { when: 'service=ledger-db', from: 'Tue 22:00', lasts: '90 min', reason: 'index rebuild' }))).toEqual({
    order: { shape: 'maintenance', over: { when: 'service=ledger-db' }, reason: 'index rebuild', from: '2026-11-24T21:00:00.000Z', until: '2026-11-24T22:30:00.000Z' },
  })
  expect(read(form('maintenance', { everything: true, reason: 'power', lasts: '1 h' }))).toMatchObject({ order: { over: { everything: true }, from: null, until: '2026-11-23T15:50:00.000Z' } })
  expect(read(form('maintenance', { everything: true })), 'a reason is asked for').toEqual({ field: 'reason', problem: null })
})

test('maintenance every week writes the rule and its first time', () => {
  expect(read(form('maintenance', { when: 'service=ledger-db', recurs: 'weekly', days: ['TU'], at: '22:00', lasts: '90 min', until: '2027-02-01', reason: 'rebuild' }))).toEqual({
    order: { shape: 'maintenance', over: { when: 'service=ledger-db' }, reason: 'rebuild', rule: 'FREQ=WEEKLY;BYDAY=TU', from: '2026-11-24T21:00:00.000Z', minutes: 90, until: '2027-01-31T23:00:00.000Z', zone: 'Europe/Berlin' },
  })
  expect(read(form('maintenance', { when: 'a=b', recurs: 'weekly', reason: 'r' })), 'no day is chosen').toEqual({ field: 'days', problem: null })
})

test('a raw rule is handed on as it is', () => {
  expect(read(form('maintenance', { when: 'a=b', recurs: 'rule', rule: 'FREQ=MONTHLY;BYDAY=1TU', from: '2026-12-01 22:00', lasts: '2 h', reason: 'r' }))).toMatchObject({ order: { rule: 'FREQ=MONTHLY;BYDAY=1TU', from: '2026-12-01T21:00:00.000Z', minutes: 120 } })
})

test('quiet hours cover what is less bad, over midnight, every day', () => {
  expect(read(form('quiet_hours'))).toMatchObject({ order: { shape: 'quiet_hours', over: { everything: true }, below: 'error', rule: 'FREQ=DAILY', minutes: 540, from: '2026-11-23T21:00:00.000Z', title: 'Quiet hours 22:00 to 07:00' } })
  expect(read(form('quiet_hours', { to: '22:00' }))).toMatchObject({ field: 'to', problem: 'It ends when it begins.' })
})
