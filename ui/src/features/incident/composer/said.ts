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
    default: return null
  }
}
