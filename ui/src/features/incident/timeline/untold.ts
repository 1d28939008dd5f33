// Which entries asked something of a person who was not told yet. Pure.

import type { IncidentView } from '../../../ipc'

/** Ids of those entries. */
export function untoldAsks(incident: Pick<IncidentView, 'roles' | 'tasks' | 'handoff'> | undefined): ReadonlySet<string> {
  if (!incident) return new Set()
  const knows = [...incident.roles, ...incident.tasks.filter((one) => one.state === 'open'), ...(incident.handoff ? [incident.handoff] : [])].map((one) => one.knows)
  return new Set(knows.filter((one) => one.state === 'untold').map((one) => one.ask))
}
