// What the rescue screen says and offers for each way in which a home does not open. Pure.

import type { BackupView, IpcError } from '../../ipc'
import { count } from '../../lib/words'

/** The operations that the shell carries out while no home is open. They are not in the table. */
export interface RescueOperations {
  'rescue.backups': [object, BackupView[]]
  'rescue.restore': [{ path?: string }, Restored]
  'rescue.rebuild': [object, Rebuilt]
  'rescue.export': [{ path?: string }, Exported]
  'rescue.retry': [object, object]
}

/** What came of a restore. */
export interface Restored {
  from: string
  events: number
  /** Where the files that were there lie now. */
  moved: string[]
}

/** What came of folding anew what reads. */
export interface Rebuilt {
  events: number
  /** Events known to be lost. */
  lost: number
  moved: string[]
}

/** What was written out. */
export interface Exported {
  path: string
  events: number
  /** Rows that did not read. */
  unreadable: number
}

/** A way out. */
export type WayOut = 'restore' | 'rebuild' | 'export' | 'retry'

/** What happened, what is safe, and the ways out, the likeliest first. */
export interface Rescue {
  title: string
  safe: string
  ways: WayOut[]
  /** It is tried again by itself this often, in milliseconds; null where only a person can help. */
  againMs: number | null
}

const CASES: Partial<Record<IpcError['code'], Rescue>> = {
  corrupt_home: {
    title: 'This home cannot be read',
    safe: 'Nothing was changed. The damaged file stays where it is until you choose, and every way out below keeps a copy of it.',
    ways: ['restore', 'rebuild', 'export', 'retry'], againMs: null,
  },
  newer_home: {
    title: 'This home was written by a newer Muster',
    safe: 'Nothing was changed, and nothing is lost. An older Muster does not write into a newer home.',
    ways: ['retry', 'export'], againMs: null,
  },
  home_busy: {
    title: 'Another Muster owns this home',
    safe: 'Nothing is lost. Only one process writes into a home at a time, so this window waits.',
    ways: ['retry'], againMs: 5000,
  },
  not_saved: {
    title: 'This home cannot be written',
    safe: 'Nothing on record was lost. Until it can be written, nothing new would be kept, so Muster does not open it.',
    ways: ['retry', 'export'], againMs: 5000,
  },
}

/** What to show for an error of opening the home; null where the error is of another kind. */
export const rescueFor = (error: IpcError): Rescue | null => CASES[error.code] ?? null

/** The backups that an error's hint names, newest first: whatever in it looks like the path of a database or backup. */
export function backupsIn(hint: string | null): string[] {
  const paths = (hint ?? '').split(/[\n,;]|(?<=\.db)\s/).flatMap((part) => /(?:[A-Za-z]:)?[\\/].*\.(?:db|backup|sqlite)$/.exec(part.trim().replace(/^[`'"]|[`'".]$/g, ''))?.[0] ?? [])
  return [...new Set(paths)].sort().reverse()
}

/** When an automatic backup was made, by its name (`muster-20231114T221320Z.db`); null where it has another name. */
export function madeAt(path: string): string | null {
  const [, y, mo, d, h, mi, s] = /muster-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.db$/.exec(path) ?? []
  return y ? `${y}-${mo}-${d}T${h}:${mi}:${s}Z` : null
}

/** A backup to choose; what is not known of it is null. */
export interface Choice {
  path: string
  at: string | null
  bytes: number | null
}

/** The backups to choose from, newest first: as the shell lists them, else those that the error names. */
export function choices(listed: readonly BackupView[], hint: string | null): Choice[] {
  if (listed.length) return [...listed].sort((a, b) => b.at.localeCompare(a.at))
  return backupsIn(hint).map((path) => ({ path, at: madeAt(path), bytes: null }))
}

const kept = (moved: readonly string[]) => (moved.length ? ' What was there is kept beside it.' : '')

/** What came of it, in words. */
export const said = {
  restored: (what: Restored) => `Restored ${count(what.events, 'event')} from ${fileName(what.from)}.${kept(what.moved)}`,
  rebuilt: (what: Rebuilt) => `Saved ${count(what.events, 'event')}; ${what.lost === 0 ? 'none is known to be lost' : `${what.lost} lost`}.${kept(what.moved)}`,
  exported: (what: Exported) => `Wrote ${count(what.events, 'event')} to ${what.path}.${what.unreadable ? ` ${count(what.unreadable, 'row')} did not read.` : ''}`,
}

/** The hint without the paths, for reading. */
export const hintWords = (hint: string | null): string | null => (backupsIn(hint).length ? null : hint)

/** The file's name, which carries the day of a backup. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path
