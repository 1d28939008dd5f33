import { expect, test } from 'vitest'
import type { IncidentSummary, WatchView } from '../../ipc'
import { aSource, aWatch as view, before as at, NOW } from '../../ipc/testing'
import { calm, STALE_MS } from './calm'
import { earsWords } from './ears'
import { needs, plain, sentence } from './sentence'

const incident = (title: string, state: 'unclaimed' | 'acting' | 'confirmed', name: string | null): IncidentSummary => ({
  id: title, ref: 'INC-7K3F', title, severity: 'sev1', status: 'triage', declared_at: at(1000), declared_by: 'eu', impact_started_at: null, detected_at: null, acknowledged_at: null, mitigated_at: null,
  resolved_at: null, closed_at: null, commander: { name, state, since: at(180_000) }, next_update_due: null, drill: false, private: false, services: [], next_box_due: null, impacting: false,
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

const ears = (state: string, more: object = {}) => ({ ears: { state, sentence: 'said by the home', since: at(67 * 60_000), silent: [] as string[], ...more } })

test('all quiet is said only when every source was heard, a moment ago', () => {
  expect(calm(view(), NOW)).toMatchObject({ state: 'quiet', title: 'All quiet' })
  for (const state of ['unheard', 'deaf', 'silent', 'catching_up', 'cut_off', 'of a newer home']) expect(calm(view({}, ears(state)), NOW)!.title, state).not.toBe('All quiet')
  expect(calm(view(), NOW + STALE_MS + 1), 'the answer itself is old').toMatchObject({ state: 'unheard', title: 'Nothing needs you' })
  expect(calm(view({}, { sources: [] }), NOW)).toMatchObject({ state: 'deaf', title: 'No source connected' })
  expect(calm(view({}, { sources: [] }), NOW)!.text).toContain('Muster cannot say that all is quiet')
  expect(calm(view({}, { listener: { enabled: true, listening: null, error: 'Port 6878 is taken.', certificate: null } }), NOW)!.text).toContain('Port 6878 is taken.')
  expect(calm(view({}, { listener: { enabled: false, listening: null, error: null, certificate: null }, sources: [aSource('prom', 4, { way: 'pull' })] }), NOW), 'what is asked needs no listener').toMatchObject({ state: 'quiet' })
  expect(calm(view({}, { empty: true }), NOW)).toMatchObject({ state: 'first' })
  expect(calm(view({ inbox_total: 1 }), NOW)).toBeNull()
  expect(calm(view(), NOW, 3), 'what waits by a newer answer').toBeNull()
})

test('a storm that is held is no calm; what is kept quiet is counted', () => {
  const quiet = (shape: string) => [{ id: 'q', shape, title: 't', reason: 'r', owner: 'dana', since: at(1000), until: 'at 17:00 UTC', until_at: at(-60_000), holds: true, groups: 3, alerts: 12 }]
  expect(calm(view({ quiet: quiet('storm') }), NOW)).toBeNull()
  expect(calm(view({ quiet: quiet('maintenance') }), NOW)!.text).toContain('Three groups are kept quiet.')
})

test('a fault of hearing is said once, with since when, and not for each source', () => {
  expect(calm(view({}, ears('cut_off')), NOW)).toMatchObject({ state: 'cut_off', title: 'This machine is cut off since 14:43' })
  expect(calm(view({}, ears('catching_up')), NOW)).toMatchObject({ title: 'Catching up', text: expect.stringMatching(/^Last heard 15:50\. 1 of 1 source heard since\./) })
  expect(earsWords(view({}, { ...ears('silent', { silent: ['us', 'ap', 'af'] }), sources: [aSource('us', 660), aSource('ap', null)] }).home, NOW)).toEqual({
    state: 'silent', loud: 'us was last heard 11 min ago, ap was never heard, and one more source is silent.', text: 'They should have spoken since: nothing they watch is known.',
  })
  expect(earsWords(view().home, NOW)).toBeNull()
})

test('nothing is said to need nobody while it was not heard', () => {
  expect(plain(sentence(view({ active: [incident('Slow', 'confirmed', 'kofi')] }, ears('cut_off'))))).toBe('Nothing that was heard needs you. One incident has a commander.')
})
