// How one entry reads: its icon, its words with what is bold, and its marks. Nothing that was changed is ever hidden.

import type { EntryView } from '../../../ipc'
import { severityLabel, type SeverityName, statusLabel, type StatusName } from '../../../lib/severity'
import { hourMinute } from '../../../lib/time'
import { byMeans, viaWord } from '../words'

export type EntryIcon =
  | 'note' | 'flag' | 'right' | 'pencil' | 'eye' | 'user' | 'usercheck' | 'users' | 'bell' | 'history' | 'redact' | 'star' | 'said' | 'check' | 'ring'

/** Colour of the icon's disc; plain is the rule, the others ask for a look. */
export type Tone = 'plain' | 'crit' | 'warn' | 'ok' | 'info'

/** A piece of an entry's words. */
export interface Piece {
  text: string
  as?: 'bold' | 'redacted' | 'output'
}

export interface Mark {
  icon: 'said' | 'history' | 'pencil' | 'redact' | 'keyboard'
  text: string
}

export interface EntryFace {
  icon: EntryIcon
  tone: Tone
  /** Machine's and clerical entries are set smaller and fainter. */
  faint: boolean
  pieces: Piece[]
  /** Whose act or words it is; null for machines. */
  by: string | null
  marks: Mark[]
}

/** Recorded later than this after it happened counts as back-dated: typing takes a while. */
const LATE_MS = 60_000
/** A machine's signal may be this late before it is worth a mark. */
const MACHINE_LATE_MS = 5 * 60_000
/** Longest old wording shown in a mark. */
const WAS_LENGTH = 60

/** What the same field said before, where the entries above tell. */
export interface Before {
  status: StatusName | null
  severity: SeverityName | null
}

/** How `entry` reads after `before`. */
export function faceOf(entry: EntryView, before: Before = { status: null, severity: null }): EntryFace {
  const by = entry.machine ? null : (entry.on_behalf_of ?? entry.actor)
  return { ...look(entry), pieces: entry.redacted ? redactedPieces(entry.text) : pieces(entry, before), by, marks: marks(entry) }
}

/** Splits a note into plain words and fenced output. */
export function notePieces(text: string): Piece[] {
  const found: Piece[] = []
  let from = 0
  for (const fence of text.matchAll(/^```[^\n]*\n([\s\S]*?)\n?```[ \t]*$/gm)) {
    push(found, text.slice(from, fence.index).trimEnd())
    found.push({ text: fence[1]!, as: 'output' })
    from = fence.index + fence[0].length
  }
  push(found, text.slice(from).replace(/^\n/, ''))
  return found
}

function look(entry: EntryView): { icon: EntryIcon; tone: Tone; faint: boolean } {
  const said = entry.means !== 'app' && entry.means !== 'machine'
  switch (entry.kind) {
    case 'declared': return { icon: 'flag', tone: 'crit', faint: false }
    case 'note': return { icon: entry.redacted ? 'redact' : said ? 'said' : 'note', tone: entry.pinned ? 'ok' : 'plain', faint: false }
    case 'severity': return { icon: 'flag', tone: 'plain', faint: false }
    case 'status': return { icon: entry.data['status'] === 'resolved' ? 'check' : 'right', tone: entry.data['status'] === 'resolved' ? 'ok' : 'plain', faint: entry.data['status'] !== 'resolved' }
    case 'title': return { icon: 'pencil', tone: 'plain', faint: true }
    case 'acknowledged': return { icon: 'eye', tone: 'plain', faint: false }
    case 'role': return { icon: said ? 'said' : 'user', tone: 'plain', faint: false }
    case 'command': return { icon: said ? 'said' : 'usercheck', tone: 'plain', faint: false }
    case 'impact': return { icon: 'users', tone: 'plain', faint: false }
    case 'alerts': return { icon: 'bell', tone: 'warn', faint: false }
    case 'correction': return { icon: 'pencil', tone: 'plain', faint: true }
    case 'redaction': return { icon: 'redact', tone: 'plain', faint: true }
    case 'notice': return { icon: 'ring', tone: 'plain', faint: true }
    default: return { icon: 'note', tone: 'plain', faint: entry.machine }
  }
}

function pieces(entry: EntryView, before: Before): Piece[] {
  const { data } = entry
  switch (entry.kind) {
    case 'note': return notePieces(entry.text)
    case 'status': return moved(word(data['status']) as StatusName | null, before.status, entry.text)
    case 'severity': return rated(word(data['severity']) as SeverityName | null, before.severity, word(data['reason']), entry.text)
    case 'declared': case 'title': return lead(entry.text)
    case 'impact': return impact(entry)
    case 'alerts': return [{ text: data['state'] === 'detached' ? 'Alerts taken out: ' : 'Alerts attached: ', as: 'bold' }, { text: word(data['title']) ?? entry.text }]
    case 'acknowledged': return [{ text: entry.text, as: 'bold' }]
    default: return handlesBold(entry.text)
  }
}

function moved(to: StatusName | null, was: StatusName | null, text: string): Piece[] {
  if (!to) return [{ text }]
  const from: Piece[] = was && was !== to ? [{ text: statusLabel(was), as: 'bold' }, { text: ' to ' }] : []
  return [{ text: 'Status ' }, ...from, { text: statusLabel(to), as: 'bold' }]
}

function rated(to: SeverityName | null, was: SeverityName | null, reason: string | null, text: string): Piece[] {
  if (!to) return [{ text }]
  const change = was && was !== to ? `Severity ${severityLabel(was)} to ${severityLabel(to)}` : `Severity ${severityLabel(to)}`
  return [{ text: reason ? `${change}.` : change, as: 'bold' }, ...(reason ? [{ text: ` ${reason}` }] : [])]
}

function impact({ data, text }: EntryView): Piece[] {
  const starts: Record<string, string> = { started: 'Impact began', updated: 'Impact', ended: 'Impact ended' }
  const start = starts[word(data['state']) ?? '']
  if (!start) return [{ text }]
  const services = Array.isArray(data['services']) ? data['services'].filter((one): one is string => typeof one === 'string') : []
  const words = word(data['text'])
  // Words that say the share themselves need no second figure.
  const share = typeof data['share'] === 'number' && !words?.includes('%') ? `${data['share']}% of customers` : null
  const rest = [share, words, services.map((name) => `#${name}`).join(' ')].filter(Boolean).join(', ')
  return rest ? [{ text: `${start}.`, as: 'bold' }, { text: ` ${rest}` }] : [{ text: start, as: 'bold' }]
}

/** The words before a colon stand out, the rest explains. */
function lead(text: string): Piece[] {
  const end = /^[^:]{3,60}:(?=\s)/.exec(text)
  return end ? [{ text: end[0], as: 'bold' }, { text: text.slice(end[0].length) }] : handlesBold(text)
}

function handlesBold(text: string): Piece[] {
  const found: Piece[] = []
  let from = 0
  for (const handle of text.matchAll(/@[\p{L}\p{N}._-]*[\p{L}\p{N}]/gu)) {
    push(found, text.slice(from, handle.index))
    found.push({ text: handle[0], as: 'bold' })
    from = handle.index + handle[0].length
  }
  push(found, text.slice(from))
  return found
}

function redactedPieces(text: string): Piece[] {
  const parts = text.split('[redacted]')
  const found: Piece[] = []
  parts.forEach((part, index) => {
    if (index > 0) found.push({ text: 'redacted', as: 'redacted' })
    push(found, part)
  })
  return found.length ? found : [{ text: 'redacted', as: 'redacted' }]
}

function marks(entry: EntryView): Mark[] {
  const found: Mark[] = []
  if (!entry.machine && entry.on_behalf_of) {
    found.push({ icon: 'said', text: `${byMeans(entry.means)} ${utc(entry.occurred_at)}, written by @${entry.actor}` })
  } else if (!entry.machine && entry.means !== 'app' && entry.means !== 'machine') {
    found.push({ icon: 'said', text: `${byMeans(entry.means)} ${utc(entry.occurred_at)}` })
  }
  const door = viaWord(entry.via)
  if (door && entry.kind === 'declared') found.push({ icon: 'keyboard', text: door })
  const late = Date.parse(entry.recorded_at) - Date.parse(entry.occurred_at)
  if (late > (entry.machine ? MACHINE_LATE_MS : LATE_MS)) found.push({ icon: 'history', text: recorded(entry) })
  if (entry.was_at) found.push({ icon: 'pencil', text: `time edited, was ${utc(entry.was_at)}` })
  if (entry.was_text !== null && !entry.redacted && entry.was_text !== entry.text) found.push({ icon: 'pencil', text: `edited, was “${shorten(entry.was_text)}”` })
  if (entry.redacted) found.push({ icon: 'redact', text: `redacted by @${entry.redacted.by} ${utc(entry.redacted.at)}: ${entry.redacted.reason}, original hash kept` })
  return found
}

function recorded(entry: EntryView): string {
  const sameDay = entry.recorded_at.slice(0, 10) === entry.occurred_at.slice(0, 10)
  const verb = entry.machine ? 'received' : 'recorded'
  return sameDay ? `${verb} ${utc(entry.recorded_at)}` : `${verb} ${entry.recorded_at.slice(0, 10)} ${utc(entry.recorded_at)}`
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > WAS_LENGTH ? `${line.slice(0, WAS_LENGTH - 1).trimEnd()}…` : line
}

const utc = (at: string) => hourMinute(at, true)
const push = (into: Piece[], text: string) => void (text && into.push({ text }))
const word = (value: unknown) => (typeof value === 'string' && value ? value : null)
