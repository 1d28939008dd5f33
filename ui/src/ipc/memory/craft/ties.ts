// Operations on what lies beside the record: the bridge, ties to other incidents, and moving entries in time together.

import type { LinkView, Operations } from '../../bindings.gen'
import { type Case, fail, view, type World } from '../world'
import { noCraft } from './state'
import { write } from './heard'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

export const ties: Handlers = {
  'incident.bridge': (world, { incident, url }) => {
    const c = world.case(incident)
    const before = c.craft.bridge
    if (url && !/^(https?|tel|sip):/.test(url)) fail('invalid_field', 'That is no address to meet at.', 'Such as https://meet.example/inc-7k3f.', 'url')
    c.craft.bridge = url || null
    return world.receipt(write(world, c, 'bridge', url ? `People meet at ${url}` : 'People meet where the home says', { url: url || null }), c, { op: 'incident.bridge', params: { incident: c.id, url: before }, label: 'Undo: the bridge as before' })
  },
  'incident.merge': (world, { incident, other }) => {
    const [c, into] = two(world, incident, other)
    c.status = 'merged'
    c.craft.merged = { into: into.id, ref: into.ref }
    into.craft.links.push({ tie: 'absorbed', id: c.id, ref: c.ref })
    for (const group of world.groups) if (group.incident === c.ref) group.incident = into.ref
    write(world, into, 'link', `${c.ref} was merged into this one`, { state: 'absorbed', ref: c.ref })
    return world.receipt(write(world, c, 'link', `Merged into ${into.ref}, which carries on`, { state: 'merged', ref: into.ref }), c, { op: 'incident.unmerge', params: { incident: c.id }, label: 'Undo: two incidents again' })
  },
  'incident.unmerge': (world, { incident }) => {
    const c = world.case(incident)
    const into = world.case(c.craft.merged?.into ?? fail('refused', 'It was not merged.'))
    Object.assign(c, { status: 'investigating' })
    c.craft.merged = null
    into.craft.links = into.craft.links.filter((one) => one.id !== c.id)
    write(world, into, 'link', 'Two incidents again', { state: 'unmerged', ref: c.ref })
    return world.receipt(write(world, c, 'link', 'Two incidents again', { state: 'unmerged', ref: into.ref }), c, { op: 'incident.merge', params: { incident: c.id, other: into.id }, label: 'Undo: merged again' })
  },
  'incident.split': (world, { incident, alerts, title, severity }) => {
    const c = world.case(incident)
    const groups = alerts.map((name) => world.group(name))
    if (groups.length === 0) fail('invalid_field', 'Choose the alerts that belong to the other one.', null, 'alerts')
    const at = world.at()
    const made: Case = {
      ...structuredClone({ ...c, entries: [], craft: null, roles: [] }), id: world.id(), ref: `INC-${(world.cases.length * 4099 + 7001).toString(32).toUpperCase().slice(-4)}`,
      title: title || groups[0]!.title, severity: severity ?? c.severity, status: 'investigating', declared_at: at, declared_by: world.me, impact: [], impact_started_at: null, acknowledged_at: at, mitigated_at: null, entries: [], craft: noCraft(),
    }
    made.roles = c.roles.filter((one) => one.role === 'commander').map((one) => ({ ...one }))
    world.cases.unshift(made)
    for (const group of groups) group.incident = made.ref
    tie(c, made, 'split_off')
    tie(made, c, 'split_from')
    write(world, c, 'link', `${made.ref} was split off`, { state: 'split_off', ref: made.ref })
    write(world, made, 'link', `Split off from ${c.ref}`, { state: 'split_from', ref: c.ref })
    return view(world, made)
  },
  'incident.link': (world, { incident, other }) => {
    const [c, second] = two(world, incident, other)
    if (c.craft.links.some((one) => one.id === second.id)) return world.receipt(null, c)
    tie(c, second, 'linked')
    tie(second, c, 'linked')
    return world.receipt(write(world, c, 'link', `Linked with ${second.ref}`, { state: 'linked', ref: second.ref }), c, { op: 'incident.unlink', params: { incident: c.id, other: second.id }, label: 'Undo: not linked' })
  },
  'incident.unlink': (world, { incident, other }) => {
    const [c, second] = two(world, incident, other)
    for (const [one, far] of [[c, second], [second, c]] as const) one.craft.links = one.craft.links.filter((link) => link.id !== far.id)
    return world.receipt(write(world, c, 'link', 'No longer linked', { state: 'unlinked', ref: second.ref }), c, { op: 'incident.link', params: { incident: c.id, other: second.id }, label: 'Undo: linked again' })
  },
  'entry.shift': (world, { incident, events, by_seconds }) => {
    const c = world.case(incident)
    const moved = c.entries.filter((entry) => events.includes(entry.id))
    if (moved.length === 0) fail('invalid_field', 'No entries are chosen.', 'Choose some in the timeline.', 'events')
    for (const entry of moved) Object.assign(entry, { was_at: entry.was_at ?? entry.occurred_at, occurred_at: new Date(Date.parse(entry.occurred_at) + by_seconds * 1000).toISOString() })
    write(world, c, 'correction', `Moved ${moved.length} entries in time`, { events, by_seconds })
    return { changed: moved.length, seq: world.seq, events: moved.map((entry) => entry.id), refused: [], undo: { op: 'entry.shift', params: { incident: c.id, events, by_seconds: -by_seconds }, label: 'Undo: the times as before' } }
  },
}

const tie = (c: Case, other: Case, how: LinkView['tie']) => c.craft.links.push({ tie: how, id: other.id, ref: other.ref })

function two(world: World, one: string, other: string): [Case, Case] {
  const [c, second] = [world.case(one), world.case(other)]
  if (c === second) fail('refused', `That is ${c.ref} itself.`, 'Name another incident.', 'other')
  return [c, second]
}
