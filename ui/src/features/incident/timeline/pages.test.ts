import { describe, expect, it } from 'vitest'
import type { EntryView, TimelinePage } from '../../../ipc'
import { atEnd, DRAWN, drawn, followed, needsOlder, opened, PAGE, type Pages, refreshed, replaced, rereading, showing, slideDown, slideToEnd, slideUp, TAIL, withOlder } from './pages'
import { entry } from './testing'

const counts = { people: 0, pinned: 0, machine: 0 }
const page = (from: number, to: number, over: Partial<TimelinePage> = {}): TimelinePage => ({
  entries: Array.from({ length: to - from }, (_, i) => entry(from + i, from + i)), before: from > 1 ? `before-${from}` : null, total: to, counts, ...over,
})
const seqs = (entries: readonly EntryView[]) => [entries[0]!.seq, entries.at(-1)!.seq]

/** A room scrolled up over `pages` further pages of a timeline of 1,000 entries. */
function scrolled(pages: number): Pages {
  let state = opened(page(901, 1001))
  for (let i = 1; i <= pages; i++) {
    state = slideUp(withOlder(state, page(901 - i * PAGE, 1001 - i * PAGE)))
  }
  return state
}

describe('pages of a timeline', () => {
  it('open on the newest', () => {
    const state = opened(page(901, 1001))
    expect(seqs(drawn(state))).toEqual([901, 1000])
    expect(atEnd(state)).toBe(true)
    expect(needsOlder(state)).toBe(true)
  })

  it('never draw more than the limit, however far one scrolls', () => {
    const state = scrolled(8)
    expect(state.entries).toHaveLength(900)
    expect(drawn(state).length).toBeLessThanOrEqual(DRAWN)
    expect(seqs(drawn(state))).toEqual([101, 400])
  })

  it('slide back down over what was read, to the end', () => {
    let state = scrolled(8)
    for (let i = 0; i < 6; i++) state = slideDown(state)
    expect(seqs(drawn(state))).toEqual([701, 1000])
    expect(seqs(drawn(slideToEnd(scrolled(8))))).toEqual([701, 1000])
  })

  it('stop asking at the start', () => {
    expect(needsOlder(opened(page(1, 50)))).toBe(false)
  })

  it('follow new entries at the end, and stay put when scrolled up', () => {
    expect(seqs(drawn(refreshed(opened(page(901, 1001)), page(903, 1003))))).toEqual([901, 1002])
    expect(seqs(drawn(refreshed(scrolled(8), page(903, 1003))))).toEqual([101, 400])
  })

  it('draw no more of the past because the end is read again', () => {
    const state = refreshed(opened(page(901, 1001)), page(882, 1002))
    expect(seqs(drawn(state)), 'from the entry that was first').toEqual([901, 1001])
    expect(state.before, 'what was read on the way is known').toBe('before-882')
    expect(needsOlder(state)).toBe(true)
  })

  it('show what is older than all where the start was reached', () => {
    const late = entry(51, 0.5)
    expect(seqs(drawn(replaced(opened(page(1, 51)), [late])))).toEqual([51, 50])
  })

  it('keep their place when the first entry drawn moves to another time', () => {
    const state = replaced(opened(page(901, 1001)), [{ ...entry(901, 901), occurred_at: entry(0, 1000.5).occurred_at }])
    expect(seqs(drawn(state))).toEqual([902, 901])
  })

  it('draw no more than the limit at the end, however much is written', () => {
    let state = opened(page(901, 1001))
    for (let next = 1001; next < 1301; next += 50) state = refreshed(state, page(next - 50, next + 50))
    expect(seqs(drawn(state))).toEqual([1001, 1300])
  })

  it('start anew rather than leave a hole', () => {
    const state = refreshed(opened(page(1, 101, { before: 'x' })), page(400, 500))
    expect(seqs(state.entries)).toEqual([400, 499])
  })

  it('put a back-dated entry in its place', () => {
    const late = entry(1001, 950.5)
    const state = replaced(opened(page(901, 1001)), [late])
    const index = state.entries.indexOf(late)
    expect([state.entries[index - 1]!.seq, state.entries[index + 1]!.seq]).toEqual([950, 951])
  })

  it('take corrections of what was read before', () => {
    const state = replaced(opened(page(901, 1001)), [{ ...entry(950, 950), pinned: true }])
    expect(state.entries).toHaveLength(100)
    expect(state.entries.find((one) => one.seq === 950)!.pinned).toBe(true)
  })

  it('know where the drawn part can be read again', () => {
    expect(rereading(opened(page(901, 1001))), 'and what came in since').toEqual({ before: null, limit: 100 + TAIL })
    expect(rereading(scrolled(8)), 'from the page edge just below').toEqual({ before: 'before-401', limit: 300 })
  })

  it('move to an entry that was read', () => {
    expect(drawn(showing(slideToEnd(scrolled(8)), 'entry-150')!).some((one) => one.seq === 150)).toBe(true)
    expect(showing(scrolled(1), 'entry-5')).toBeNull()
  })
})

describe('the end of a timeline', () => {
  const counted = { people: 1000, pinned: 2, machine: 0 }
  const known = opened(page(901, 1001))
  /** The last page of a record with these entries behind the thousand that were known. */
  const tail = (added: EntryView[], over: Partial<TimelinePage> = {}) => ({
    ...page(1001 - TAIL + added.length, 1001), counts: { ...counted, people: 1000 + added.length }, ...over,
  })
  const end = (...added: EntryView[]): TimelinePage => {
    const { entries, ...rest } = tail(added)
    return { ...rest, entries: [...entries, ...added] }
  }

  it('takes what was added, and leaves every other entry the object it was', () => {
    const next = followed(known, end(entry(1001, 1001), entry(1002, 1002)), counted)!
    expect(seqs(drawn(next))).toEqual([901, 1002])
    expect(next.entries.slice(0, 100).every((one, i) => one === known.entries[i])).toBe(true)
  })

  it('is the same where nothing came in', () => {
    expect(followed(known, end(), counted)).toBe(known)
  })

  it('slides at the limit', () => {
    const full = refreshed(known, page(701, 1001))
    const wide = { ...full, from: 0 }
    expect(drawn(wide)).toHaveLength(DRAWN)
    expect(seqs(drawn(followed(wide, end(entry(1001, 1001)), counted)!))).toEqual([702, 1001])
  })

  it('does not tell all where an entry was corrected or its words taken out', () => {
    const correction = entry(1001, 1001, { kind: 'correction', corrects: 'entry-950' })
    expect(followed(known, end(correction), counted)).toBeNull()
    expect(followed(known, end(entry(1001, 1001), { ...correction, kind: 'redaction', seq: 1002, id: 'entry-1002' }), counted)).toBeNull()
  })

  it('does not tell all where an entry came in between, whether it can be seen or not', () => {
    const { entries, ...rest } = end(entry(1001, 1001))
    expect(followed(known, { ...rest, entries: entries.slice(0, -1) }, counted), 'above the page').toBeNull()
    const between = [...entries.slice(1, 5), entry(1001, entries[4]!.seq + 0.5), ...entries.slice(5, -1)]
    expect(followed(known, { ...rest, entries: between }, counted), 'within it').toBeNull()
  })

  it('does not tell all where a key moment was marked or a known entry reads differently', () => {
    const { counts, entries, ...rest } = end(entry(1001, 1001))
    expect(followed(known, { ...rest, entries, counts: { ...counts, pinned: 3 } }, counted)).toBeNull()
    const changed = entries.map((one) => (one.seq === 995 ? { ...one, text: 'Otherwise' } : one))
    expect(followed(known, { ...rest, counts, entries: changed }, counted)).toBeNull()
    const moment = end(entry(1001, 1001, { pinned: true }))
    expect(followed(known, { ...moment, counts: { ...moment.counts, pinned: 3 } }, counted), 'a new key moment is only new').not.toBeNull()
  })

  it('does not tell all where more came in than it holds, or something else is drawn', () => {
    expect(followed(known, page(1001, 1001 + TAIL, { counts: { ...counted, people: 1000 + TAIL } }), counted)).toBeNull()
    expect(followed(slideUp({ ...known, from: 50, to: 90 }), end(entry(1001, 1001)), counted)).toBeNull()
    expect(followed(opened(page(1, 1)), end(entry(1001, 1001)), counted), 'nothing is known').toBeNull()
  })
})
