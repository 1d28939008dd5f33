// What Enter will do with a line, said beneath it before it is done. Pure.

import { severityLabel, statusLabel } from '../../../lib/severity'
import { span } from '../../../lib/time'
import { utcMoment } from '../when'
import { byMeans, roleTitle } from '../words'
import type { Line, Setting } from './parse'

/** `writes a note as of 14:07 UTC, 43 min ago`; null where there is nothing to say. */
export function saysLine(line: Line, now: number): string | null {
  if (line.kind === 'unfinished') return line.hint
  if (line.kind === 'problem') return line.message
  if (line.kind === 'empty') return null
  const act = deed(line.meaning)
  return act && `Enter ${act}${spoken(line.setting)}${dated(line.setting, now)}`
}

function deed(meaning: (Line & { kind: 'ready' })['meaning']): string | null {
  switch (meaning.do) {
    case 'note': return meaning.pin ? 'writes a key moment' : 'writes a note'
    case 'pin_chosen': return 'marks the chosen entry as a key moment'
    case 'severity': return `sets ${severityLabel(meaning.severity)}`
    case 'status': return `moves to ${statusLabel(meaning.status)}`
    case 'acknowledge': return 'acknowledges'
    case 'take': return 'takes command'
    case 'confirm': return 'confirms the commander'
    case 'assign': return `makes @${meaning.name} ${roleTitle(meaning.role)}`
    case 'release': return `releases ${roleTitle(meaning.role)}`
    case 'impact': return `${meaning.step === 'start' ? 'starts' : meaning.step === 'end' ? 'ends' : 'updates'} customer impact`
    case 'attach': return 'attaches these alerts'
    case 'title': return 'renames the incident'
    case 'task': return `gives @${meaning.owner} a task`
    case 'decision': return 'records a decision'
    case 'question': return 'keeps the question open'
    case 'hypothesis': return 'proposes a hypothesis'
    case 'update': return 'writes an update; it goes nowhere by itself'
    case 'here': return 'takes the roll call'
    case 'report': return `records a report on ${meaning.task.number}`
    case 'done': return `ticks ${meaning.task.number} off`
    case 'drop': return `drops ${meaning.task.number}`
    case 'extend': return `gives ${meaning.task.number} a fresh time box`
    case 'accept': return `records the yes of @${meaning.task.owner}`
    case 'support': return `supports ${meaning.about.number}`
    case 'rule_out': return `rules ${meaning.about.number} out`
    case 'answer': return `answers ${meaning.about.number}`
    case 'board': return meaning.text === null ? 'takes the line off the board' : 'writes the board'
    case 'promise': return 'promises the next update'
    case 'end_promise': return 'ends the promise'
    case 'look': return 'sets a time to look again'
    case 'handoff': return `offers @${meaning.to} command`
    case 'merge': return `goes on as part of ${meaning.other}`
    case 'link': return `links ${meaning.other}`
    case 'bridge': return meaning.url === null ? 'meets where the home says' : 'sets where people meet'
    case 'open': return meaning.ask.kind === 'redact' ? 'asks before it takes words out' : 'opens the choice'
  }
}

const spoken = ({ forName, by }: Setting) => (forName ? `, said by @${forName} ${byMeans(by ?? 'voice')}` : '')

const dated = ({ at }: Setting, now: number) => (at === null ? '' : `, as of ${utcMoment(at, now)} UTC, ${span(now - at)} ago`)
