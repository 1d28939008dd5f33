// From entries to the lines of the timeline: days, quiet stretches, what is new, and one line for each group of alerts.

import type { EntryView, GroupView } from '../../../ipc'
import type { SeverityName, StatusName } from '../../../lib/severity'
import { type Before, type EntryFace, faceOf } from './entry'
import { namesOthers, type Names } from './told'

export type Row =
  | { row: 'day'; key: string; label: string }
  | { row: 'quiet'; key: string; label: string }
  | { row: 'new'; key: string; count: number }
  | { row: 'entry'; key: string; entry: EntryView; face: EntryFace }
  | { row: 'alerts'; key: string; entry: EntryView; face: EntryFace; group: AlertLine }

/** A group of alerts as its one line says it. */
export interface AlertLine {
  id: string
  title: string
  count: number
  firing: number
  /** Entries that this line stands for. */
  entries: EntryView[]
  state: 'firing' | 'ended' | 'detached'
}

export interface RowsOptions {
  /** The last `seq` that was on screen when the room was last left; null on the first visit. */
  looked: number | null
  me: string
  /** The incident's groups as they are now. */
  groups: readonly GroupView[]
  now: number
  /** Asks of which nobody was told yet, by the entry that made them. */
  untold?: ReadonlySet<string>
  /** What ids stand for. */
  names?: Names
  /** Whether quiet stretches are said; not where only some entries are shown. */
  stretches: boolean
  /** Rows that were made before; none: each is worded anew. */
  worded?: Worded
}

/** The row of an entry, beside all that its words follow from. An entry that is read again and says the same is the same object. */
export type Worded = WeakMap<EntryView, Before & { names: Names | undefined; untold: boolean; row: Row }>

/** A pause longer than this is worth saying. */
const QUIET_MS = 10 * 60_000

/** The lines for `entries`, oldest first. */
export function rowsOf(entries: readonly EntryView[], options: RowsOptions): Row[] {
  const rows: Row[] = []
  const lines = new Map<string, AlertLine>()
  const fresh = countNew(entries, options)
  const fields: Before = { status: null, severity: null }
  let before: EntryView | null = null
  let marked = false
  for (const entry of entries) {
    const group = entry.kind === 'alerts' ? text(entry.data['group']) : null
    const line = group ? lines.get(group) : undefined
    if (line) {
      line.entries.push(entry)
      continue
    }
    separate(rows, before, entry, options)
    if (!marked && isNew(entry, options)) {
      rows.push({ row: 'new', key: 'new', count: fresh })
      marked = true
    }
    rows.push(group ? alertRow(entry, group, lines, options) : entryRow(entry, fields, options))
    remember(fields, entry)
    before = entry
  }
  return rows
}

/** `next`, with the rows of `before` wherever they say the same: only what changed is drawn anew, however long the record. */
export function shared(before: readonly Row[], next: readonly Row[]): Row[] {
  const known = new Map(before.map((row) => [row.key, row]))
  return next.map((row) => {
    const old = known.get(row.key)
    return old && (old === row || alike(old, row)) ? old : row
  })
}

function alike(a: Row, b: Row): boolean {
  const entries = 'entry' in a && 'entry' in b
  if (entries ? a.entry !== b.entry : 'entry' in a || 'entry' in b) return false
  const rest = ({ entry: _, ...row }: Row & { entry?: EntryView }) => JSON.stringify(row)
  return rest(a) === rest(b)
}

function entryRow(entry: EntryView, fields: Before, options: RowsOptions): Row {
  const { names, worded } = options
  const untold = options.untold?.has(entry.id) ?? false
  const before = worded?.get(entry)
  const isSame = before && before.untold === untold && before.status === fields.status && before.severity === fields.severity
  if (isSame && (before.names === names || !namesOthers(entry))) return before.row
  const row: Row = { row: 'entry', key: entry.id, entry, face: entryFace(entry, fields, names, untold) }
  worded?.set(entry, { ...fields, names, untold, row })
  return row
}

/** Whoever was asked and not told yet cannot know: the entry says so. */
function entryFace(entry: EntryView, fields: Before, names: Names | undefined, untold: boolean): EntryFace {
  const face = faceOf(entry, fields, names)
  return untold ? { ...face, marks: [...face.marks, { icon: 'warn', text: 'not told yet' }] } : face
}

/** Whether somebody or something else wrote it since the last look. */
export const isNew = (entry: EntryView, { looked, me }: Pick<RowsOptions, 'looked' | 'me'>) =>
  looked !== null && entry.seq > looked && (entry.machine || entry.actor !== me)

const countNew = (entries: readonly EntryView[], options: RowsOptions) => entries.filter((entry) => isNew(entry, options)).length

function separate(rows: Row[], before: EntryView | null, entry: EntryView, { now, stretches }: RowsOptions) {
  const day = entry.occurred_at.slice(0, 10)
  const today = new Date(now).toISOString().slice(0, 10)
  if (before ? before.occurred_at.slice(0, 10) !== day : day !== today) {
    rows.push({ row: 'day', key: `day-${entry.id}`, label: dayLabel(day, now) })
    return
  }
  const pause = before ? Date.parse(entry.occurred_at) - Date.parse(before.occurred_at) : 0
  if (stretches && pause >= QUIET_MS) rows.push({ row: 'quiet', key: `quiet-${entry.id}`, label: `${lengthWords(pause)} quiet` })
}

/** "Today", "Yesterday", or the date with its weekday; days are days of UTC. */
export function dayLabel(day: string, now: number): string {
  const at = (offset: number) => new Date(now - offset * 86_400_000).toISOString().slice(0, 10)
  if (day === at(0)) return 'Today'
  const date = new Date(`${day}T00:00:00Z`)
  const year = day.slice(0, 4) === at(0).slice(0, 4) ? '' : ` ${day.slice(0, 4)}`
  const written = `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${year}`
  return day === at(1) ? `Yesterday, ${written}` : written
}

// Written out here, because web views differ in how they punctuate dates.
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

function lengthWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return `${minutes} min`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest ? `${hours} h ${rest} min` : `${hours} h`
}

function alertRow(entry: EntryView, id: string, lines: Map<string, AlertLine>, { groups }: RowsOptions): Row {
  const live = groups.find((group) => group.id === id)
  const firing = live?.firing ?? number(entry.data['firing']) ?? 0
  const line: AlertLine = {
    id, entries: [entry], firing,
    title: live?.title ?? text(entry.data['title']) ?? entry.text,
    count: live?.count ?? number(entry.data['count']) ?? 1,
    state: live ? (firing > 0 ? 'firing' : 'ended') : 'detached',
  }
  lines.set(id, line)
  return { row: 'alerts', key: entry.id, entry, face: faceOf(entry), group: line }
}

/** What this entry leaves behind in the fields that later ones change. */
function remember(fields: Before, { kind, data }: EntryView) {
  if (kind === 'status') fields.status = text(data['status']) as StatusName | null
  if (kind === 'severity' || kind === 'declared') fields.severity = text(data['severity']) as SeverityName | null
  // The record starts every incident there.
  if (kind === 'declared') fields.status = 'investigating'
}

const text = (value: unknown) => (typeof value === 'string' && value ? value : null)
const number = (value: unknown) => (typeof value === 'number' ? value : null)
