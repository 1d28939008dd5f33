// Where words were put before: what the record of this incident names, then what this machine remembers. Newest first.

import type { IncidentView } from '../../../ipc'

const KEY = 'muster.copy.places'
/** Places remembered: more than a person tells apart in a list. */
const KEPT = 24

const remembered = (): string[] => {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

/** Remembers a place on this machine. */
export function keepPlace(place: string) {
  try {
    localStorage.setItem(KEY, JSON.stringify(distinct([place, ...remembered()]).slice(0, KEPT)))
  } catch {
    // A machine that refuses storage still has the record's places.
  }
}

/** All places to offer. */
export function places(incident: Pick<IncidentView, 'comms'>): string[] {
  const { updates, postings } = incident.comms
  const here = [...updates.flatMap((one) => one.postings), ...postings].sort((a, b) => b.heard.at.localeCompare(a.heard.at))
  return distinct([...here.map((one) => one.place), ...remembered()])
}

/** The same place in other letters is the same place; the newest spelling stays. */
function distinct(list: readonly string[]): string[] {
  const seen = new Set<string>()
  return list.filter((one) => {
    const key = one.trim().toLowerCase()
    return key !== '' && !seen.has(key) && seen.add(key)
  })
}
