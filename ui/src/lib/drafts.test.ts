import { expect, test, vi } from 'vitest'
import { draft, draftKeys } from './drafts'

test('a draft survives the window', () => {
  draft('note:1').write('first 502s in eu-west')
  expect(draft('note:1').read(), 'another object, as after a reload').toBe('first 502s in eu-west')
  expect(draftKeys()).toEqual(['note:1'])
  draft('note:1').clear()
  expect(draft('note:1').read()).toBe('')
  expect(draftKeys()).toEqual([])
})

test('empty words end the draft', () => {
  draft('line').write('sev1')
  draft('line').write('')
  expect(localStorage.length).toBe(0)
})

test('a machine that refuses storage keeps the words while the window lives', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  draft('note:2').write('still here')
  expect(draft('note:2').read()).toBe('still here')
  draft('note:2').clear()
  expect(draft('note:2').read()).toBe('')
})
