import { expect, test } from 'vitest'
import { aHome, aSource, before, NOW } from '../ipc/testing'
import type { HomeView } from '../ipc'
import { hearing } from './hearing'

const home = (more: Partial<HomeView> = {}) => aHome({ sources: [aSource('eu', 4), aSource('us', 38)], ...more })
const source = aSource

test('the one heard last is named', () => {
  expect(hearing(home({}), NOW)).toEqual({ mark: 'on', loud: '', text: 'Saved. 2 sources heard, eu 4 s ago' })
  expect(hearing(home({ sources: [source('eu', 4), source('us', null)] }), NOW).text).toBe('Saved. 1 of 2 sources heard, eu 4 s ago')
})

test('silence is never called hearing', () => {
  expect(hearing(home({ sources: [] }), NOW)).toMatchObject({ mark: 'open', text: 'Saved here. No sources connected' })
  expect(hearing(home({ sources: [source('eu', null)] }), NOW)).toMatchObject({ mark: 'open', text: 'Saved here. 1 source, not heard yet' })
  expect(hearing(home({ listener: { enabled: false, listening: null, error: null, certificate: null } }), NOW).loud).toBe('Listener off.')
  expect(hearing(home({ listener: { enabled: true, listening: null, error: 'Port 6878 is taken.', certificate: null } }), NOW)).toMatchObject({ loud: 'Not listening.', text: 'Port 6878 is taken.' })
})

test('not saving comes before everything', () => {
  expect(hearing(home({ not_saving: 'The disk is full.' }), NOW)).toMatchObject({ mark: 'bad', loud: 'Not saving.' })
})

test('a fault of hearing is one line, and never the mark of hearing', () => {
  const ears = (state: string, silent: string[] = []) => ({ state, sentence: 'said', since: before(67 * 60_000), silent })
  expect(hearing(home({ ears: ears('cut_off') }), NOW)).toEqual({ mark: 'open', loud: 'Cut off since 14:43.', text: 'Saved here, nothing heard, nothing sent' })
  expect(hearing(home({ ears: ears('catching_up'), sources: [aSource('eu', 4), aSource('us', 7000)] }), NOW)).toEqual({ mark: 'open', loud: 'Catching up.', text: '1 of 2 sources heard since' })
  expect(hearing(home({ ears: ears('catching_up'), sources: [aSource('prom', 7000, { way: 'pull', kind: 'prometheus-pull' })] }), NOW).text).toBe('0 of 1 source heard since, asking those that can be asked')
  expect(hearing(home({ ears: ears('silent', ['us']), sources: [aSource('eu', 4), aSource('us', 660)] }), NOW)).toMatchObject({ mark: 'open', loud: 'us was last heard 11 min ago.' })
  expect(hearing(home({ ears: ears('unheard') }), NOW)).toMatchObject({ mark: 'open' })
})

test('a listener that is off is a fault only where something sends to it', () => {
  const off = { enabled: false, listening: null, error: null, certificate: null }
  expect(hearing(home({ listener: off, sources: [aSource('prom', 4, { way: 'pull', kind: 'prometheus-pull' })] }), NOW)).toMatchObject({ mark: 'on', text: 'Saved. 1 source heard, prom 4 s ago' })
})
