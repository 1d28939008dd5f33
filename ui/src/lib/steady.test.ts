import { expect, test } from 'vitest'
import { heir, steady } from './steady'

const id = (name: string) => name

test('a list keeps its order, new rows come last', () => {
  expect(steady(['a', 'b', 'c'], ['new', 'c', 'a'], id)).toEqual(['a', 'c', 'new'])
  expect(steady([], ['x', 'y'], id)).toEqual(['x', 'y'])
})

test('the focus goes to what took the place of its row', () => {
  expect(heir(['a', 'b', 'c'], ['a', 'c'], 'b')).toBe('c')
  expect(heir(['a', 'b', 'c'], ['a', 'b'], 'c'), 'the last row: the one above').toBe('b')
  expect(heir(['a'], [], 'a')).toBeNull()
})
