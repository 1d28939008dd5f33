// What the timeline of a room reads when something is written: no more than it must, and never less.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type EntryView, type Pushed, type ReadTimeline, useBackend } from '../../../ipc'
import { place } from '../../../ipc/query.testing.svelte'
import { CALM_MS } from './catchup'
import { PAGE, TAIL } from './pages'
import { entry } from './testing'
import { Timeline } from './timeline.svelte'

const INCIDENT = 'incident-1'
let record: EntryView[]
let asked: ReadTimeline[]
let fails: boolean
let tell: (push: Pushed) => void
let timeline: Timeline
let stop: () => void

beforeEach(async () => {
  vi.useFakeTimers()
  record = Array.from({ length: 1000 }, (_, i) => entry(i + 1, i + 1))
  asked = []
  fails = false
  useBackend({ rpc: async (_, params) => page(params as ReadTimeline), subscribe: async (_, pushed) => ((tell = pushed), () => {}) })
  const { value, dispose } = place(() => new Timeline(() => INCIDENT, () => INCIDENT))
  timeline = value
  stop = dispose
  await vi.advanceTimersByTimeAsync(1100)
  asked = []
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

function page(params: ReadTimeline) {
  asked.push(params)
  if (fails) throw { code: 'busy', message: 'Too much at once.' }
  const end = params.before ? record.findIndex((one) => one.id === params.before) : record.length
  const entries = record.slice(Math.max(0, end - params.limit!), end)
  const counts = { people: record.length, pinned: record.filter((one) => one.pinned).length, machine: 0 }
  return { entries: structuredClone(entries), before: entries[0] === record[0] ? null : entries[0]!.id, total: record.length, counts }
}

/** Changes the record and lets the window hear of it. */
async function happen(change: () => void, tags = [`incident:${INCIDENT}`]) {
  change()
  tell({ seq: record.length, tags })
  await vi.advanceTimersByTimeAsync(150)
}
const note = () => record.push(entry(record.length + 1, record.length + 1))
const limits = () => asked.map((one) => one.limit)
const change = (seq: number, over: Partial<EntryView>) => (record = record.map((one) => (one.seq === seq ? { ...one, ...over } : one)))

test('an entry at the end is all that is read and all that is drawn anew', async () => {
  const before = timeline.entries
  await happen(note)
  expect(limits()).toEqual([TAIL])
  expect(timeline.entries.map((one) => one.seq)).toEqual([...before.map((one) => one.seq), 1001])
  expect(timeline.entries.slice(0, -1).every((one, i) => one === before[i]), 'every other entry is the object it was').toBe(true)
  expect(timeline.size).toBe(1001)
})

test('a correction has what is drawn read again', async () => {
  await happen(() => {
    change(920, { text: 'Corrected', corrected_by: 'entry-1001' })
    record.push(entry(1001, 1001, { kind: 'correction', corrects: 'entry-920' }))
  })
  expect(limits()).toEqual([TAIL, PAGE + TAIL])
  expect(timeline.entries.find((one) => one.seq === 920)!.text).toBe('Corrected')
})

test('words that were taken out are gone at once', async () => {
  await happen(() => {
    change(930, { text: '[redacted]', redacted: { by: 'dana', at: record[0]!.occurred_at, reason: 'a secret' } })
    record.push(entry(1001, 1001, { kind: 'redaction', corrects: 'entry-930' }))
  })
  expect(timeline.entries.find((one) => one.seq === 930)!.text).toBe('[redacted]')
})

test('a key moment is marked at once, though no entry says so', async () => {
  await happen(() => change(940, { pinned: true }))
  expect(timeline.entries.find((one) => one.seq === 940)!.pinned).toBe(true)
})

test('an entry that happened earlier takes its place', async () => {
  await happen(() => record.splice(950, 0, entry(1001, 950.5)))
  expect(timeline.entries.map((one) => one.seq).slice(49, 52)).toEqual([950, 1001, 951])
})

test('more than the end holds is drawn without a hole', async () => {
  await happen(() => Array.from({ length: 2 * TAIL }, note))
  expect(timeline.entries.map((one) => one.seq)).toEqual(Array.from({ length: 140 }, (_, i) => 901 + i))
})

test('what the end cannot tell is seen once it is calm', async () => {
  const moments = () => timeline.entries.filter((one) => one.pinned).map((one) => one.seq)
  await happen(() => change(960, { pinned: true }))
  await happen(() => (change(960, { pinned: false }), change(961, { pinned: true }), note()))
  await vi.advanceTimersByTimeAsync(CALM_MS - 400)
  await happen(note)
  await vi.advanceTimersByTimeAsync(CALM_MS - 400)
  expect(moments(), 'the next note puts it off').toEqual([960])
  await vi.advanceTimersByTimeAsync(400)
  expect(moments()).toEqual([961])
  asked = []
  await vi.advanceTimersByTimeAsync(5 * CALM_MS)
  expect(asked, 'nothing is read in an idle room').toEqual([])
})

test('after a loss all that is drawn is read again', async () => {
  await happen(() => change(970, { text: 'Otherwise' }), ['*', 'home'])
  expect(limits()).toEqual([PAGE + TAIL])
  expect(timeline.entries.find((one) => one.seq === 970)!.text).toBe('Otherwise')
})

test('after a failure all that is drawn is read again', async () => {
  fails = true
  await happen(() => change(980, { text: 'Otherwise' }))
  expect(timeline.error?.code).toBe('busy')
  expect(timeline.entries, 'what was read stays').toHaveLength(100)
  fails = false
  await happen(note)
  expect(timeline.error).toBeNull()
  expect(timeline.entries.find((one) => one.seq === 980)!.text).toBe('Otherwise')
})

test('another incident’s changes are not its own', async () => {
  await happen(note, ['incident:other', 'incidents'])
  expect(asked).toEqual([])
})
