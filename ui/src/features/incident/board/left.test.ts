import { expect, it } from 'vitest'
import { promiseSpan, timeLeft } from './left'

const now = Date.parse('2026-03-04T14:50:00Z')
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()
const QUARTER = 15 * 60_000

it('says what is left of a box, amber at its last fifth', () => {
  expect(timeLeft(at(601), QUARTER, now)).toEqual({ digits: '10:01', text: '10:01 left', tone: 'calm' })
  expect(timeLeft(at(100), QUARTER, now)).toEqual({ digits: '1:40', text: '1:40 left', tone: 'soon' })
  expect(timeLeft(at(181), QUARTER, now).tone, 'three minutes of fifteen').toBe('calm')
})

it('has one form of lateness', () => {
  expect(timeLeft(at(-200), QUARTER, now)).toEqual({ digits: '3:20', text: '3:20 overdue', tone: 'late' })
})

it('counts a promise from the word to the instant', () => {
  expect(promiseSpan({ due: at(600), heard: { at: at(-600) } })).toBe(1_200_000)
})
