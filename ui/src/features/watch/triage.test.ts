import { expect, test } from 'vitest'
import type { AlertView, IncidentSummary, TriageView } from '../../ipc'
import { aGroup } from '../../ipc/testing'
import { aimOf, bare, becauseLine, factsLine, said, sendersLine, sparkPath, sparkWords, withAlike } from './triage'

const alerts = (...sources: string[]) => sources.map((source, i) => ({ key: `${i}`, source }) as AlertView)
const likely = (reference: string): TriageView => ({ ...bare(aGroup()), likely: { reference, title: 'Checkout', because: 'same service' } })

test('who sent it is counted where every alert is known, and named where not', () => {
  expect(sendersLine(aGroup({ count: 37, sources: ['alertmanager-eu'] }))).toBe('37 alerts: alertmanager-eu')
  expect(sendersLine(aGroup({ count: 3, sources: ['eu', 'shop'], alerts: alerts('eu', 'eu', 'shop') }))).toBe('3 alerts: eu 2, shop 1')
  expect(sendersLine(aGroup({ count: 37, sources: ['eu', 'shop'] }))).toBe('37 alerts: eu and shop')
  expect(sendersLine(aGroup({ count: 9, sources: ['a', 'b', 'c', 'd'] }))).toBe('9 alerts: a, b, c and 1 more')
})

test('a line of beginnings touches the top where most began', () => {
  expect(sparkPath([0, 2, 4], 76, 18)).toBe('M0 18L38 9L76 0')
  expect(sparkPath([0, 0], 76, 18), 'nothing is flat').toBe('M0 18L76 18')
})

test('the same in words says how many, and where it goes', () => {
  expect(sparkWords([0, 0, 0])).toBe('none began in the last 3 minutes')
  expect(sparkWords([0, 0, 1, 1, 5, 6])).toBe('13 began in the last 6 minutes, rising')
  expect(sparkWords([6, 6, 5, 5, 1, 1])).toBe('24 began in the last 6 minutes, falling')
  expect(sparkWords([2, 2, 2, 2, 2, 2])).toBe('12 began in the last 6 minutes, steady')
})

test('a group says what fires, on what, and how often it was heard', () => {
  expect(factsLine(aGroup({ count: 37, firing: 31, sightings: 148, services: ['edge-eu', 'checkout-web'] }))).toBe('31 of 37 fire, services edge-eu and checkout-web. Heard 148 times, last')
  expect(factsLine(aGroup({ count: 2, firing: 0, sightings: 2 }))).toBe('None fires now. Heard')
  expect(factsLine(aGroup({ services: ['a', 'b', 'c', 'd', 'e'] }))).toBe('All fire, services a, b, c, d and 1 more. Heard')
})

test('the severity is a suggestion with its reason', () => {
  expect(becauseLine({ ...bare(aGroup()), suggested_because: 'only warning by its tool.' })).toBe('Suggested SEV4: only warning by its tool.')
  expect(becauseLine({ ...likely('INC-1'), suggested_because: '10% of checkouts' })).toBe('On its own SEV4: 10% of checkouts.')
  expect(becauseLine(bare(aGroup())), 'nothing is made up').toBe('')
})

test('it is attached without a question only where one incident is meant', () => {
  const open = (...refs: string[]) => refs.map((ref) => ({ ref }) as IncidentSummary)
  expect(aimOf([likely('INC-1'), likely('INC-1')], open('INC-1', 'INC-2'))).toBe('INC-1')
  expect(aimOf([likely('INC-1'), bare(aGroup())], open('INC-1', 'INC-2')), 'of two groups one looks like nothing').toBeNull()
  expect(aimOf([bare(aGroup())], open('INC-2'))).toBe('INC-2')
})

test('what was done is said of one or of several', () => {
  expect(said('snoozed', 1, ' for 30 min')).toBe('Snoozed for 30 min')
  expect(said('snoozed', 3, ' for 30 min')).toBe('3 groups snoozed for 30 min')
  expect(withAlike({ ...bare(aGroup({ id: 'a' })), alike: ['b', 'c'] })).toEqual(['a', 'b', 'c'])
})
