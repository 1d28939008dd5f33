import { expect, test } from 'vitest'
import { does, formOf, lacks, moved, ruleOf, withRule } from './rule'

const RULE = { name: 'Disks', when: 'title~"disk*"', severity: 'info', person: 'ravi-ops' } as const

test('a form says only what is filled in, and reads back', () => {
  expect(ruleOf({ ...formOf(), name: ' Disks ', when: 'title~"disk*"', severity: 'info', person: '@Ravi-Ops' })).toEqual(RULE)
  expect(ruleOf(formOf(RULE))).toEqual(RULE)
})

test('what is missing is said before it is tried', () => {
  expect(lacks(formOf())).toBe('Give it a name.')
  expect(lacks({ ...formOf(), name: 'x' })).toBe('Say which alerts it is about.')
  expect(lacks({ ...formOf(), name: 'x', when: 'a=b' })).toContain('Say what it does')
  expect(lacks({ ...formOf(), name: 'x', when: 'a=b', declare: 'sev2', quiet: 'no' })).toContain('Choose one')
  expect(lacks(formOf(RULE))).toBeNull()
})

test('a rule is read as short phrases', () => {
  expect(does({ ...RULE, role: 'operations', quiet: 'waits for the morning', declare: 'sev2', playbook: 'disk', group: '{host}' })).toEqual(['severity info', 'declares SEV2', 'group {host}', 'to @ravi-ops', 'to the Operations Lead', 'playbook disk', 'quiet: waits for the morning'])
})

test('rules keep their order, which is what they mean', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name, when: 'x=y' }))
  const names = (list: { name: string }[]) => list.map((one) => one.name).join('')
  expect(names(moved([a!, b!, c!], 0, 1))).toBe('bac')
  expect(names(moved([a!, b!, c!], 0, -1)), 'at the edge nothing moves').toBe('abc')
  expect(names(withRule([a!, b!], null, c!))).toBe('abc')
  expect(names(withRule([a!, b!], 0, c!))).toBe('cb')
})
