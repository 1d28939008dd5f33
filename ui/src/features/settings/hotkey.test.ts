import { expect, test } from 'vitest'
import { capsOf, record, type Stroke } from './hotkey'

const stroke = (code: string, ...mods: ('ctrl' | 'alt' | 'shift' | 'meta' | 'altgr')[]): Stroke => ({
  code, ctrlKey: mods.includes('ctrl'), altKey: mods.includes('alt'), shiftKey: mods.includes('shift'), metaKey: mods.includes('meta'), altGraph: mods.includes('altgr'),
})

test('a whole combination may be asked for', () => {
  expect(record(stroke('KeyM', 'ctrl', 'alt', 'shift'), false)).toEqual({ caps: ['Ctrl', 'Alt', 'Shift', 'M'], shortcut: 'Ctrl+Alt+Shift+M', problem: null })
  expect(record(stroke('KeyM', 'ctrl', 'alt'), true).shortcut, 'macOS: Ctrl Option types nothing').toBe('Ctrl+Alt+M')
  expect(record(stroke('F9'), false).shortcut).toBe('F9')
  expect(record(stroke('Digit7', 'meta', 'shift'), false).shortcut).toBe('Shift+Super+7')
})

test('modifiers alone are shown and wait for the key', () => {
  expect(record(stroke('ControlLeft', 'ctrl'), false)).toEqual({ caps: ['Ctrl'], shortcut: null, problem: null })
})

test('what types a character is refused', () => {
  expect(record(stroke('KeyQ', 'ctrl', 'alt'), false).problem, '@ on a German keyboard').toContain('AltGr')
  expect(record(stroke('KeyQ', 'altgr'), false).problem).toContain('AltGr')
  expect(record(stroke('KeyM', 'shift'), false).problem).toContain('types a character')
  expect(record(stroke('KeyM'), false).problem).toContain('types a character')
  expect(record(stroke('KeyM', 'alt'), true).problem).toContain('Option')
})

test('what programs in front need is refused', () => {
  expect(record(stroke('KeyC', 'ctrl'), false).problem).toContain('belongs to the programs in front')
  expect(record(stroke('KeyT', 'ctrl', 'shift'), false).problem).toContain('belongs to the programs in front')
  expect(record(stroke('F4', 'alt'), false).problem).toContain('closes windows')
})

test('keys whose name differs by layout are refused', () => {
  expect(record(stroke('Semicolon', 'ctrl', 'alt', 'shift'), false).problem).toContain('letter')
})

test('a stored hotkey reads as its caps', () => {
  expect(capsOf('Ctrl+Alt+Shift+M', false)).toEqual(['Ctrl', 'Alt', 'Shift', 'M'])
  expect(capsOf('Ctrl+Alt+M', true)).toEqual(['⌃', '⌥', 'M'])
})
