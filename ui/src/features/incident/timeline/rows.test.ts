import { describe, expect, it } from 'vitest'
import type { EntryView } from '../../../ipc'
import { dayLabel, type Row, rowsOf, type RowsOptions, shared } from './rows'
import { entry, group, minute } from './testing'

const options: RowsOptions = { looked: null, me: 'dana', groups: [], now: Date.parse(minute(50)), stretches: true }
const rows = (entries: EntryView[], over: Partial<RowsOptions> = {}) => rowsOf(entries, { ...options, ...over })
const brief = (row: Row) => (row.row === 'entry' ? row.entry.id : row.row === 'alerts' ? `alerts ${row.group.id}` : row.row === 'new' ? `new ${row.count}` : `${row.row} ${row.label}`)

describe('days and pauses', () => {
  it('need no heading when everything is from today', () => {
    expect(rows([entry(1, 0), entry(2, 5)]).map(brief)).toEqual(['entry-1', 'entry-2'])
  })

  it('head every other day, in UTC', () => {
    expect(rows([entry(1, -15 * 60), entry(2, 5)]).map(brief)).toEqual(['day Yesterday, Tuesday 3 March', 'entry-1', 'day Today', 'entry-2'])
    expect(dayLabel('2025-12-24', options.now)).toBe('Wednesday 24 December 2025')
  })

  it('say a long pause, except where entries are left out', () => {
    const two = [entry(1, 0), entry(2, 12)]
    expect(rows(two).map(brief)).toEqual(['entry-1', 'quiet 12 min quiet', 'entry-2'])
    expect(rows(two, { stretches: false }).map(brief)).toEqual(['entry-1', 'entry-2'])
    expect(rows([entry(1, -125), entry(2, 0)]).map(brief)).toContain('quiet 2 h 5 min quiet')
  })
})

describe('what is new', () => {
  it('is counted from the last look, my own entries left out', () => {
    const entries = [entry(1, 0), entry(2, 1), entry(3, 2, { actor: 'mei' }), entry(4, 3, { actor: 'mei' }), entry(5, 4)]
    expect(rows(entries, { looked: 2 }).map(brief)).toEqual(['entry-1', 'entry-2', 'new 2', 'entry-3', 'entry-4', 'entry-5'])
  })

  it('is nothing on the first visit', () => {
    expect(rows([entry(1, 0, { actor: 'mei' })]).map(brief)).toEqual(['entry-1'])
  })
})

describe('alerts', () => {
  const attached = entry(1, 0, { kind: 'alerts', machine: true, actor: 'alertmanager', data: { group: 'g1', title: 'checkout 5xx', count: 3, firing: 3, state: 'attached' } })

  it('take one line for a group, however often it is mentioned', () => {
    const again = { ...attached, id: 'entry-9', seq: 9, occurred_at: minute(8) }
    const found = rows([attached, entry(2, 1), again], { groups: [group('g1', { count: 22, firing: 9 })] })
    expect(found.map(brief)).toEqual(['alerts g1', 'entry-2'])
    expect(found[0]).toMatchObject({ group: { title: 'Group g1', count: 22, firing: 9, state: 'firing', entries: [{ id: 'entry-1' }, { id: 'entry-9' }] } })
  })

  it('show that they ended, or no longer belong to it', () => {
    expect(rows([attached], { groups: [group('g1', { firing: 0 })] })[0]).toMatchObject({ group: { state: 'ended' } })
    expect(rows([attached])[0]).toMatchObject({ group: { state: 'detached', title: 'checkout 5xx' } })
  })
})

it('a move names the state before it', () => {
  const found = rows([
    entry(1, 0, { kind: 'declared', text: 'Declared SEV2: x', data: { severity: 'sev2' } }),
    entry(2, 1, { kind: 'status', data: { status: 'investigating' } }),
    entry(3, 2, { kind: 'status', data: { status: 'mitigated' } }),
  ])
  const last = found[2]!
  expect(last.row === 'entry' && last.face.pieces.map((piece) => piece.text).join('')).toBe('Status Investigating to Mitigated')
})

describe('what says the same', () => {
  it('stays the same row, so that only what changed is drawn anew', () => {
    const [one, two, three] = [entry(1, 0), entry(2, 5), entry(3, 6)]
    const before = rows([one, two])
    const after = shared(before, rows([one, { ...two, pinned: !two.pinned }, three]))
    expect(after[0]).toBe(before[0])
    expect(after[1], 'an entry that changed').not.toBe(before[1])
    expect(after.map(brief)).toEqual(['entry-1', 'entry-2', 'entry-3'])
    expect(shared(after, rows([one], { untold: new Set([one.id]) }))[0], 'a mark that came').not.toBe(before[0])
  })

  it('is not worded again', () => {
    const worded = new WeakMap()
    const [one, two] = [entry(1, 0), entry(2, 5)]
    const before = rows([one], { worded })
    const after = rows([one, two], { worded })
    expect(after[0]).toBe(before[0])
    expect(rows([{ ...one }], { worded })[0], 'another object may say something else').not.toBe(before[0])
  })

  it('is worded again where its words follow from something that changed', () => {
    const worded = new WeakMap()
    const task = entry(1, 0, { kind: 'task', data: { task: 't1', state: 'done' }, text: 'Done' })
    const status = entry(2, 1, { kind: 'status', data: { status: 'mitigated' } })
    const plain = entry(3, 2)
    const words = (row: Row | undefined) => (row?.row === 'entry' ? row.face.pieces.map((piece) => piece.text).join('') : '')
    const before = rows([task, status, plain], { worded, names: new Map() })
    const named = rows([task, status, plain], { worded, names: new Map([['t1', 'Drain FRA']]) })
    expect(words(named[0])).toBe('Done: Drain FRA')
    expect(named[2], 'a note names nothing by its id').toBe(before[2])
    expect(rows([plain], { worded, untold: new Set([plain.id]) })[0]).toMatchObject({ face: { marks: [{ text: 'not told yet' }] } })
    const declared = entry(0, -1, { kind: 'declared', text: 'Declared', data: {} })
    expect(words(rows([declared, task, status], { worded })[2])).toBe('Status Investigating to Mitigated')
  })
})
