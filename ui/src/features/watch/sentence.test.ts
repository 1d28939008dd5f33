import { expect, test } from 'vitest'
import type { IncidentSummary, WatchView } from '../../ipc'
import { calm, HEARD_MS } from './calm'
import { needs, plain, sentence } from './sentence'

const NOW = Date.parse('2026-11-23T14:50:50Z')
const at = (ago: number) => new Date(NOW - ago).toISOString()

const incident = (title: string, state: 'unclaimed' | 'acting' | 'confirmed', name: string | null): IncidentSummary => ({
  id: title, ref: 'INC-7K3F', title, severity: 'sev1', status: 'triage', declared_at: at(1000), declared_by: 'eu', impact_started_at: null, detected_at: null, acknowledged_at: null, mitigated_at: null,
  resolved_at: null, closed_at: null, commander: { name, state, since: at(180_000) }, next_update_due: null, drill: false, private: false, services: [], next_box_due: null, impacting: false,
})
const view = (more: Partial<WatchView>, home: Partial<WatchView['home']> = {}): WatchView => ({
  home: {
    name: 'n', path: '/n', demo: false, me: 'dana', version: '1', seq: 1, now: at(0), listener: { enabled: true, listening: '127.0.0.1:6878', error: null },
    sources: [{ name: 'eu', kind: 'alertmanager', added_at: at(0), last_heard_at: at(4000), requests: 1, refused: 0, last_refusal: null }], backup_at: null, clock_warning: null, not_saving: null, awake: null, empty: false, ...home,
  },
  active: [], inbox: [], inbox_total: 0, quiet: [], resolved_today: [], ...more,
})
const group = (state: 'waiting' | 'acknowledged') => ({ state }) as WatchView['inbox'][number]

test('nothing needs you is said as it is', () => {
  expect(plain(sentence(view({ active: [incident('Slow', 'confirmed', 'kofi')] })))).toBe('Nothing needs you. One incident has a commander.')
  expect(plain(sentence(view({ inbox: [group('acknowledged')], inbox_total: 1 })))).toBe('Nothing needs you. One group is acknowledged.')
})

test('unclaimed comes first and loud, with its clock', () => {
  const parts = sentence(view({ active: [incident('Search stale', 'acting', 'kofi'), incident('Sign-in fails', 'unclaimed', null)], inbox: [group('waiting'), group('waiting')], inbox_total: 5 }))
  expect(plain(parts)).toBe('Three things need you: Sign-in fails is unclaimed. Search stale: @kofi is acting, nobody confirmed. Five groups wait.')
  expect(parts).toContainEqual({ since: at(180_000), tone: 'crit' })
})

test('it speaks to the one who reads it', () => {
  expect(plain(sentence(view({ active: [incident('Slow', 'acting', 'dana')] })))).toBe('One thing needs you: Slow: you are acting, nobody confirmed.')
})

test('more than two incidents are counted, and every one is a need', () => {
  const many = view({ active: [1, 2, 3, 4].map((n) => incident(`I${n}`, 'unclaimed', null)) })
  expect(needs(many)).toHaveLength(4)
  expect(plain(sentence(many))).toContain('Two more incidents without a confirmed commander.')
})

test('acknowledged groups wait for nobody', () => {
  expect(needs(view({ inbox: [group('acknowledged')], inbox_total: 1 }))).toEqual([])
})

test('all quiet is said only when every source was heard', () => {
  expect(calm(view({}), NOW)).toMatchObject({ state: 'quiet', title: 'All quiet' })
  expect(calm(view({}), NOW + HEARD_MS), 'heard too long ago').toMatchObject({ state: 'unheard', title: 'Nothing needs you' })
  expect(calm(view({}, { sources: [] }), NOW)).toMatchObject({ state: 'deaf', title: 'No source connected' })
  expect(calm(view({}, { sources: [] }), NOW)!.text).toContain('Muster cannot say that all is quiet')
  expect(calm(view({}, { listener: { enabled: true, listening: null, error: 'Port 6878 is taken.' } }), NOW)!.text).toContain('Port 6878 is taken.')
  expect(calm(view({}, { empty: true }), NOW)).toMatchObject({ state: 'first' })
  expect(calm(view({ inbox_total: 1 }), NOW)).toBeNull()
})
