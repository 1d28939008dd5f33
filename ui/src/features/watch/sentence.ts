// What needs you, as one sentence. Pure; running times are left as instants, so that they tick.

import type { IncidentSummary, WatchView } from '../../ipc'
import { capital, spelledCount } from '../../lib/words'

/** One thing that nobody has yet. */
export type Need =
  | { kind: 'unclaimed'; incident: IncidentSummary }
  | { kind: 'unconfirmed'; incident: IncidentSummary }
  | { kind: 'groups'; count: number }

/** One piece of the sentence. */
export type Part = { text: string; tone?: 'strong' | 'warn' | 'crit' } | { since: string; tone: 'crit' }

/** Incidents named in the sentence; the rest are counted. */
const NAMED = 2

/** All that needs a person now, the gravest first. */
export function needs(view: WatchView): Need[] {
  const of = (state: string) => view.active.filter((i) => i.commander.state === state)
  const waiting = view.inbox_total - view.inbox.filter((group) => group.state === 'acknowledged').length
  return [
    ...of('unclaimed').map((incident): Need => ({ kind: 'unclaimed', incident })),
    ...of('acting').map((incident): Need => ({ kind: 'unconfirmed', incident })),
    ...(waiting > 0 ? [{ kind: 'groups', count: waiting } as const] : []),
  ]
}

/** The sentence for `me`. */
export function sentence(view: WatchView): Part[] {
  const all = needs(view)
  if (all.length === 0) return calm(view)
  const parts: Part[] = [{ text: `${capital(spelledCount(all.length, 'thing'))} ${all.length === 1 ? 'needs' : 'need'} you:`, tone: 'strong' }]
  const incidents = all.filter((need) => need.kind !== 'groups')
  for (const need of incidents.slice(0, NAMED)) parts.push(...said(need, view.home.me))
  const more = incidents.length - NAMED
  if (more > 0) parts.push({ text: ` ${capital(spelledCount(more, 'more incident'))} without a confirmed commander.` })
  const groups = all.find((need) => need.kind === 'groups')
  if (groups) parts.push({ text: ` ${capital(spelledCount(groups.count, 'group'))} ${groups.count === 1 ? 'waits' : 'wait'}.` })
  return parts
}

function said(need: Exclude<Need, { kind: 'groups' }>, me: string): Part[] {
  const { incident } = need
  const title = incident.title.length > 60 ? `${incident.title.slice(0, 58).trimEnd()}…` : incident.title
  if (need.kind === 'unclaimed') {
    return [{ text: ` ${title} is ` }, { text: 'unclaimed', tone: 'crit' }, { text: ' for ' }, { since: incident.commander.since, tone: 'crit' }, { text: '.' }]
  }
  const who = incident.commander.name === me ? 'you are' : `@${incident.commander.name} is`
  return [{ text: ` ${title}: ${who} acting, ` }, { text: 'nobody confirmed', tone: 'warn' }, { text: '.' }]
}

function calm(view: WatchView): Part[] {
  const seen = view.inbox.length
  // What was not heard may need somebody; only what was heard is known not to.
  const deaf = ['cut_off', 'catching_up', 'silent'].includes(view.home.ears.state)
  const parts: Part[] = [{ text: deaf ? 'Nothing that was heard needs you.' : 'Nothing needs you.', tone: 'strong' }]
  if (view.active.length > 0) parts.push({ text: ` ${capital(spelledCount(view.active.length, 'incident'))} ${view.active.length === 1 ? 'has' : 'have'} a commander.` })
  if (seen > 0) parts.push({ text: ` ${capital(spelledCount(seen, 'group'))} ${seen === 1 ? 'is' : 'are'} acknowledged.` })
  return parts
}

/** The sentence as plain words, for reading aloud; running times are left out. */
export const plain = (parts: readonly Part[]): string => parts.map((part) => ('since' in part ? '' : part.text)).join('').replace(/ for \./g, '.')
