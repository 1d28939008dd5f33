// From what a line means to the operation that does it.

import type { Operations, Receipt } from '../../../ipc'
import type { Meaning, Setting } from './parse'

/** Operations that change something and answer with a receipt. */
export type ChangeOp = { [K in keyof Operations]: Operations[K][1] extends Receipt ? K : never }[keyof Operations]

export type Change = { [K in ChangeOp]: { op: K; params: Operations[K][0] } }[ChangeOp]

/** The change that `meaning` asks for; `null` where it only opens something or needs the chosen entry. */
export function changeFor(meaning: Meaning, setting: Setting, incident: string, once: string): Change | null {
  const at = setting.at === null ? null : new Date(setting.at).toISOString()
  const spoken = { for_name: setting.forName, by: setting.by }
  switch (meaning.do) {
    case 'note': return { op: 'incident.note', params: { incident, text: meaning.text, pin: meaning.pin, at, once, ...spoken } }
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
