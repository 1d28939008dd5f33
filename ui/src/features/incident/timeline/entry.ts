// How one entry reads: its icon, its words with what is bold, and its marks. Nothing that was changed is ever hidden.

import type { EntryView } from '../../../ipc'
import { severityLabel, type SeverityName, statusLabel, type StatusName } from '../../../lib/severity'
import { hourMinute } from '../../../lib/time'
import { byMeans, viaWord } from '../words'
import { type EntryIcon, lookOf, type Tone } from './look'
import { type Names, told } from './told'

/** A piece of an entry's words. */
export interface Piece {
  text: string
  as?: 'bold' | 'redacted' | 'output' | 'quote'
}

export interface Mark {
  icon: 'said' | 'history' | 'pencil' | 'redact' | 'keyboard' | 'warn'
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

/** How `entry` reads after `before`; `names` says what its ids stand for. */
export function faceOf(entry: EntryView, before: Before = { status: null, severity: null }, names: Names = new Map()): EntryFace {
  const who = entry.machine || entry.kind === 'chat' ? null : (entry.on_behalf_of ?? entry.actor)
  // A sentence of the record that begins with its doer names them once.
  const by = who && entry.kind !== 'note' && entry.text.startsWith(`@${who} `) ? null : who
  return { ...lookOf(entry), pieces: entry.redacted ? redactedPieces(entry.text) : (told(entry, names) ?? pieces(entry, before)), by, marks: marks(entry) }
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

function pieces(entry: EntryView, before: Before): Piece[] {
  const { data } = entry
  switch (entry.kind) {
    case 'note': return notePieces(entry.text)
    case 'status': return moved(word(data['status']) as StatusName | null, before.status, entry.text)
    case 'severity': return rated(word(data['severity']) as SeverityName | null, before.severity, word(data['reason']), entry.text)
    case 'declared': case 'title': case 'task': case 'decision': case 'hypothesis': case 'question': case 'board': case 'posted': case 'clock': case 'checklist': return lead(entry.text)
    case 'update': return [{ text: 'Update written', as: 'bold' }, { text: entry.text, as: 'quote' }]
    case 'chat': return [{ text: speaker(entry), as: 'bold' }, { text: ' ' }, ...notePieces(entry.text)]
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

/** Who spoke in a chat: a person of the book, or the name as it was written there. */
function speaker({ on_behalf_of, data, actor }: EntryView): string {
  return on_behalf_of ? `@${on_behalf_of}` : (word(data['said_by']) ?? `@${actor}`)
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
  const heard = said(entry)
  if (heard) found.push({ icon: 'said', text: heard })
  const door = viaWord(entry.via)
  if (door && entry.kind === 'declared') found.push({ icon: 'keyboard', text: door })
  const late = Date.parse(entry.recorded_at) - Date.parse(entry.occurred_at)
  if (late > (entry.machine ? MACHINE_LATE_MS : LATE_MS)) found.push({ icon: 'history', text: recorded(entry) })
  if (entry.was_at) found.push({ icon: 'pencil', text: `time edited, was ${utc(entry.was_at)}` })
  if (entry.was_text !== null && !entry.redacted && entry.was_text !== entry.text) found.push({ icon: 'pencil', text: `edited, was “${shorten(entry.was_text)}”` })
  if (entry.redacted) found.push({ icon: 'redact', text: `redacted by @${entry.redacted.by} ${utc(entry.redacted.at)}: ${entry.redacted.reason}, original hash kept` })
  return found
}

/** That it was said and not signed: by which means, when, and who typed it. */
function said(entry: EntryView): string | null {
  if (entry.machine) return null
  if (entry.kind === 'chat') return `pasted by @${entry.actor}`
  const how = `${byMeans(entry.means)} ${utc(entry.occurred_at)}`
  if (entry.on_behalf_of) return `${how}, typed by @${entry.actor}`
  return entry.means === 'app' || entry.means === 'machine' ? null : how
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
