// Which incident a small window writes to: mine first, then by need. Pure but for what the machine remembers.

import type { IncidentSummary } from '../../ipc'
import { inOrder } from '../incident'

const KEY = 'muster.note.incident'

/** Open incidents in the order of Alt ↑ ↓: those I command, then what needs somebody. */
export function mineFirst(active: readonly IncidentSummary[], me: string): IncidentSummary[] {
  const all = inOrder(active)
  const mine = (one: IncidentSummary) => one.commander.name === me
  return [...all.filter(mine), ...all.filter((one) => !mine(one))]
}

/** The one `by` steps from `id`, going round. */
export function stepFrom(list: readonly IncidentSummary[], id: string | null, by: 1 | -1): IncidentSummary | null {
  const at = list.findIndex((one) => one.id === id)
  return list[(Math.max(0, at) + (at < 0 ? 0 : by) + list.length) % Math.max(1, list.length)] ?? null
}

/** The incident that either small window wrote to last. */
export function remembered(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

export function remember(id: string) {
  try {
    localStorage.setItem(KEY, id)
  } catch {
    // A machine that refuses storage begins with the first one.
  }
}
