// Operations on the handoff of command, and on looks to be taken later.

import type { AnswerHandoff, HandoffView, Operations } from '../../bindings.gen'
import { type Case, fail, open, type World } from '../world'
import { asked, byId, handle, heard, known, type Spoken, write } from './heard'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

export const handoffs: Handlers = {
  'handoff.offer': (world, params) => {
    const c = world.case(params.incident)
    return world.receipt(offer(world, c, params.to, params.next, params), c, { op: 'handoff.withdraw', params: { incident: c.id }, label: 'Undo: withdraw the offer' })
  },
  'handoff.offer_all': (world, { to, next, incidents }) => {
    const mine = world.cases.filter((c) => open(c) && c.commander.name === world.me && (!incidents?.length || incidents.some((name) => world.case(name) === c)))
    const events = mine.map((c) => offer(world, c, to, next, {}).id)
    return { changed: events.length, seq: world.seq, events, refused: [], undo: null }
  },
  'handoff.briefed': (world, { incident }) => {
    const [c, handoff] = standing(world, incident)
    if (handoff.briefed_at) return world.receipt(null, c)
    const entry = write(world, c, 'handoff', 'The successor has the brief', { state: 'briefed', handoff: handoff.id })
    handoff.briefed_at = entry.occurred_at
    if (handoff.knows.state === 'untold' && handoff.to !== world.me) handoff.knows = known({ ...handoff.knows, told: heard(world, entry) })
    return world.receipt(entry, c)
  },
  'handoff.accept': (world, params) => {
    const [c, handoff] = bySuccessor(world, params)
    const entry = write(world, c, 'handoff', 'Command accepted', { state: 'accepted', handoff: handoff.id }, params)
    const since = entry.occurred_at
    c.commander = { name: handoff.to, state: 'confirmed', since }
    const knows = known({ ...handoff.knows, answer: heard(world, entry, params) })
    c.roles = [{ role: 'commander', title: 'Incident Commander', name: handoff.to, state: 'confirmed', means: params.by ?? 'app', since, knows }, ...c.roles.filter((one) => one.role !== 'commander')]
    c.craft.handoff = null
    return world.receipt(entry, c)
  },
  'handoff.decline': (world, params) => {
    const [c, handoff] = bySuccessor(world, params)
    c.craft.handoff = null
    return world.receipt(write(world, c, 'handoff', `Command declined${params.reason ? `: ${params.reason}` : ''}`, { state: 'declined', handoff: handoff.id, reason: params.reason ?? null }, params), c)
  },
  'handoff.withdraw': (world, { incident }) => {
    const [c, handoff] = standing(world, incident)
    c.craft.handoff = null
    return world.receipt(write(world, c, 'handoff', 'Command is offered no longer', { state: 'withdrawn', handoff: handoff.id }), c)
  },
  'look.set': (world, { incident, at, minutes, text, offer_resolve }) => {
    const c = world.case(incident)
    const due = at ?? world.at((minutes ?? 15) * 60_000)
    const entry = write(world, c, 'clock', `Look again at ${due.slice(11, 16)} UTC${text ? `: ${text}` : ''}${offer_resolve ? ', then offer to resolve' : ''}`, { state: 'look_set', at: due, text: text ?? null, offer_resolve: offer_resolve ?? false })
    c.craft.looks.push({ id: entry.id, at: due, set_at: entry.occurred_at, text: text || null, offer_resolve: offer_resolve ?? false })
    return world.receipt(entry, c, { op: 'look.done', params: { incident: c.id, look: entry.id }, label: 'Undo: no look' })
  },
  'look.done': (world, { incident, look }) => {
    const c = world.case(incident)
    const found = byId(c.craft.looks, look, 'look')
    c.craft.looks = c.craft.looks.filter((one) => one !== found)
    return world.receipt(write(world, c, 'clock', 'Looked again', { state: 'look_done', look: found.id }), c)
  },
}

function offer(world: World, c: Case, typed: string, next: string | null | undefined, params: Spoken) {
  const to = handle(typed)
  if (!to) fail('invalid_field', 'A handoff needs a person.', 'Write their short name, such as @sam.', 'to')
  if (!open(c)) fail('refused', `${c.ref} is ${c.status}.`, 'There is nothing to command.')
  if (c.commander.name === to) fail('refused', `@${to} commands already.`)
  world.know(to)
  const entry = write(world, c, 'handoff', `Command offered to @${to}${next ? `: ${next}` : ''}`, { state: 'offered', to, next: next ?? null }, params)
  c.craft.handoff = { id: entry.id, from: c.commander.name, to, next: next || null, at: entry.occurred_at, knows: asked(world, entry, to), briefed_at: null }
  return entry
}

function standing(world: World, incident: string): [Case, HandoffView] {
  const c = world.case(incident)
  return [c, c.craft.handoff ?? fail('refused', 'Command is not offered to anybody.', 'Offer it first.')]
}

function bySuccessor(world: World, params: AnswerHandoff): [Case, HandoffView] {
  const [c, handoff] = standing(world, params.incident)
  if ((params.for_name ?? world.me) !== handoff.to) fail('refused', `That is asked of @${handoff.to}.`, `Record what @${handoff.to} said, and how.`)
  return [c, handoff]
}
