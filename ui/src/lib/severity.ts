// Severities and statuses as words on screen. Pure; the rules about them live in the engine.

/** The severities, worst first. */
export const SEVERITIES = ['sev1', 'sev2', 'sev3', 'sev4', 'sev5'] as const
/** A severity's name on the wire. */
export type SeverityName = (typeof SEVERITIES)[number]

/** `SEV1`, the name on screen. */
export const severityLabel = (severity: SeverityName): string => severity.toUpperCase()

/** The six steps that the lifecycle shows, in the usual order. */
export const LIFECYCLE = ['triage', 'investigating', 'identified', 'mitigated', 'monitoring', 'resolved'] as const
/** A status's name on the wire. */
export type StatusName = (typeof LIFECYCLE)[number] | 'closed' | 'cancelled' | 'merged'

/** `Investigating`, the name on screen. */
export const statusLabel = (status: StatusName): string => status.charAt(0).toUpperCase() + status.slice(1)

/** Steps reached of the six; states after Resolved count as all, Cancelled and Merged as none. */
export function stepsReached(status: StatusName): number {
  const at = (LIFECYCLE as readonly string[]).indexOf(status)
  if (at >= 0) return at + 1
  return status === 'closed' ? LIFECYCLE.length : 0
}

/** Whether somebody still has to work on it. */
export const isOpen = (status: StatusName): boolean => (LIFECYCLE as readonly string[]).indexOf(status) >= 0 && status !== 'resolved'
