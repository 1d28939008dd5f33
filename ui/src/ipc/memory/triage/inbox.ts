// The triage inbox of the fake home: what waits, with what helps to decide.

import type { EarsView, GroupView, InboxView, LikelyView, Operations, SimilarView, TriageView } from '../../bindings.gen'
import { sourceView } from '../sources'
import { open, type World } from '../world'
import { covering, quietViews, stormOf } from './quiet'
import { why, whyGroup } from './why'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

/** Groups shown. */
const SHOWN = 200
/** Minutes of a sparkline. */
const SPARK = 30
const MINUTE = 60_000
/** Silence counts while every source was heard within this. */
const HEARD_MS = 15 * MINUTE

export const inbox: Handlers = {
  'alert.inbox': (world) => structuredClone(inboxView(world)),
  'alert.why': why,
}

/** Whether something keeps a group out of what waits. */
export const absorbed = (world: World, g: GroupView): boolean => world.triage.hushes.has(g.id) || covering(world, g) !== undefined

/** Those that wait for a person, by what needs a decision: severity, then age. */
export const waiting = (world: World): GroupView[] =>
  world.groups
    .filter((g) => (g.state === 'waiting' || g.state === 'acknowledged') && !absorbed(world, g))
    .sort((a, b) => a.suggested.localeCompare(b.suggested) || a.first_at.localeCompare(b.first_at))

function inboxView(world: World): InboxView {
  const all = waiting(world)
  const quiet = quietViews(world)
  const storm = stormOf(world)
  return {
    waiting: all.slice(0, SHOWN).map((g) => triage(world, g, all)), waiting_total: all.length,
    absorbed: world.triage.absorbed + world.groups.filter((g) => g.state === 'dismissed' || absorbed(world, g)).length, absorbed_since: new Date(new Date(world.now()).setHours(8, 0, 0, 0)).toISOString(),
    storm_until: storm?.until_at ?? null, storm_held: quiet.find((one) => one.id === storm?.id)?.alerts ?? 0,
    quiet, ears: ears(world), sources: world.sources.map(sourceView), changes: world.triage.changes,
  }
}

function triage(world: World, group: GroupView, all: GroupView[]): TriageView {
  const likely = likelyOf(world, group)
  const alike = likely ? all.filter((other) => other !== group && likelyOf(world, other)?.reference === likely.reference).map((other) => other.id) : []
  const cards = group.services.map((service) => world.triage.services.get(service))
  return {
    group: { ...group, alerts: [] }, suggested: group.suggested, suggested_because: `${group.severity === 'critical' ? 'critical' : `only ${group.severity}`} by its tool, ${group.services.join(', ')}`,
    likely, alike, alike_because: alike.length ? `also look like part of ${likely!.reference}` : null, similar: similarOf(world, group), owner: cards.find((card) => card?.owner)?.owner ?? null, playbook: null,
    why: whyGroup(world, group).sentence, spark: spark(group, world.now()), ...world.triage.lore.get(group.id),
  }
}

function likelyOf(world: World, group: GroupView): LikelyView | null {
  for (const c of world.cases.filter(open)) {
    const common = c.services.filter((service) => group.services.includes(service))
    if (common.length) return { reference: c.ref, title: c.title, because: `same ${common.length === 1 ? 'service' : 'services'}: ${common.join(', ')}` }
  }
  return null
}

const similarOf = (world: World, group: GroupView): SimilarView[] =>
  world.cases
    .filter((c) => !open(c) && c.resolved_at && c.services.some((service) => group.services.includes(service)))
    .slice(0, 3)
    .map((c) => ({ reference: c.ref, title: c.title, severity: c.severity, resolved_at: c.resolved_at, because: `same service: ${c.services.find((service) => group.services.includes(service))}`, helped: c.craft.decisions.slice(0, 3).map((one) => one.text) }))

/** Beginnings a minute, oldest first, from the same numbers each time: a young group rises, an old one comes in waves. */
function spark(group: GroupView, now: number): number[] {
  const age = Math.round((now - Date.parse(group.first_at)) / MINUTE)
  return Array.from({ length: SPARK }, (_, i) => {
    const ago = SPARK - 1 - i
    const wave = 1 + Math.sin(i * (0.5 + (group.count % 5) / 9) + group.count)
    return ago > age ? 0 : Math.round(wave + (age < SPARK ? ((age - ago) * group.count) / (4 * age + 4) : 0))
  })
}

/** How it hears; never better than what was heard. */
export function ears(world: World): EarsView {
  const said = world.triage.ears
  const clock = (at: string | null) => at?.slice(11, 16) ?? 'never'
  if (said) {
    const words = { cut_off: `Cut off since ${clock(said.since)}`, catching_up: `Catching up, last heard ${clock(said.since)}`, silent: `${said.silent[0]} was last heard at ${clock(said.since)}` }
    return { ...said, sentence: words[said.state as keyof typeof words] ?? said.state }
  }
  if (world.sources.length === 0) return { state: 'deaf', sentence: 'No source is connected', since: null, silent: [] }
  const late = world.sources.filter((s) => !s.last_heard_at || world.now() - Date.parse(s.last_heard_at) > HEARD_MS)
  return late.length === 0 ? { state: 'heard', sentence: 'Every source was heard', since: null, silent: [] } : { state: 'unheard', sentence: `${late[0]!.name} was not heard yet`, since: null, silent: [] }
}
