// What comes next for the person who looks, and what each quiet hint leads to. The home says what; here is only where it is done.

import type { HintView, IncidentView, NextView, Role } from '../../../ipc'
import type { DialogAsk } from '../dialogs/kinds'
import type { Room } from '../room.svelte'

const VERBS: Record<string, string> = {
  confirm_command: 'Confirm command', handoff: 'Read the brief', answer: 'Answer', report: 'Report', update: 'Post update', promise: 'Promise it', tell: 'Tell them',
  resolve: 'Move to Resolved', look_done: 'Looked', tick: 'Open the checklist',
}

/** What does the next thing, in a verb and an object; null where nothing here does it. */
export const verbOf = ({ action }: NextView): string | null => (action === null ? null : (VERBS[action] ?? null))

/** Does it, or opens what does. */
export function follow(room: Room, incident: IncidentView, { action, about }: NextView) {
  const named = about ? { about } : {}
  switch (action) {
    case 'confirm_command': return room.command()
    case 'look_done': return about ? void room.attempt({ op: 'look.done', params: { incident: incident.ref, look: about } }) : undefined
    case 'resolve': return room.choose({ kind: 'lifecycle' }, 'set_status')
    case 'tick': return room.open({ kind: 'role-card', about: roleOf(incident, room.me) })
    case 'answer': case 'report': case 'promise': case 'tell': case 'handoff': return room.open({ kind: action, ...named })
    case 'update': return room.open({ kind: 'update' })
  }
}

/** The first role a person holds: its checklist is meant. */
const roleOf = (incident: IncidentView, me: string): Role | '' => incident.roles.find((one) => one.name === me)?.role ?? ''

/** What a hint leads to; null where only people can see to it. */
export function wayOut(incident: IncidentView, { kind }: HintView): { label: string; ask: DialogAsk } | null {
  switch (kind) {
    case 'no_scribe': return { label: 'Name a scribe', ask: { kind: 'role', about: 'scribe' } }
    case 'no_communications': return { label: 'Name a lead', ask: { kind: 'role', about: 'communications' } }
    case 'no_promise': case 'long_rhythm': return { label: 'Promise the next', ask: { kind: 'promise' } }
    case 'long_command': return { label: 'Hand over', ask: { kind: 'handoff' } }
    case 'not_polled': {
      const last = incident.decisions.at(-1)
      return last ? { label: 'Note the poll', ask: { kind: 'decision', about: last.id } } : null
    }
    default: return null
  }
}
