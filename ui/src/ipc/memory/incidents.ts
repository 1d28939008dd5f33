// Operations on incidents, with the refusals of the real ones.

import type { AssignRole, Declare, EntryView, ListIncidents, Operations, ReadTimeline, Role, Status } from '../bindings.gen'
import { asks } from './craft/asks'
import { comms } from './craft/comms'
import { handoffs } from './craft/handoffs'
import { asked, heard, type Spoken } from './craft/heard'
import { noCraft } from './craft/state'
import { tasks } from './craft/tasks'
import { thoughts } from './craft/thoughts'
import { ties } from './craft/ties'
import { preview } from './line'
import { type Case, fail, open, roleTitle, summary, view, type World } from './world'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

const label = (status: Status) => status.charAt(0).toUpperCase() + status.slice(1)
const spoken = (params: { for_name?: string | null; by?: EntryView['means'] | null }) => ({ on_behalf_of: params.for_name ?? null, means: params.by ?? ('app' as const) })

export const incidents: Handlers = {
  ...asks, ...tasks, ...thoughts, ...comms, ...handoffs, ...ties,
  'declare.preview': (world, { line }) => preview(world, line),
  'incident.declare': declare,
  'incident.list': list,
  'incident.show': (world, { incident }) => view(world, world.case(incident)),
  'incident.timeline': timeline,
  search: (world, { query, limit }) => {
    const wanted = query.trim().toLowerCase()
    if (!wanted) return []
    return world.cases.flatMap((c) => c.entries.flatMap((e) => {
      const at = e.text.toLowerCase().indexOf(wanted)
      if (at < 0) return []
      const text = e.text
      const snippet = `${text.slice(Math.max(0, at - 40), at)}\u{E000}${text.slice(at, at + wanted.length)}\u{E001}${text.slice(at + wanted.length, at + wanted.length + 60)}`
      return [{ incident: summary(c), event: e.id, at: e.occurred_at, snippet }]
    })).slice(0, limit ?? 20)
  },
  'incident.note': (world, params) => {
    const c = world.case(params.incident)
    if (params.once && world.once.has(params.once)) return world.receipt({ seq: world.seq, id: world.once.get(params.once)! }, c)
    if (!params.text.trim()) fail('invalid_field', 'An empty note is not written.', 'Type what happened.', 'text')
    const entry = world.write(c, { kind: 'note', text: params.text.trim(), pinned: params.pin ?? false, ...(params.at ? { occurred_at: params.at } : {}), ...spoken(params) })
    if (params.once) world.once.set(params.once, entry.id)
    return world.receipt(entry, c, { op: 'entry.redact', params: { event: entry.id, reason: 'Taken back', masked: '[taken back]' }, label: 'Undo: take the note back' })
  },
  'entry.pin': (world, { event, pinned }) => {
    const [c, entry] = world.entry(event)
    if (entry.pinned === pinned) return world.receipt(null, c)
    entry.pinned = pinned
    const made = world.write(c, { kind: 'pin', text: pinned ? 'Marked a key moment' : 'No longer a key moment', data: { event: entry.id, pinned } })
    return world.receipt(made, c, { op: 'entry.pin', params: { event: entry.id, pinned: !pinned }, label: pinned ? 'Undo: not a key moment' : 'Undo: a key moment again' })
  },
  'entry.correct': (world, { event, at, text }) => {
    const [c, entry] = world.entry(event)
    if (entry.redacted) fail('refused', 'A redacted entry cannot be corrected.', 'Write a new note instead.')
    if (!at && !text?.trim()) fail('invalid_request', 'A correction needs a time or a text.')
    const before = { at: entry.occurred_at, text: entry.text }
    if (text && text !== entry.text) Object.assign(entry, { was_text: entry.text, text })
    if (at && at !== entry.occurred_at) Object.assign(entry, { was_at: entry.occurred_at, occurred_at: at })
    const made = world.write(c, { kind: 'correction', text: 'Corrected an entry', corrects: entry.id })
    entry.corrected_by = made.id
    return world.receipt(made, c, { op: 'entry.correct', params: { event: entry.id, ...before }, label: 'Undo: as it was' })
  },
  'entry.redact': (world, { event, reason, masked }) => {
    const [c, entry] = world.entry(event)
    if (!reason.trim()) fail('invalid_field', 'A redaction needs a reason.', 'Say why, in a few words.', 'reason')
    Object.assign(entry, { text: masked ?? '[redacted]', was_text: null, redacted: { by: world.me, at: world.at(), reason } })
    return world.receipt(world.write(c, { kind: 'redaction', text: `Redacted an entry: ${reason}`, corrects: entry.id }), c)
  },
  'incident.severity': (world, params) => {
    const c = world.case(params.incident)
    const was = c.severity
    if (was === params.severity) return world.receipt(null, c)
    notMerged(c)
    c.severity = params.severity
    const text = `Severity ${was.toUpperCase()} to ${c.severity.toUpperCase()}${params.reason ? `: ${params.reason}` : ''}`
    const entry = world.write(c, { kind: 'severity', text, data: { severity: c.severity, was }, ...spoken(params) })
    return world.receipt(entry, c, { op: 'incident.severity', params: { incident: c.id, severity: was }, label: `Undo: back to ${was.toUpperCase()}` })
  },
  'incident.status': (world, params) => {
    const c = world.case(params.incident)
    const was = c.status
    if (params.status === 'merged') fail('refused', 'An incident becomes merged by merging it.', 'Merge it into the other incident.')
    if (was === params.status) return world.receipt(null, c)
    notMerged(c)
    const at = params.at ?? world.at()
    c.status = params.status
    if (c.status === 'mitigated') c.mitigated_at ??= at
    if (c.status === 'resolved') c.resolved_at = at
    if (c.status === 'closed') c.closed_at = at
    if (open(c)) c.resolved_at = c.closed_at = null
    const entry = world.write(c, { kind: 'status', text: `${label(was)} to ${label(c.status)}`, occurred_at: at, data: { status: c.status, was }, ...spoken(params) })
    return world.receipt(entry, c, { op: 'incident.status', params: { incident: c.id, status: was }, label: `Undo: back to ${label(was)}` })
  },
  'incident.title': (world, { incident, title }) => {
    const c = world.case(incident)
    const was = c.title
    if (!title.trim()) fail('invalid_field', 'A title cannot be empty.', 'Say what is wrong, in a few words.', 'title')
    if (was === title.trim()) return world.receipt(null, c)
    c.title = title.trim()
    const entry = world.write(c, { kind: 'title', text: `Renamed from “${was}”`, data: { title: c.title, was } })
    return world.receipt(entry, c, { op: 'incident.title', params: { incident: c.id, title: was }, label: 'Undo: the old title' })
  },
  'incident.acknowledge': (world, { incident }) => {
    const c = world.case(incident)
    if (c.acknowledged_at) return world.receipt(null, c)
    c.acknowledged_at = world.at()
    return world.receipt(world.write(c, { kind: 'acknowledged', text: 'Acknowledged' }), c)
  },
  'impact.start': (world, { incident, at, text, share, services }) => {
    const c = world.case(incident)
    if (c.impact.some((i) => i.to === null)) fail('refused', 'Impact is already running.', 'Update it, or end it first.')
    const from = at ?? world.at()
    c.impact.push({ id: world.id(), from, to: null, share: share ?? null, services: services ?? [], text: text ?? null })
    c.impact_started_at = c.impact_started_at && c.impact_started_at < from ? c.impact_started_at : from
    const entry = world.write(c, { kind: 'impact', text: `Customer impact began${text ? `: ${text}` : ''}`, occurred_at: from, data: { state: 'started', share: share ?? null, services: services ?? [], text: text ?? null } })
    return world.receipt(entry, c)
  },
  'impact.update': (world, { incident, text, share, services }) => {
    const c = world.case(incident)
    const running = c.impact.find((i) => i.to === null) ?? fail('refused', 'No impact is running.', 'Start it first.')
    Object.assign(running, { text: text ?? running.text, share: share ?? running.share, services: services?.length ? services : running.services })
    return world.receipt(world.write(c, { kind: 'impact', text: `Customer impact: ${text ?? `${share} %`}`, data: { state: 'updated', share: share ?? null, services: services ?? [], text: text ?? null } }), c)
  },
  'impact.end': (world, { incident, at }) => {
    const c = world.case(incident)
    const running = c.impact.find((i) => i.to === null) ?? fail('refused', 'No impact is running.', 'There is nothing to end.')
    running.to = at ?? world.at()
    const entry = world.write(c, { kind: 'impact', text: 'Customer impact ended', occurred_at: running.to, data: { state: 'ended' } })
    return world.receipt(entry, c, { op: 'impact.start', params: { incident: c.id, at: running.from }, label: 'Undo: impact runs again' })
  },
  'role.assign': assign,
  'role.release': (world, { incident, role, name }) => {
    const c = world.case(incident)
    if (role === 'commander') fail('refused', 'Command needs a successor.', 'Give the commander role to someone else instead.')
    const held = c.roles.find((r) => r.role === role && (!name || r.name === name)) ?? fail('refused', `Nobody holds the role ${roleTitle(role)}.`)
    c.roles = c.roles.filter((r) => r !== held)
    const entry = world.write(c, { kind: 'role', text: `@${held.name} is no longer ${roleTitle(role)}`, data: { role, person: held.name, state: 'released' } })
    return world.receipt(entry, c, { op: 'role.assign', params: { incident: c.id, role, name: held.name }, label: `Undo: @${held.name} as ${roleTitle(role)}` })
  },
  'command.take': (world, { incident }) => {
    const c = world.case(incident)
    if (!open(c)) fail('refused', `${c.ref} is ${c.status}.`, 'Reopen it first.')
    if (c.commander.name === world.me && c.commander.state === 'confirmed') return world.receipt(null, c)
    const before = c.commander.name
    command(world, c, world.me, 'confirmed')
    const entry = world.write(c, { kind: 'command', text: `@${world.me} took command`, data: { person: world.me, state: 'confirmed', was: before } })
    c.acknowledged_at ??= entry.recorded_at
    return world.receipt(entry, c, before && before !== world.me ? { op: 'role.assign', params: { incident: c.id, role: 'commander', name: before }, label: `Undo: @${before} commands` } : undefined)
  },
  'command.confirm': (world, { incident }) => {
    const c = world.case(incident)
    if (c.commander.state === 'unclaimed') fail('refused', 'Nobody commands this incident yet.', 'Take command instead.')
    if (c.commander.state === 'confirmed') return world.receipt(null, c)
    command(world, c, c.commander.name!, 'confirmed')
    return world.receipt(world.write(c, { kind: 'command', text: `Confirmed: @${c.commander.name} commands`, data: { person: c.commander.name, state: 'confirmed' } }), c)
  },
}

function notMerged(c: Case) {
  if (c.status === 'merged') fail('refused', `${c.ref} was merged into another incident.`, 'Work in the incident that it was merged into.')
}

/** Puts one person in command; there is never a second. */
export function command(world: World, c: Case, name: string, state: 'acting' | 'confirmed', spoken: Spoken = {}) {
  world.know(name)
  const since = world.at()
  c.commander = { name, state, since }
  const made = { id: world.id(), occurred_at: since }
  c.roles = [{ role: 'commander', title: roleTitle('commander'), name, state, means: heard(world, made, spoken).means, since, knows: asked(world, made, name, spoken) }, ...c.roles.filter((r) => r.role !== 'commander')]
}

const SHARED: Role[] = ['expert', 'observer']

function assign(world: World, params: AssignRole) {
  const c = world.case(params.incident)
  const name = params.name.replace(/^@/, '').toLowerCase()
  if (!name) fail('invalid_field', 'A role needs a person.', 'Write their short name, such as @dana.', 'name')
  const { role } = params
  const held = c.roles.filter((r) => r.role === role)
  if (held.some((r) => r.name === name)) return world.receipt(null, c)
  if (role === 'commander') {
    const before = c.commander.name
    command(world, c, name, name === world.me ? 'confirmed' : 'acting', params)
    const entry = world.write(c, { kind: 'command', text: `@${name} commands`, data: { person: name, state: c.commander.state }, ...spoken(params) })
    return world.receipt(entry, c, before ? { op: 'role.assign', params: { incident: c.id, role, name: before }, label: `Undo: @${before} commands` } : undefined)
  }
  world.know(name)
  if (!SHARED.includes(role)) c.roles = c.roles.filter((r) => r.role !== role)
  const entry = world.write(c, { kind: 'role', text: `@${name} is ${roleTitle(role)}`, data: { role, person: name, state: 'assigned' }, ...(params.at ? { occurred_at: params.at } : {}), ...spoken(params) }, ['people'])
  c.roles.push({ role, title: roleTitle(role), name, state: 'assigned', means: params.by ?? 'app', since: entry.occurred_at, knows: asked(world, entry, name, params) })
  const before = SHARED.includes(role) ? undefined : held[0]?.name
  return world.receipt(entry, c, before
    ? { op: 'role.assign', params: { incident: c.id, role, name: before }, label: `Undo: @${before} as ${roleTitle(role)}` }
    : { op: 'role.release', params: { incident: c.id, role, name }, label: `Undo: @${name} not as ${roleTitle(role)}` })
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function declare(world: World, params: Declare) {
  const known = params.once ? world.once.get(params.once) : undefined
  if (known) return view(world, world.case(known))
  const said = preview(world, params.line ?? params.title ?? '')
  const title = (params.title ?? said.title).trim()
  if (!title) fail('invalid_field', 'An incident needs a title.', 'Say what is wrong, in a few words.', params.line === undefined ? 'title' : 'line')
  const commander = params.commander ?? said.commander
  const at = params.at ?? world.at()
  const n = world.cases.length * 7919 + 31337
  const c: Case = {
    id: world.id(), ref: `INC-${[0, 1, 2, 3].map((i) => CROCKFORD[(n >> (5 * i)) & 31]).join('')}`, title, severity: params.severity ?? said.severity, status: 'investigating',
    declared_at: at, declared_by: world.me, impact_started_at: null, detected_at: at, acknowledged_at: null, mitigated_at: null, resolved_at: null, closed_at: null,
    commander: { name: null, state: 'unclaimed', since: at }, roles: [], services: params.services?.length ? params.services : said.services, impact: [],
    drill: params.drill ?? false, private: params.private ?? false, entries: [], craft: noCraft(),
  }
  world.cases.unshift(c)
  command(world, c, commander, 'acting')
  world.write(c, { kind: 'declared', text: `Declared ${c.severity.toUpperCase()}: ${title}`, occurred_at: at, data: { severity: c.severity, title } }, ['alerts', 'people'])
  for (const name of params.alerts ?? []) {
    const group = world.group(name)
    Object.assign(group, { state: 'attached', incident: c.ref })
    world.write(c, { kind: 'alerts', text: group.title, data: { group: group.id, title: group.title, count: group.count, firing: group.firing, state: 'attached' } }, ['alerts'])
  }
  if (params.once) world.once.set(params.once, c.id)
  return view(world, c)
}

function list(world: World, params: ListIncidents) {
  const asked = world.cases.filter((c) => (params.all || open(c)) && (!params.severity || c.severity === params.severity) && (!params.service || c.services.includes(params.service)) && (!params.since || c.declared_at >= params.since))
  return asked.sort((a, b) => b.declared_at.localeCompare(a.declared_at)).slice(0, params.limit ?? 200).map(summary)
}

function timeline(world: World, params: ReadTimeline) {
  const c = world.case(params.incident)
  const kind = params.kind
  const known = params.as_of ? c.entries.filter((e) => e.recorded_at <= params.as_of!) : c.entries
  const fits = (e: EntryView) => !kind || (kind === 'people' ? !e.machine : kind === 'pinned' ? e.pinned : kind === 'machine' ? e.machine : e.kind === kind)
  const all = known.filter(fits)
  const end = params.before ? all.findIndex((e) => e.id === params.before) : all.length
  const start = Math.max(0, end - Math.min(params.limit ?? 100, 500))
  return {
    entries: structuredClone(all.slice(start, end)), before: start > 0 ? all[start]!.id : null, total: all.length,
    counts: { people: known.filter((e) => !e.machine).length, pinned: known.filter((e) => e.pinned).length, machine: known.filter((e) => e.machine).length },
  }
}
