import { expect, test } from 'vitest'
import type { ChangeView } from '../../../ipc'
import { nearest, nearWords, startOf } from './near'

const change = (id: string, at: string) => ({ id, at }) as ChangeView
const START = '2026-11-23T14:00:00Z'

test('changes are told by how near they came to the start', () => {
  expect(nearWords('2026-11-23T13:52:00Z', START)).toBe('8 min before')
  expect(nearWords('2026-11-23T14:03:00Z', START)).toBe('3 min after')
  expect(nearWords('2026-11-23T14:00:20Z', START)).toBe('as it began')
  expect(nearest([change('a', '2026-11-23T12:00:00Z'), change('b', '2026-11-23T13:58:00Z'), change('c', '2026-11-23T14:30:00Z')], START).map((one) => one.id)).toEqual(['b', 'c', 'a'])
})

test('the start is the impact where it is known', () => {
  expect(startOf({ impact_started_at: null, detected_at: null, declared_at: START })).toBe(START)
  expect(startOf({ impact_started_at: '2026-11-23T13:00:00Z', detected_at: START, declared_at: START })).toBe('2026-11-23T13:00:00Z')
})
