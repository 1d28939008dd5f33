import { expect, test } from 'vitest'
import { fit, pieces, snippetPieces } from './match'

test('every word must be found, and the start of a word counts more', () => {
  expect(fit('zzz', 'Take command')).toBeNull()
  expect(fit('com take', 'Take command')!.ranges).toEqual([[0, 4], [5, 8]])
  expect(fit('command', 'Take command')!.score).toBeGreaterThan(fit('ommand', 'Take command')!.score)
  expect(fit('7k3f', 'INC-7K3F Checkout returns 502'), 'a reference without its prefix').not.toBeNull()
})

test('an empty query fits everything', () => {
  expect(fit('  ', 'Watch')).toEqual({ score: expect.any(Number), ranges: [] })
})

test('pieces mark the hits', () => {
  expect(pieces('Take command', [[5, 8]])).toEqual([{ text: 'Take ', hit: false }, { text: 'com', hit: true }, { text: 'mand', hit: false }])
  expect(snippetPieces('the \u{E000}502\u{E001} ratio')).toEqual([{ text: 'the ', hit: false }, { text: '502', hit: true }, { text: ' ratio', hit: false }])
  expect(snippetPieces('no mark')).toEqual([{ text: 'no mark', hit: false }])
})
