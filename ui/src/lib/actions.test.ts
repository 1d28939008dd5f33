import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Action, actions, register } from './actions.svelte'

const key = (k: string, more: object = {}) => ({ key: k, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, target: document.body, ...more })
const action = (id: string, shortcut: string[], more: Partial<Action> = {}): Action => ({ id, title: id, group: 'Test', shortcut, run: vi.fn(), ...more })

let undo: (() => void)[] = []
const add = (...set: Action[]) => (undo.push(register(set)), set)

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  undo.forEach((dispose) => dispose())
  undo = []
  actions.singleKeys = true
  vi.useRealTimers()
})

test('keys of a chord come one after the other, and in time', () => {
  const [watch] = add(action('watch', ['G', 'W']))
  expect(actions.press(key('g'), false)).toBe(true)
  expect(actions.pending).toEqual(['G'])
  actions.press(key('w'), false)
  expect(watch!.run).toHaveBeenCalledOnce()
  actions.press(key('g'), false)
  vi.advanceTimersByTime(2000)
  expect(actions.press(key('w'), false), 'too late').toBe(false)
})

test('the second key of a chord is not a key of its own', () => {
  const [settings, snooze] = add(action('settings', ['G', 'S']), action('snooze', ['S']))
  actions.press(key('g'), false)
  actions.press(key('s'), false)
  expect(settings!.run).toHaveBeenCalledOnce()
  expect(snooze!.run).not.toHaveBeenCalled()
})

test('bare letters do nothing while typing, or when turned off', () => {
  const [note, palette] = add(action('note', ['N']), action('palette', ['Ctrl', 'K']))
  const field = document.createElement('input')
  expect(actions.press(key('n', { target: field }), false)).toBe(false)
  expect(actions.press(key('k', { target: field, ctrlKey: true }), false)).toBe(true)
  actions.singleKeys = false
  expect(actions.press(key('n'), false)).toBe(false)
  expect(actions.press(key('k', { ctrlKey: true }), false)).toBe(true)
  expect(note!.run).not.toHaveBeenCalled()
  expect(palette!.run).toHaveBeenCalledTimes(2)
})

test('the innermost screen wins, and only what can be done now', () => {
  const [outer] = add(action('outer', ['C']))
  let can = true
  const [inner] = add(action('inner', ['C'], { when: () => can }))
  actions.press(key('c'), false)
  can = false
  actions.press(key('c'), false)
  expect(inner!.run).toHaveBeenCalledOnce()
  expect(outer!.run).toHaveBeenCalledOnce()
})

test('what lies under a dialog does not answer', () => {
  const [take] = add(action('take', ['C']))
  const close = actions.cover()
  const [choose] = add(action('choose', ['Enter']))
  expect(actions.press(key('c'), false)).toBe(false)
  expect(actions.press(key('Enter'), false)).toBe(true)
  close()
  close()
  expect(actions.press(key('c'), false), 'closing twice counts once').toBe(true)
  expect(take!.run).toHaveBeenCalledOnce()
  expect(choose!.run).toHaveBeenCalledOnce()
})
