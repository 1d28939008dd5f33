// From what a line means to the operation that does it.

import type { Operations, Receipt } from '../../../ipc'
import type { Meaning, Setting } from './parse'

/** Operations that change something and answer with a receipt. */
export type ChangeOp = { [K in keyof Operations]: Operations[K][1] extends Receipt ? K : never }[keyof Operations]

export type Change = { [K in ChangeOp]: { op: K; params: Operations[K][0] } }[ChangeOp]

const iso = (at: number) => new Date(at).toISOString()

/** The change that `meaning` asks for; `null` where it only opens something or needs the chosen entry. */
export function changeFor(meaning: Meaning, setting: Setting, incident: string, once: string): Change | null {
  const at = setting.at === null ? null : iso(setting.at)
  const spoken = { for_name: setting.forName, by: setting.by }
  switch (meaning.do) {
    case 'note': return { op: 'incident.note', params: { incident, text: meaning.text, pin: meaning.pin, at, once, ...spoken } }
    case 'task': return { op: 'task.add', params: { incident, text: meaning.text, owner: meaning.owner, minutes: meaning.minutes, at, once, ...spoken } }
    case 'decision': return { op: 'decision.add', params: { incident, text: meaning.text, options: meaning.options, risk: meaning.risk, polled: meaning.polled, at, once, ...spoken } }
    case 'question': return { op: 'question.add', params: { incident, text: meaning.text, of: meaning.of, at, once, ...spoken } }
    case 'hypothesis': return { op: 'hypothesis.add', params: { incident, text: meaning.text, at, once, ...spoken } }
    case 'update': return { op: 'update.write', params: { incident, text: meaning.text, at, once, ...spoken } }
    case 'here': return { op: 'incident.here', params: { incident, here: meaning.here, left: meaning.left, at, ...spoken } }
    case 'report': return { op: 'task.report', params: { incident, task: meaning.task.id, conditions: meaning.conditions, actions: meaning.actions, needs: meaning.needs, at, ...spoken } }
    case 'done': return { op: 'task.done', params: { incident, task: meaning.task.id, note: meaning.note, at, ...spoken } }
    case 'drop': return { op: 'task.drop', params: { incident, task: meaning.task.id, note: meaning.note, at, ...spoken } }
    case 'extend': return { op: 'task.extend', params: { incident, task: meaning.task.id, minutes: meaning.minutes, ...spoken } }
    case 'accept': return { op: 'ask.answer', params: { incident, ask: meaning.task.ask, yes: true, words: meaning.words, at, ...spoken } }
    case 'support': return { op: 'hypothesis.support', params: { incident, about: meaning.about.id, text: meaning.text, at, ...spoken } }
    case 'rule_out': return { op: 'hypothesis.rule_out', params: { incident, about: meaning.about.id, text: meaning.text, at, ...spoken } }
    case 'answer': return { op: 'question.answer', params: { incident, about: meaning.about.id, text: meaning.text, at, ...spoken } }
    case 'board': return { op: 'board.set', params: { incident, line: meaning.line, text: meaning.text, ...spoken } }
    case 'promise': return { op: 'update.promise', params: { incident, due: meaning.minutes === null ? iso(meaning.at) : null, minutes: meaning.minutes, ...spoken } }
    case 'end_promise': return { op: 'update.end_promise', params: { incident, reason: meaning.reason } }
    case 'look': return { op: 'look.set', params: { incident, at: iso(meaning.at), text: meaning.text, offer_resolve: meaning.resolve } }
    case 'handoff': return { op: 'handoff.offer', params: { incident, to: meaning.to, next: meaning.next, ...spoken } }
    case 'merge': return { op: 'incident.merge', params: { incident, other: meaning.other } }
    case 'link': return { op: 'incident.link', params: { incident, other: meaning.other } }
    case 'bridge': return { op: 'incident.bridge', params: { incident, url: meaning.url } }
    case 'severity': return { op: 'incident.severity', params: { incident, severity: meaning.severity, reason: meaning.reason, ...spoken } }
    case 'status': return { op: 'incident.status', params: { incident, status: meaning.status, at, ...spoken } }
    case 'acknowledge': return { op: 'incident.acknowledge', params: { incident } }
    case 'take': return { op: 'command.take', params: { incident } }
    case 'confirm': return { op: 'command.confirm', params: { incident } }
    case 'assign': return { op: 'role.assign', params: { incident, role: meaning.role, name: meaning.name, ...spoken } }
    case 'release': return { op: 'role.release', params: { incident, role: meaning.role, name: meaning.name } }
    case 'impact': return { op: `impact.${meaning.step}`, params: { incident, at, text: meaning.text, share: meaning.share, services: meaning.services } }
    case 'attach': return { op: 'alert.attach', params: { incident, groups: [meaning.group] } }
    case 'title': return { op: 'incident.title', params: { incident, title: meaning.title } }
    case 'pin_chosen': case 'open': return null
  }
}

/** The action whose permission a meaning needs, where the home names one. */
export function actionFor(meaning: Meaning): string | null {
  switch (meaning.do) {
    case 'severity': return 'set_severity'
    case 'status': return meaning.action
    case 'acknowledge': return 'acknowledge'
    case 'take': return 'take_command'
    case 'confirm': return 'confirm_command'
    case 'impact': return meaning.step === 'start' ? 'start_impact' : 'end_impact'
    default: return null
  }
}
