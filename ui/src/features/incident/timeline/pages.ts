/**
 * The part of a timeline that was read, and the part of it that is drawn. Entries are never removed from a record, so pages merge by id;
 * what is drawn is a window of at most `DRAWN` entries that slides over them, so that 100,000 entries cost no more than 300.
 */
import type { EntryView, TimelineCounts, TimelinePage } from '../../../ipc'

/** Entries asked for at a time. */
export const PAGE = 100
/** Entries asked for where only the end is looked at: more than one command writes, and some that are known. */
export const TAIL = 20
/** Most entries in the document at once. */
export const DRAWN = 300

export interface Pages {
  /** Read so far, oldest first, without gaps. */
  entries: readonly EntryView[]
  /** Cursor for the page above; null where the start was reached. */
  before: string | null
  /** By entry, the cursor for what lies above it: where a page can be read again. */
  cursors: ReadonlyMap<string, string>
  /** The drawn window: `from` inclusive, `to` exclusive. */
  from: number
  to: number
}

/** Starts from the newest page. */
export function opened(page: TimelinePage): Pages {
  const entries = ordered(page.entries)
  return { entries, before: page.before, cursors: noted(new Map(), page), from: Math.max(0, entries.length - DRAWN), to: entries.length }
}

export const drawn = (pages: Pages): readonly EntryView[] => pages.entries.slice(pages.from, pages.to)
export const atEnd = (pages: Pages) => pages.to === pages.entries.length
/** Whether the page above must be read before the window can slide up. */
export const needsOlder = (pages: Pages) => pages.from < PAGE && pages.before !== null

/** Puts an older page on top; the window stays on the entries it showed. */
export function withOlder(pages: Pages, page: TimelinePage): Pages {
  const entries = merged(pages.entries, page.entries)
  const shift = entries.length - pages.entries.length
  return { ...pages, entries, before: page.before, cursors: noted(pages.cursors, page), from: pages.from + shift, to: pages.to + shift }
}

/** Moves the window one page up. */
export function slideUp(pages: Pages): Pages {
  const from = Math.max(0, pages.from - PAGE)
  return { ...pages, from, to: Math.min(pages.to, from + DRAWN) }
}

/** Moves the window one page down. */
export function slideDown(pages: Pages): Pages {
  const to = Math.min(pages.entries.length, pages.to + PAGE)
  return { ...pages, to, from: Math.max(pages.from, to - DRAWN) }
}

/** Moves the window to the newest entries. */
export const slideToEnd = (pages: Pages): Pages => ({ ...pages, to: pages.entries.length, from: Math.max(0, pages.entries.length - DRAWN) })

/**
 * Takes in the newest page again. Where more came in than a page holds, there would be a hole: then it starts anew from that page.
 */
export function refreshed(pages: Pages, page: TimelinePage): Pages {
  const known = new Set(pages.entries.map((entry) => entry.id))
  const touches = pages.entries.length === 0 || page.before === null || page.entries.some((entry) => known.has(entry.id))
  if (!touches) return opened(page)
  const next = replaced(pages, page.entries)
  // Only the page that begins it knows what lies above.
  return next.entries[0]?.id === page.entries[0]?.id ? { ...next, before: page.before } : next
}

/**
 * Takes in the end of the record where nothing happened but that entries were added there: `counted` is what the record counted before.
 * Null where more may have changed, so that it must be read again: an entry in between, a correction, a key moment.
 */
export function followed(pages: Pages, page: TimelinePage, counted: TimelineCounts): Pages | null {
  const { entries } = pages
  const joint = page.entries.findIndex((entry) => entry.id === entries.at(-1)?.id)
  if (!atEnd(pages) || joint < 0 || joint >= entries.length) return null
  const known = entries.slice(-joint - 1)
  const fresh = page.entries.slice(joint + 1)
  const grown = page.counts.people + page.counts.machine - counted.people - counted.machine
  const pinned = page.counts.pinned - counted.pinned
  const asBefore = known.every((entry, i) => entry.id === page.entries[i]!.id && same(entry, page.entries[i]!))
  const added = fresh.every((entry, i) => entry.corrects === null && inOrder(i > 0 ? fresh[i - 1]! : known.at(-1)!, entry) <= 0)
  if (!asBefore || !added || fresh.length !== grown || fresh.filter((entry) => entry.pinned).length !== pinned) return null
  return grown === 0 ? pages : framed(pages, [...entries, ...fresh])
}

/** Takes in entries that were read again, wherever they lie. */
export const replaced = (pages: Pages, fresh: readonly EntryView[]): Pages => framed(pages, merged(pages.entries, fresh))

/** The same window over other entries: it begins where it began, and one at the end stays at the end. */
function framed(pages: Pages, entries: readonly EntryView[]): Pages {
  const first = pages.entries[pages.from]
  const whole = pages.from === 0 && pages.before === null
  // By its place in time: the entry that was first may itself have moved.
  const begins = whole || !first ? 0 : Math.max(0, entries.findIndex((entry) => inOrder(first, entry) <= 0))
  const to = atEnd(pages) ? entries.length : Math.min(entries.length, begins + pages.to - pages.from)
  return { ...pages, entries, from: Math.max(begins, to - DRAWN), to }
}

/** What to ask for to read the drawn window again, from the nearest page edge below it, with room for what came in. At most 500 entries. */
export function rereading(pages: Pages): { before: string | null; limit: number } {
  let below = pages.to
  while (below < pages.entries.length && !pages.cursors.has(pages.entries[below]!.id)) below++
  const edge = pages.entries[below]
  const wanted = below - pages.from + (edge ? 0 : TAIL)
  return { before: edge ? pages.cursors.get(edge.id)! : null, limit: Math.min(500, Math.max(PAGE, wanted)) }
}

/** The window moved so that it shows `id`; null where that entry was not read yet. */
export function showing(pages: Pages, id: string): Pages | null {
  const index = pages.entries.findIndex((entry) => entry.id === id)
  if (index < 0) return null
  if (index >= pages.from && index < pages.to) return pages
  const from = Math.max(0, Math.min(index - PAGE, pages.entries.length - DRAWN))
  return { ...pages, from, to: Math.min(pages.entries.length, from + DRAWN) }
}

function noted(cursors: ReadonlyMap<string, string>, { entries, before }: TimelinePage): ReadonlyMap<string, string> {
  const first = entries[0]
  return first && before ? new Map(cursors).set(first.id, before) : cursors
}

function merged(old: readonly EntryView[], fresh: readonly EntryView[]): readonly EntryView[] {
  const byId = new Map(old.map((entry) => [entry.id, entry]))
  // What says the same stays the same object: its row is not drawn anew.
  for (const entry of fresh) {
    const known = byId.get(entry.id)
    if (!known || !same(known, entry)) byId.set(entry.id, entry)
  }
  return ordered([...byId.values()])
}

/** The chain's hash covers what was recorded; the rest is what later entries say of it, and how its group stands now. */
const same = (a: EntryView, b: EntryView) =>
  a.hash === b.hash && a.occurred_at === b.occurred_at && a.corrected_by === b.corrected_by && a.pinned === b.pinned && a.text === b.text &&
  (a.redacted === null) === (b.redacted === null) && (a.kind !== 'alerts' || JSON.stringify(a.data) === JSON.stringify(b.data))

/** By the time it happened, then by the order of arrival: the order of the record's own pages. */
const inOrder = (a: EntryView, b: EntryView) => (a.occurred_at === b.occurred_at ? a.seq - b.seq : Date.parse(a.occurred_at) - Date.parse(b.occurred_at))
const ordered = (entries: readonly EntryView[]) => [...entries].sort(inOrder)
