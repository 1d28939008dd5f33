// Which incidents a filter leaves, and under which day they stand. Pure.

import type { IncidentSummary } from '../../ipc'
import { fit } from '../../lib/match'
import { isOpen } from '../../lib/severity'

/** Which incidents are asked for. */
export type Which = 'open' | 'past' | 'all'

/** Incidents of `which` whose title, reference, commander or services have all words of `words`, newest first. */
export function listing(all: readonly IncidentSummary[], which: Which, words: string, severity: string): IncidentSummary[] {
  return all
    .filter((i) => which === 'all' || isOpen(i.status) === (which === 'open'))
    .filter((i) => severity === 'any' || i.severity === severity)
    .filter((i) => !words.trim() || fit(words, `${i.ref} ${i.title} @${i.commander.name ?? 'unclaimed'} ${i.services.map((s) => `#${s}`).join(' ')}`) !== null)
    .sort((a, b) => b.declared_at.localeCompare(a.declared_at))
}

/** When it ended; null while it is open. */
export const endOf = (i: IncidentSummary): string | null => (isOpen(i.status) ? null : (i.resolved_at ?? i.closed_at))
