// What was done, in a few words, for the toast that offers the way back. Pure.

import { severityLabel, statusLabel } from '../../../lib/severity'
import { count } from '../../../lib/words'
import { roleTitle } from '../words'
import type { Change } from './calls'

/** `Severity SEV1`; null where the change shows itself: a note appears on the timeline. */
export function saidOf(change: Change): string | null {
  switch (change.op) {
    case 'incident.severity': return `Severity ${severityLabel(change.params.severity)}`
    case 'incident.status': return `Moved to ${statusLabel(change.params.status)}`
    case 'incident.title': return 'Renamed'
    case 'incident.acknowledge': return 'Acknowledged'
    case 'role.assign': return `@${change.params.name} is ${roleTitle(change.params.role)}`
    case 'role.release': return `${roleTitle(change.params.role)} released`
    case 'command.take': return 'You command'
    case 'command.confirm': return 'Command confirmed'
    case 'impact.start': return 'Customer impact runs'
    case 'impact.update': return 'Impact updated'
    case 'impact.end': return 'Customer impact ended'
    case 'alert.attach': return `Attached ${count(change.params.groups.length, 'group')} of alerts`
    case 'alert.detach': return `Detached ${count(change.params.groups.length, 'group')} of alerts`
    case 'entry.pin': return change.params.pinned ? 'Marked as a key moment' : 'No longer a key moment'
    case 'entry.correct': return 'Corrected. The old words stay on the record'
    case 'entry.redact': return 'Taken out of the record'
    case 'task.done': return 'Task done'
    case 'task.drop': return 'Task dropped'
    case 'task.reopen': return 'Task open again'
    case 'task.extend': return `A fresh time box of ${change.params.minutes} min`
    case 'task.reassign': return `@${change.params.owner.replace(/^@/, '')} does it now`
    case 'incident.bridge': return change.params.url ? 'People meet there' : 'People meet where the home says'
    case 'incident.merge': return `Goes on as part of ${change.params.other}`
    case 'incident.unmerge': return 'Two incidents again'
    case 'incident.link': return `Linked to ${change.params.other}`
    case 'incident.unlink': return `No longer linked to ${change.params.other}`
    case 'handoff.offer': return `Command offered to @${change.params.to.replace(/^@/, '')}. Tell them, then note what they said`
    case 'handoff.accept': return 'Command has passed'
    case 'handoff.decline': return 'Declined. Command stays where it was'
    case 'handoff.withdraw': return 'The offer is withdrawn'
    case 'look.set': return 'Muster calls you to look again'
    case 'look.done': return 'Looked'
    case 'update.promise': return 'Next update promised'
    case 'update.end_promise': return 'No further update is promised'
    case 'update.posted': return `Posted by hand: ${change.params.place}`
    case 'post.withdraw': return 'Not sent'
    case 'board.set': return change.params.text ? 'On the board' : 'Off the board'
    default: return null
  }
}
