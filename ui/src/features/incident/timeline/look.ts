// What an entry looks like at a glance: its icon, the colour of the disc, and whether it is set fainter. Pure.

import type { EntryView } from '../../../ipc'

export type EntryIcon =
  | 'note' | 'flag' | 'right' | 'pencil' | 'eye' | 'user' | 'usercheck' | 'users' | 'bell' | 'history' | 'redact' | 'star' | 'said' | 'check' | 'ring'
  | 'hand' | 'x' | 'task' | 'swap' | 'undo' | 'fork' | 'flask' | 'question' | 'list' | 'headset' | 'horn' | 'clock' | 'link' | 'chat'

/** Colour of the icon's disc; plain is the rule, the others ask for a look, and ideas are not yet facts. */
export type Tone = 'plain' | 'crit' | 'warn' | 'ok' | 'info' | 'idea'

export interface Look {
  icon: EntryIcon
  tone: Tone
  /** Machine's and clerical entries are set smaller and fainter. */
  faint: boolean
}

/** The icon of an entry by its kind, and by what happened. */
export function lookOf(entry: EntryView): Look {
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
    case 'chat': return { icon: 'chat', tone: 'plain', faint: false }
    case 'roll_call': return { icon: 'users', tone: 'plain', faint: false }
    case 'bridge': return { icon: 'headset', tone: 'plain', faint: true }
    case 'board': return { icon: 'list', tone: 'plain', faint: true }
    case 'checklist': return { icon: 'check', tone: 'plain', faint: true }
    case 'link': return { icon: 'link', tone: 'plain', faint: false }
    case 'promise': return { icon: 'clock', tone: 'plain', faint: false }
    case 'update': return { icon: 'horn', tone: 'plain', faint: false }
    case 'ask': case 'task': case 'decision': case 'hypothesis': case 'question': case 'posted': case 'handoff': case 'clock': return lookByStep(entry)
    default: return { icon: 'note', tone: 'plain', faint: entry.machine }
  }
}

/** Kinds whose entries differ by what happened: `data.state`, in the record's own words. */
function lookByStep(entry: EntryView): Look {
  const step = typeof entry.data['state'] === 'string' ? entry.data['state'] : ''
  switch (entry.kind) {
    case 'ask': return step === 'no' ? { icon: 'x', tone: 'warn', faint: false } : { icon: step === 'told' ? 'hand' : entry.means === 'app' ? 'check' : 'said', tone: 'plain', faint: false }
    case 'task': return step === 'done' ? { icon: 'check', tone: 'ok', faint: false } : { icon: TASK_ICONS[step] ?? 'task', tone: 'plain', faint: step === 'extended' || step === 'dropped' }
    case 'decision': return step === 'resulted' ? { icon: 'check', tone: 'plain', faint: false } : step === 'polled' ? { icon: 'users', tone: 'plain', faint: false } : { icon: 'fork', tone: entry.pinned ? 'ok' : 'plain', faint: false }
    case 'hypothesis': return { icon: step === 'ruled_out' ? 'x' : 'flask', tone: 'idea', faint: false }
    case 'question': return { icon: step === 'answered' ? 'check' : 'question', tone: 'plain', faint: false }
    case 'posted': return step === 'failed' || step === 'held' ? { icon: 'horn', tone: 'warn', faint: false } : { icon: 'horn', tone: step === 'by_hand' || step === 'sent' ? 'info' : 'plain', faint: step !== 'by_hand' && step !== 'sent' }
    case 'handoff': return { icon: step === 'accepted' ? 'usercheck' : 'swap', tone: step === 'accepted' ? 'ok' : 'plain', faint: false }
    default: return { icon: step === 'rang' ? 'ring' : 'eye', tone: 'plain', faint: step === 'rang' }
  }
}

const TASK_ICONS: Record<string, EntryIcon> = { added: 'task', extended: 'history', reassigned: 'swap', reported: 'note', dropped: 'x', open: 'undo' }
