// What the room gives to the clipboard: text for a chat, with times and names, never markup. Pure.

import type { EntryView, IncidentView } from '../../ipc'
import { severityLabel, statusLabel } from '../../lib/severity'
import { hourMinute } from '../../lib/time'
import { byMeans } from './words'

/** One entry as a line of chat. */
export function entryText(entry: EntryView, ref: string): string {
  const who = entry.machine ? entry.actor : `@${entry.on_behalf_of ?? entry.actor}${entry.on_behalf_of ? ` ${byMeans(entry.means)}` : ''}`
  return `${hourMinute(entry.occurred_at, true)} UTC ${entry.text} (${who}, ${ref})`
}

/** Where the incident stands, in two or three lines. */
export function stateText(incident: IncidentView): string {
  const { commander, impact } = incident
  const running = impact.find((one) => one.to === null)
  const commands = commander.name === null ? 'Nobody commands' : `@${commander.name} commands${commander.state === 'acting' ? ' (acting)' : ''}`
  const harm = running && `Customer impact since ${hourMinute(running.from, true)} UTC${running.text ? `: ${running.text}` : running.share === null ? '' : `: ${running.share}% of customers`}.`
  return [
    `${severityLabel(incident.severity)} ${incident.ref}: ${incident.title}`,
    `${statusLabel(incident.status)}. ${commands}. Declared ${hourMinute(incident.declared_at, true)} UTC.`,
    ...(harm ? [harm] : []),
  ].join('\n')
}
