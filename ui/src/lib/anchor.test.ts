import { expect, test } from 'vitest'
import { held, type Place } from './anchor'

const place = (more: Partial<Place>): Place => ({ top: 0, max: 0, above: 0, below: 0, ...more })

test('a row that did not move needs nothing', () => {
  expect(held(0, place({ top: 40, max: 100 }))).toEqual({ top: 40, above: 0, below: 0 })
})

test('a group that came above is scrolled over', () => {
  expect(held(46, place({ top: 40, max: 100 }))).toEqual({ top: 86, above: 0, below: 0 })
})

test('where the list is too short to scroll, room is lent below', () => {
  expect(held(46, place({}))).toEqual({ top: 46, above: 0, below: 46 })
  expect(held(46, place({ max: -200 })), 'what is empty below is filled first').toEqual({ top: 46, above: 0, below: 246 })
  expect(held(46, place({ top: 80, max: 100 }))).toEqual({ top: 126, above: 0, below: 26 })
})

test('a group that went above is scrolled back, then room is lent above', () => {
  expect(held(-46, place({ top: 60, max: 100 }))).toEqual({ top: 14, above: 0, below: 0 })
  expect(held(-46, place({ top: 10, max: 100 }))).toEqual({ top: 0, above: 36, below: 0 })
})

test('room lent above is given back before anything is scrolled', () => {
  expect(held(46, place({ above: 36, max: 36 }))).toEqual({ top: 10, above: 0, below: 10 })
  expect(held(20, place({ above: 36, max: 36 }))).toEqual({ top: 0, above: 16, below: 0 })
})
