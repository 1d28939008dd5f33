import { expect, test } from 'vitest'
import type { HomeView, SourceView } from '../ipc'
import { hearing } from './hearing'

const NOW = Date.parse('2026-11-23T14:50:50Z')
const source = (name: string, heardSecs: number | null): SourceView => ({
  name, kind: 'alertmanager', added_at: '2026-01-01T00:00:00Z', last_heard_at: heardSecs === null ? null : new Date(NOW - heardSecs * 1000).toISOString(), requests: 1, refused: 0, last_refusal: null,
})
const home = (more: Partial<HomeView>): HomeView => ({
  name: 'northwind', path: '/h', demo: false, me: 'dana', version: '1', seq: 1, now: new Date(NOW).toISOString(), listener: { enabled: true, listening: '127.0.0.1:6878', error: null },
  sources: [source('eu', 4), source('us', 38)], backup_at: null, clock_warning: null, not_saving: null, awake: null, empty: false, ...more,
})

test('the one heard last is named', () => {
  expect(hearing(home({}), NOW)).toEqual({ mark: 'on', loud: '', text: 'Saved. 2 sources heard, eu 4 s ago' })
  expect(hearing(home({ sources: [source('eu', 4), source('us', null)] }), NOW).text).toBe('Saved. 1 of 2 sources heard, eu 4 s ago')
})

test('silence is never called hearing', () => {
  expect(hearing(home({ sources: [] }), NOW)).toMatchObject({ mark: 'open', text: 'Saved here. No sources connected' })
  expect(hearing(home({ sources: [source('eu', null)] }), NOW)).toMatchObject({ mark: 'open', text: 'Saved here. 1 source, not heard yet' })
  expect(hearing(home({ listener: { enabled: false, listening: null, error: null } }), NOW).loud).toBe('Listener off.')
  expect(hearing(home({ listener: { enabled: true, listening: null, error: 'Port 6878 is taken.' } }), NOW)).toMatchObject({ loud: 'Not listening.', text: 'Port 6878 is taken.' })
})

test('not saving comes before everything', () => {
  expect(hearing(home({ not_saving: 'The disk is full.' }), NOW)).toMatchObject({ mark: 'bad', loud: 'Not saving.' })
})
