// Quiet in the fake home: one list, each with a scope, an end, a reason and an owner; none is endless.

import type { AddQuiet, GroupView, ManyReceipt, Operations, QuietView } from '../../bindings.gen'
import { fail, type World } from '../world'
import { holds as fits, readWhen, worse } from './conditions'
import { within } from './recurring'
import type { Order } from './state'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

export const QUIET_TAGS = ['watch', 'alerts', 'home']
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Longest quiet in days: without recurrence, and with. */
const DAYS_MAX = 30
const RECURS_DAYS_MAX = 366
/** Days after which an order without an end ends. */
const OPEN_DAYS = 7
const STORM_MINUTES = 30
const REASONS: Partial<Record<Order['shape'], string>> = { dismissed: 'noise', snoozed: 'not now', muted: 'known' }

export const quiet: Handlers = {
  'quiet.list': (world) => quietViews(world),
  'quiet.add': add,
  'quiet.end': (world, { id }) => {
    const order = world.quiet.find((q) => q.id === id) ?? fail('not_found', 'It is no longer quiet.', 'Watch shows what waits now.')
    world.quiet = world.quiet.filter((q) => q !== order)
    const group = world.groups.find((one) => one.id === order.over.group)
    if (group?.state === 'dismissed') group.state = group.firing > 0 ? 'waiting' : 'over'
    return world.receipt({ seq: world.push(QUIET_TAGS), id: world.id() })
  },
  'storm.set': (world, { on, minutes }) => {
    const storm = stormOf(world)
    if (!on) {
      world.quiet = world.quiet.filter((q) => q !== storm)
      return world.receipt(storm ? { seq: world.push(QUIET_TAGS), id: world.id() } : null)
    }
    const asked = minutes ?? STORM_MINUTES
    if (asked > 24 * 60) fail('invalid_field', 'A storm ends within a day.', null, 'minutes')
    if (storm) storm.until_at = world.at(asked * MINUTE)
    const seen = world.groups.filter((g) => g.firing > 0)
    const worst = seen.map((g) => g.severity).sort((a, b) => (worse(a, b) ? -1 : 1))[0] ?? null
    const id = storm?.id ?? order(world, { shape: 'storm', title: 'Storm: I know', reason: 'somebody knows', over: { everything: true }, until_at: world.at(asked * MINUTE), known: { services: seen.flatMap((g) => g.services), worst } }).id
    return world.receipt({ seq: world.push(QUIET_TAGS), id }, undefined, { op: 'storm.set', params: { on: false }, label: 'Undo: the storm makes noise again' })
  },
}

/** The storm that is held now. */
export const stormOf = (world: World): Order | undefined => world.quiet.find((q) => q.shape === 'storm' && holdsNow(world, q))

/** Records an order. */
export function order(world: World, said: Pick<Order, 'shape' | 'title' | 'reason' | 'over' | 'until_at'> & Partial<Order>): Order {
  const made: Order = { id: world.id(), owner: world.me, since: world.at(), from: null, until_over: false, below: null, rule: null, minutes: null, known: null, ...said }
  world.quiet.push(made)
  return made
}

function add(world: World, asked: AddQuiet): ManyReceipt {
  const { shape, over, minutes, below = null, rule = null } = asked
  if ([over.groups?.length, over.when?.trim(), over.everything].filter(Boolean).length !== 1) fail('invalid_request', 'Say what is meant: groups, conditions or everything, one of them.')
  if (over.when) readWhen(over.when)
  if (over.everything && !(shape === 'storm' || shape === 'maintenance' || (shape === 'quiet_hours' && below))) fail('refused', 'Only part of everything may be quiet: give a storm, quiet hours or a maintenance window.')
  if (shape === 'not_mine' && !asked.to) fail('invalid_field', 'Say whose it is.', 'A short name such as @kofi.', 'to')
  const reason = asked.reason?.trim() || (shape === 'not_mine' ? `handed to @${asked.to}` : REASONS[shape]) || fail('invalid_field', 'Say why: whoever finds it should understand it.', null, 'reason')
  const from = asked.from ?? null
  const begins = Date.parse(from ?? world.at())
  const open = !asked.until && (!minutes || rule !== null)
  const until = asked.until ? Date.parse(asked.until) : open ? world.now() + OPEN_DAYS * DAY : begins + minutes! * MINUTE
  if (until <= begins || until <= world.now()) fail('invalid_field', 'It ends before it begins.', null, 'until')
  if (until - world.now() > (rule ? RECURS_DAYS_MAX : DAYS_MAX) * DAY) fail('invalid_field', `Quiet lasts ${DAYS_MAX} days at most; what recurs, ${RECURS_DAYS_MAX}. None is endless.`, null, 'until')
  if (rule !== null && !/^(RRULE:)?FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)/.test(rule)) fail('invalid_field', `"${rule}" is no recurrence rule.`, 'Write it like FREQ=WEEKLY;BYDAY=TU.', 'rule')
  if (rule !== null && !minutes) fail('invalid_field', 'Each time lasts 1 to 10080 minutes.', null, 'minutes')
  const said = { shape, reason, from, until_at: new Date(until).toISOString(), below, rule, minutes: rule ? minutes! : null }
  if (!over.groups) {
    const made = order(world, { ...said, title: asked.title?.trim() || over.when || 'Everything', over: over.when ? { when: over.when } : { everything: true } })
    return receipt(world, [made.id], [])
  }
  const refused: string[] = []
  const made = over.groups.flatMap((name) => {
    const g = world.group(name)
    if (g.state === 'attached') refused.push(`${g.title} belongs to ${g.incident}: detach it first.`)
    else if (g.state === 'over') refused.push(`${g.title} has ended.`)
    else {
      if (shape === 'dismissed') g.state = 'dismissed'
      return [order(world, { ...said, title: g.title, over: { group: g.id }, until_over: open }).id]
    }
    return []
  })
  return receipt(world, made, refused)
}

const receipt = (world: World, events: string[], refused: string[]): ManyReceipt => ({
  changed: events.length, seq: world.push(QUIET_TAGS), events, refused, undo: events.length === 1 ? { op: 'quiet.end', params: { id: events[0]! }, label: 'Undo: back in the inbox' } : null,
})

/** Whether an order holds now, whatever it covers. */
export const holdsNow = (world: World, { from, until_at, rule, minutes }: Order): boolean =>
  (!from || Date.parse(from) <= world.now()) && Date.parse(until_at) > world.now() && (!rule || within(rule, from ?? until_at, minutes ?? 0, world.now()))

/** The order that keeps a group quiet now. */
export const covering = (world: World, group: GroupView): Order | undefined => world.quiet.find((one) => holdsNow(world, one) && covers(one, group))

function covers({ over, below, known }: Order, group: GroupView): boolean {
  if (below && !worse(below, group.severity)) return false
  if (known && ((known.worst && worse(group.severity, known.worst)) || group.services.some((service) => !known.services.includes(service)))) return false
  return over.everything === true || (over.group !== undefined ? over.group === group.id : fits(readWhen(over.when!), group))
}

/** All that is quiet, oldest first. */
export function quietViews(world: World): QuietView[] {
  const held = (of: GroupView[]) => ({ groups: of.length, alerts: of.reduce((sum, g) => sum + g.firing, 0) })
  const firing = world.groups.filter((g) => g.firing > 0 && g.state !== 'attached')
  const ordered = world.quiet.map((one): QuietView => {
    const { id, shape, title, reason, owner, since, until_at, until_over } = one
    const now = holdsNow(world, one)
    return { id, shape, title, reason, owner, since, until: until_over ? 'when it ends' : `at ${until_at.slice(11, 16)} UTC`, until_at, holds: now, ...held(now ? firing.filter((g) => covers(one, g)) : []) }
  })
  const hushes = world.triage.hushes
  const causes = new Map([...hushes.values()].map((hush) => [hush.title, hush]))
  const unordered = [...causes.values()].flatMap(({ shape, title, reason, owner, since, until }): QuietView[] => {
    const groups = firing.filter((g) => hushes.get(g.id)?.title === title)
    return groups.length ? [{ id: null, shape, title, reason, owner, since, until, until_at: null, holds: true, ...held(groups) }] : []
  })
  return [...ordered, ...unordered].sort((a, b) => a.since.localeCompare(b.since))
}
