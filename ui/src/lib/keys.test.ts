import { describe, expect, test } from 'vitest'
import { cap, isChord, isSingle, matches, type Press, spoken, typing } from './keys'

const press = (key: string, mods: Partial<Press> = {}): Press => ({ key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...mods })

describe('matches', () => {
  test('a letter in either case, without modifiers', () => {
    expect(matches(press('c'), ['C'], false)).toBe(true)
    expect(matches(press('C'), ['C'], false), 'caps lock').toBe(true)
    expect(matches(press('c', { ctrlKey: true }), ['C'], false), 'Ctrl C is another key').toBe(false)
    expect(matches(press('A', { shiftKey: true }), ['A'], false), 'Shift A is another key').toBe(false)
    expect(matches(press('A', { shiftKey: true }), ['Shift', 'A'], false)).toBe(true)
  })
  test('punctuation with or without Shift, as the layout has it', () => {
    expect(matches(press('?', { shiftKey: true }), ['?'], false)).toBe(true)
    expect(matches(press('/'), ['/'], false)).toBe(true)
    expect(matches(press('/', { shiftKey: true }), ['/'], false), 'a German keyboard types / with Shift').toBe(true)
  })
  test('Ctrl is Command on macOS', () => {
    expect(matches(press('k', { metaKey: true }), ['Ctrl', 'K'], true)).toBe(true)
    expect(matches(press('k', { ctrlKey: true }), ['Ctrl', 'K'], true)).toBe(false)
    expect(cap('Ctrl', true)).toBe('⌘')
  })
  test('layouts without Latin letters answer by place', () => {
    expect(matches(press('с', { code: 'KeyC' }), ['C'], false)).toBe(true)
    expect(matches(press('q', { code: 'KeyA' }), ['A'], false), 'a French keyboard answers by its letter').toBe(false)
  })
  test('named keys and arrows', () => {
    expect(matches(press('ArrowUp', { altKey: true }), ['Alt', '↑'], false)).toBe(true)
    expect(matches(press('Escape'), ['Esc'], false)).toBe(true)
    expect(matches(press('¡', { altKey: true, code: 'Digit1' }), ['Alt', '1'], false), 'Alt types another character on macOS').toBe(true)
  })
})

test('chords and single characters are told apart', () => {
  expect(isChord(['G', 'W'])).toBe(true)
  expect(isChord(['Ctrl', 'K'])).toBe(false)
  expect(spoken(['G', 'W'])).toBe('G then W')
  expect(isSingle(['C'])).toBe(true)
  expect(isSingle(['Shift', 'A']), 'Shift with a letter types a letter').toBe(true)
  expect(isSingle(['?'])).toBe(true)
  expect(isSingle(['G', 'W'])).toBe(true)
  expect(isSingle(['Enter'])).toBe(false)
  expect(isSingle(['↑'])).toBe(false)
  expect(isSingle(['Ctrl', 'K'])).toBe(false)
})

test('typing is where characters go', () => {
  const field = document.createElement('input')
  expect(typing(field)).toBe(true)
  field.type = 'checkbox'
  expect(typing(field)).toBe(false)
  expect(typing(document.createElement('button'))).toBe(false)
  expect(typing(null)).toBe(false)
})
