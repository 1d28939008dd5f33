// What is quiet, in words. Pure; "now" is passed in.

import type { QuietView, WatchView } from '../../ipc'
import { ahead } from '../../lib/time'
import { count } from '../../lib/words'

const SHAPES: Record<string, string> = {
  dismissed: 'Noise', snoozed: 'Snoozed', muted: 'Muted', not_mine: 'Not mine', maintenance: 'Maintenance', storm: 'Storm', quiet_hours: 'Quiet hours',
  rule: 'Rule', parent: 'Parent is down', flapping: 'Comes and goes', group: 'Told as one',
}

/** The word for a shape; what a newer home calls it, where this window does not know it. */
export const shapeLabel = (shape: string): string => SHAPES[shape] ?? shape

/** The shape and why: `Muted: waits for the vendor`, and `Noise` alone where the reason says no more. */
export function reasonWords({ shape, reason }: Pick<QuietView, 'shape' | 'reason'>): string {
  const label = shapeLabel(shape)
  return reason.toLowerCase() === label.toLowerCase() ? label : `${label}: ${reason}`
}

/** Until when: `until it ends`, `until 15:20`, `until Tue 08:00`. */
export function untilWords({ until, until_at }: QuietView, now: number): string {
  if (until.startsWith('when ')) return `until ${until.slice('when '.length)}`
  return until_at ? `until ${ahead(until_at, now)}` : `until ${until.replace(/^at /, '')}`
}

/** What it holds now: `3 groups, 12 alerts firing`, `nothing now`, `rests now`. */
export function heldWords({ holds, groups, alerts }: QuietView): string {
  if (!holds) return 'rests now'
  return groups === 0 ? 'holds nothing now' : `${count(groups, 'group')}, ${alerts.toLocaleString('en')} firing`
}

/** Who said so: a person with @, else as it is called. */
export const ownerWords = ({ id, owner }: QuietView): string => (id === null ? owner : `@${owner}`)

/** The storm that is held now, with when it ends and the alerts that it counts. */
export function stormIn(quiet: WatchView['quiet']): { until: string | null; held: number; id: string | null } | null {
  const storm = quiet.find((one) => one.shape === 'storm' && one.holds)
  return storm ? { until: storm.until_at, held: storm.alerts, id: storm.id } : null
}
