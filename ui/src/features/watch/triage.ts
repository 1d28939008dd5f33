// A waiting group in words: its alerts and who sent them, its beginnings as a line, what it looks like. Pure.

import type { GroupView, IncidentSummary, TriageView } from '../../ipc'
import { capital, count, listed } from '../../lib/words'

/** Senders named in a row; the rest are counted. */
const NAMED = 3

/** A group of which no more is known than that it waits, until the home has said what helps to decide. */
export const bare = (group: GroupView): TriageView => ({
  group, suggested: group.suggested, suggested_because: '', likely: null, alike: [], alike_because: null, similar: [], owner: null, playbook: null, why: '', spark: [],
})

/** `37 alerts: alertmanager-eu 33, shop 3`, where each is known by its sender; else the senders alone. */
export function sendersLine(group: GroupView): string {
  const all = count(group.count, 'alert')
  const named = group.sources.slice(0, NAMED)
  const more = group.sources.length - named.length
  const whole = group.alerts.length === group.count && group.sources.length > 1
  const words = named.map((source) => (whole ? `${source} ${group.alerts.filter((alert) => alert.source === source).length}` : source))
  return `${all}: ${more > 0 ? `${words.join(', ')} and ${more} more` : whole ? words.join(', ') : listed(words)}`
}

/** The path of a line through counts, in a box of `width` by `height`; the highest count touches the top. */
export function sparkPath(counts: readonly number[], width: number, height: number): string {
  const top = Math.max(1, ...counts)
  const step = counts.length > 1 ? width / (counts.length - 1) : 0
  const at = (n: number, i: number) => `${+(i * step).toFixed(1)} ${+(height - (n / top) * height).toFixed(1)}`
  return counts.map((n, i) => `${i ? 'L' : 'M'}${at(n, i)}`).join('')
}

/** The same line for those who listen: how many, over how long, and where it goes. */
export function sparkWords(counts: readonly number[]): string {
  const total = counts.reduce((sum, n) => sum + n, 0)
  if (total === 0) return `none began in the last ${counts.length} minutes`
  const third = Math.max(1, Math.floor(counts.length / 3))
  const mean = (part: readonly number[]) => part.reduce((sum, n) => sum + n, 0) / Math.max(1, part.length)
  const [before, now] = [mean(counts.slice(-2 * third, -third)), mean(counts.slice(-third))]
  const trend = now > before * 1.3 ? 'rising' : now < before * 0.7 ? 'falling' : 'steady'
  return `${total.toLocaleString('en')} began in the last ${counts.length} minutes, ${trend}`
}

/** What is known of a group beyond its title, up to when it was heard: `All fire, service checkout. Heard`. */
export function factsLine(group: GroupView): string {
  const firing = group.firing === 0 ? 'None fires now' : group.firing === group.count ? 'All fire' : `${group.firing.toLocaleString('en')} of ${group.count.toLocaleString('en')} fire`
  const { services } = group
  const named = services.slice(0, 4)
  const on = services.length === 0 ? '' : `, ${services.length === 1 ? 'service' : 'services'} ${services.length > named.length ? `${named.join(', ')} and ${services.length - named.length} more` : listed(named)}`
  const heard = group.sightings > group.count ? `Heard ${group.sightings.toLocaleString('en')} times, last` : 'Heard'
  return `${firing}${on}. ${heard}`
}

/** Why it is suggested to be as bad as that; empty where the home has not said. */
export const becauseLine = ({ suggested, suggested_because, likely }: TriageView): string => (suggested_because ? `${likely ? 'On its own' : 'Suggested'} ${suggested.toUpperCase()}: ${suggested_because.replace(/\.$/, '')}.` : '')

/** Where it would be attached without a question: the likely incident, else the only one that is open. */
export function aimOf(all: readonly TriageView[], open: readonly IncidentSummary[]): string | null {
  const likely = new Set(all.map((one) => one.likely?.reference ?? null))
  const [first] = likely
  if (likely.size === 1 && first) return first
  return open.length === 1 ? open[0]!.ref : null
}

/** It, and all that look like the same thing. */
export const withAlike = (one: TriageView): string[] => [one.group.id, ...one.alike]

/** `Snoozed for 30 min`, `3 groups snoozed until they end`. */
export const said = (done: string, groups: number, then = ''): string => `${groups === 1 ? capital(done) : `${count(groups, 'group')} ${done}`}${then}`
