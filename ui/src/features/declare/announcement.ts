// The words to paste where the team talks. Only what is on the record; nothing is promised that nobody promised. Pure.

import type { IncidentView } from '../../ipc'
import { severityLabel } from '../../lib/severity'

/** An announcement for a chat, as lines. */
export function announcement(incident: Pick<IncidentView, 'ref' | 'title' | 'severity' | 'commander' | 'services' | 'drill'>): string[] {
  const { commander, services } = incident
  const commands = commander.name === null ? 'Nobody commands yet.' : `@${commander.name} is ${commander.state === 'acting' ? 'acting commander' : 'commander'}.`
  const affects = services.length ? ` Affects ${services.join(', ')}.` : ''
  return [
    `${incident.drill ? 'Drill. ' : ''}${severityLabel(incident.severity)} declared: ${incident.title} (${incident.ref})`,
    `${commands}${affects}`,
  ]
}
