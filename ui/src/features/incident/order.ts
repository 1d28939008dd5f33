// The order in which open incidents are listed and stepped through. Pure.

import type { IncidentSummary } from '../../ipc'

/** Active incidents as the pane lists them: what nobody commands first, then by severity, then the newest. */
export function inOrder(incidents: readonly IncidentSummary[]): IncidentSummary[] {
  const rank = (one: IncidentSummary) => (one.commander.state === 'unclaimed' ? '0' : '1') + one.severity
  return [...incidents].sort((a, b) => rank(a).localeCompare(rank(b)) || b.declared_at.localeCompare(a.declared_at))
}
