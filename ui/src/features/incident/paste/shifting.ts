// Moving entries in time together: how a span is typed, and which entries of the record are meant.

import { call, type EntryView } from '../../../ipc'

const SPAN = /^([+\-−–])?\s*(?:(\d{1,3})\s*h)?\s*(?:(\d{1,4})\s*(?:m|min)?)?$/i
/** Longest shift in seconds: two zones are never further apart than this. */
const MOST = 26 * 3600

/** Reads `-1h`, `+20m`, `−1 h 30`, `90` (minutes) as seconds; null where it is none of these, or no shift. */
export function readShift(typed: string): number | null {
  const found = SPAN.exec(typed.trim())
  if (!found || (!found[2] && !found[3])) return null
  const seconds = Number(found[2] ?? 0) * 3600 + Number(found[3] ?? 0) * 60
  if (seconds === 0 || seconds > MOST) return null
  return found[1] && found[1] !== '+' ? -seconds : seconds
}

/** `1 h earlier`, `20 min later`. */
export function shiftWords(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60)
  const [h, m] = [Math.floor(minutes / 60), minutes % 60]
  return `${[h ? `${h} h` : '', m ? `${m} min` : ''].filter(Boolean).join(' ')} ${seconds < 0 ? 'earlier' : 'later'}`
}

/** Pages read to find entries: the whole of the longest record that is still one. */
const PAGES = 40
const PAGE = 500

/** Those of `ids` that are on the record, oldest first. The newest pages are read first: what was just pasted is near. */
export async function entriesOf(incident: string, ids: readonly string[]): Promise<EntryView[]> {
  const wanted = new Set(ids)
  const found: EntryView[] = []
  let before: string | null = null
  for (let page = 0; page < PAGES && found.length < wanted.size; page++) {
    const read: { entries: EntryView[]; before: string | null } = await call('incident.timeline', { incident, before, limit: PAGE })
    found.push(...read.entries.filter((entry) => wanted.has(entry.id)))
    before = read.before
    if (before === null) break
  }
  return found.sort((a, b) => a.occurred_at.localeCompare(b.occurred_at) || a.seq - b.seq)
}
