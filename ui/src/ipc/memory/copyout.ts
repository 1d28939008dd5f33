// Texts that leave the fake home: short, of the record only, in each form. The note window's comings and goings beside them.

import type { AskBrief, BriefView, IncidentView, Operations, Piece } from '../bindings.gen'
import { fail, roleTitle, view, type World } from './world'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

/** Letters that one text message holds. */
const SMS = 160
const clock = (at: string) => `${at.slice(11, 16)} UTC`
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export const copyout: Handlers = {
  brief,
  'window.note': () => ({}), 'window.hide_note': () => ({}), 'window.strip': () => ({}),
}

function brief(world: World, params: AskBrief): BriefView {
  const incident = view(world, world.case(params.incident))
  const { piece, update, lines } = written(incident, params)
  const subject = `${incident.severity.toUpperCase()} ${incident.ref}: ${incident.title}`
  const text = shaped(params.form, subject, lines, incident)
  return {
    text, subject, piece, update, html: params.form === 'mail' || params.form === 'wiki' ? `<p><b>${escaped(subject)}</b></p><ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>` : null,
    messages: params.form === 'sms' ? Math.ceil(text.length / SMS) : 1, words: text.split(/\s+/).length,
    mailto: params.form === 'mail' ? `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}` : null,
  }
}

function shaped(form: string, subject: string, lines: string[], incident: IncidentView): string {
  switch (form) {
    case 'slack': return [`*${subject}*`, ...lines.map((line) => `• ${line}`)].join('\n')
    case 'teams': return [`**${subject}**`, ...lines.map((line) => `- ${line}`)].join('\n')
    case 'sms': return [`${incident.ref} ${incident.severity.toUpperCase()}`, ...lines].join('. ')
    case 'speech': return [`This is incident ${[...incident.ref.slice(4)].join(' ')}.`, `${incident.title}.`, ...lines.map((line) => `${line}.`)].join('\n\n')
    default: return [subject, ...lines].join('\n')
  }
}

function written(incident: IncidentView, { piece, about, role, text }: AskBrief): { piece: Piece; update: string | null; lines: string[] } {
  switch (piece) {
    case 'update': {
      if (text?.trim()) return { piece: 'update', update: null, lines: [text.trim()] }
      const update = incident.comms.updates.find((one) => !about || one.id.startsWith(about)) ?? fail('not_found', 'No update is written yet.', 'Write one with U.')
      return { piece: 'update', update: update.id, lines: [update.text] }
    }
    case 'task': {
      const task = incident.tasks.find((one) => one.id === about) ?? fail('not_found', 'There is no such task here.', 'Look at the incident again.')
      return { piece: 'task', update: null, lines: [`@${task.owner}: ${task.text}`, `Report by ${clock(task.due)}`] }
    }
    case 'role': return { piece: 'role_card', update: null, lines: [role ? `${roleTitle(role)}: ${incident.roles.filter((one) => one.role === role).map((one) => `@${one.name}`).join(', ') || 'nobody yet'}` : 'Roles'] }
    case 'handoff': return { piece: 'brief', update: null, lines: [...board(incident), `Next, I would: ${incident.handoff?.next ?? 'not written'}`] }
    case 'announcement': return { piece: 'announcement', update: null, lines: [commands(incident), `Declared ${clock(incident.declared_at)}`] }
    case 'handover': return { piece: 'other', update: null, lines: ['Command has passed.', commands(incident)] }
    case 'people': return { piece: 'other', update: null, lines: [`Here: ${incident.present.map((one) => `@${one.person}`).join(', ') || 'nobody heard yet'}`] }
    case 'ask': {
      const asked = [...incident.roles.map((one) => ({ what: one.title, knows: one.knows })), ...incident.tasks.map((one) => ({ what: one.text, knows: one.knows }))].find((one) => one.knows.ask === about)
      return asked ? { piece: 'other', update: null, lines: [`@${asked.knows.person}, will you take this: ${asked.what}?`] } : fail('not_found', 'Nothing of that kind is asked here.')
    }
    default: return { piece: 'board', update: null, lines: board(incident) }
  }
}

const commands = ({ commander }: IncidentView) => (commander.name === null ? 'Nobody commands yet' : `@${commander.name} commands${commander.state === 'acting' ? ', acting' : ''}`)

function board(incident: IncidentView): string[] {
  const { believe, doing, first_task: task, need } = incident.board
  const does = task ? `${task.text} (@${task.owner}, until ${clock(task.due)})` : doing?.text
  return [
    `${incident.status}. ${commands(incident)}`, `We believe: ${believe?.text ?? 'not written'}`, `We are doing: ${does ?? 'not written'}`, `We need: ${need?.text ?? 'nothing named'}`,
    incident.comms.promise ? `Next update ${clock(incident.comms.promise.due)}` : 'No update is promised',
  ]
}
