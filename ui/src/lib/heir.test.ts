import { expect, test } from 'vitest'
import { heir } from './heir'

test('the focus goes to what took the place of its row', () => {
  expect(heir(['a', 'b', 'c'], ['a', 'c'], 'b')).toBe('c')
  expect(heir(['a', 'b', 'c'], ['a', 'b'], 'c'), 'the last row: the one above').toBe('b')
  expect(heir(['a'], [], 'a')).toBeNull()
})
