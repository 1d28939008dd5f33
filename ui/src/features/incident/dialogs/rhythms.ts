// Which waits until the next update are offered: the cadence of the severity and, once the incident is long, its long rhythm. Pure.

import type { IncidentView, RhythmView } from '../../../ipc'

/** `20m`, `60m`: the one that holds now first; no wait twice. */
export function rhythms(incident: Pick<IncidentView, 'severity' | 'comms'>, all: readonly RhythmView[]): { value: string; label: string }[] {
  const cadence = all.find((one) => one.severity === incident.severity)?.cadence
  const now = incident.comms.rhythm_minutes
  const offered = [now, ...(cadence ? [cadence.every_minutes, ...(incident.comms.long ? [cadence.long_minutes] : [])] : []), ...(now > 10 ? [Math.ceil(now / 2)] : [])]
  return [...new Set(offered)].sort((a, b) => a - b).slice(0, 4).map((minutes) => ({ value: `${minutes}m`, label: `${minutes} min` }))
}
