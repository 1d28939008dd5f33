// Whose words a dialog records, and by which means they came. Pure.

import type { IncidentView, KnowingView, Means } from '../../../ipc'
import { byMeans, readHandle } from '../words'

export type Way = 'voice' | 'chat' | 'phone'

export interface Said {
  /** As typed; empty: the one at the keyboard. */
  who: string
  by: Way
}

export const mine = (): Said => ({ who: '', by: 'voice' })

/** What the operation is to say of it: nothing where it is one's own. */
export function spoken(said: Said, me: string): { for_name: string | null; by: Means | null } {
  const name = readHandle(said.who)
  return name && name !== me ? { for_name: name, by: said.by } : { for_name: null, by: null }
}

/** Whether the name can be read, or there is none. */
export const readable = (said: Said): boolean => said.who.trim() === '' || readHandle(said.who) !== null

/** What the record will say. */
export function saysSaid(said: Said, me: string): string {
  const { for_name, by } = spoken(said, me)
  return for_name ? `The record will say: @${for_name}, ${byMeans(by!)}, written by you.` : 'Recorded as your own, in the app.'
}

/** Something that is asked of a person, with what it is. */
export interface Asked {
  knows: KnowingView
  /** Such as `Scribe` or `the task “Roll back AMS”`. */
  what: string
  kind: 'role' | 'task' | 'handoff'
}

/** The ask with this id; null where it is no longer asked. */
export function askedOf(incident: IncidentView, ask: string | undefined): Asked | null {
  if (incident.handoff && (incident.handoff.knows.ask === ask || incident.handoff.id === ask)) return { knows: incident.handoff.knows, what: 'command', kind: 'handoff' }
  const role = incident.roles.find((one) => one.knows.ask === ask)
  if (role) return { knows: role.knows, what: role.title, kind: 'role' }
  const task = incident.tasks.find((one) => one.knows.ask === ask)
  return task ? { knows: task.knows, what: `the task “${task.text}”`, kind: 'task' } : null
}
