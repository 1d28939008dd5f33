// What was done to systems around the start of an incident, by how near it came. Pure.

import type { ChangeView, IncidentView } from '../../../ipc'
import { millis, span } from '../../../lib/time'

/** When it began, as far as is known. */
export const startOf = ({ impact_started_at, detected_at, declared_at }: Pick<IncidentView, 'impact_started_at' | 'detected_at' | 'declared_at'>): string => impact_started_at ?? detected_at ?? declared_at

/** Those nearest to the start first. */
export const nearest = (changes: readonly ChangeView[], start: string): ChangeView[] => [...changes].sort((a, b) => Math.abs(millis(a.at) - millis(start)) - Math.abs(millis(b.at) - millis(start)))

/** `12 min before`, `3 min after`, `as it began`. */
export function nearWords(at: string, start: string): string {
  const apart = millis(at) - millis(start)
  if (Math.abs(apart) < 60_000) return 'as it began'
  return `${span(Math.abs(apart))} ${apart < 0 ? 'before' : 'after'}`
}
