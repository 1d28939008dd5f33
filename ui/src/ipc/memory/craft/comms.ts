// Operations on words that leave: updates, where they went, what is promised, and what waits to be sent.

import type { ManyReceipt, Operations, Piece, QueuedView, Severity } from '../../bindings.gen'
import { type Case, fail, type World } from '../world'
import { byId, heard, once, type Spoken, words, write } from './heard'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

/** Minutes from one update to the next, in a short and in a long incident. */
const RHYTHM: Record<Severity, [number, number]> = { sev1: [20, 60], sev2: [30, 60], sev3: [60, 240], sev4: [240, 1440], sev5: [1440, 1440] }
const LONG_AFTER_MS = 120 * 60_000

/** The rhythm an incident should be reported on in, as the severity says now. */
export function rhythm(world: World, c: Case): { minutes: number; long: boolean } {
  const long = world.now() - Date.parse(c.declared_at) > LONG_AFTER_MS
  return { minutes: RHYTHM[c.severity][long ? 1 : 0], long }
}

export const comms: Handlers = {
  'update.write': (world, params) => {
    const c = world.case(params.incident)
    return once(world, c, params.once, () => world.receipt(written(world, c, words(params.text, 'text'), params), c))
  },
  'update.posted': (world, params) => {
    const c = world.case(params.incident)
    return once(world, c, params.once, () => {
      const place = words(params.place, 'place')
      const update = updateOf(world, c, params)
      const entry = write(world, c, 'posted', `${PIECES[params.piece]} posted by hand: ${place}`, { state: 'by_hand', piece: params.piece, place, update }, params)
      const posting = { event: entry.id, piece: params.piece, update, place, by_hand: true, heard: heard(world, entry, params) }
      c.craft.updates.find((one) => one.id === update)?.postings.push(posting)
      if (!update) c.craft.postings.unshift(posting)
      if (params.piece === 'update' || params.piece === 'announcement') keep(world, c, entry.occurred_at, params.next_minutes)
      return world.receipt(entry, c)
    })
  },
  'update.send': (world, params) => {
    const c = world.case(params.incident)
    if (params.channels.length === 0) fail('invalid_field', 'No channel is chosen.', 'Choose one, or get it out another way.', 'channels')
    const update = updateOf(world, c, params)
    const events = params.channels.map((channel) => {
      const entry = write(world, c, 'posted', `Update waits to be sent to ${channel}`, { state: 'queued', piece: 'update', channel, update })
      c.craft.queue.unshift({ id: entry.id, piece: 'update', update, channel, at: entry.occurred_at, state: 'queued', why: null, changed_at: entry.occurred_at })
      return entry.id
    })
    if (params.next_minutes) promise(world, c, params.next_minutes, {})
    return { changed: events.length, seq: world.seq, events, refused: [], undo: null } satisfies ManyReceipt
  },
  'update.promise': (world, params) => {
    const c = world.case(params.incident)
    const minutes = params.minutes ?? (params.due ? Math.round((Date.parse(params.due) - world.now()) / 60_000) : rhythm(world, c).minutes)
    if (minutes < 1) fail('invalid_field', 'A promise lies ahead.', 'Such as in 20 minutes.', 'due')
    return world.receipt(promise(world, c, minutes, params), c)
  },
  'update.end_promise': (world, { incident, reason }) => {
    const c = world.case(incident)
    if (!c.craft.promise) fail('refused', 'No update is promised.', 'There is nothing to end.')
    c.craft.promise = null
    return world.receipt(write(world, c, 'promise', `No further update is promised${reason ? `: ${reason}` : ''}`, { state: 'ended', reason: reason ?? null }), c)
  },
  'post.release': (world, { incident, queued }) => settle(world, incident, queued, 'sent'),
  'post.withdraw': (world, { incident, queued }) => settle(world, incident, queued, 'withdrawn'),
}

const PIECES: Record<Piece, string> = { update: 'Update', announcement: 'Announcement', board: 'State board', brief: 'Brief', role_card: 'Role card', task: 'Task', other: 'Text' }

function written(world: World, c: Case, text: string, params: Spoken & { at?: string | null }) {
  const entry = write(world, c, 'update', text, { state: 'written' }, params)
  c.craft.updates.unshift({ id: entry.id, text, heard: heard(world, entry, params), postings: [] })
  return entry
}

function updateOf(world: World, c: Case, { update, text }: { update?: string | null; text?: string | null }): string | null {
  if (text?.trim()) return written(world, c, text.trim(), {}).id
  return update ? byId(c.craft.updates, update, 'update').id : null
}

/** News went out: the promise that runs is kept, in time or late. */
function keep(world: World, c: Case, at: string, next: number | null | undefined) {
  const { promise: running } = c.craft
  if (running) c.craft.kept[at <= running.due ? 'in_time' : 'late'] += 1
  c.craft.promise = null
  if (next) promise(world, c, next, {})
}

function promise(world: World, c: Case, minutes: number, params: Spoken) {
  const due = world.at(minutes * 60_000)
  const entry = write(world, c, 'promise', `Next update promised for ${due.slice(11, 16)} UTC`, { state: 'promised', due, every_minutes: minutes }, params)
  c.craft.promise = { event: entry.id, due, every_minutes: minutes, heard: heard(world, entry, params) }
  return entry
}

function settle(world: World, incident: string, id: string, to: 'sent' | 'withdrawn') {
  const c = world.case(incident)
  const queued: QueuedView = byId(c.craft.queue, id, 'post')
  if (queued.state !== 'held' && queued.state !== 'queued' && queued.state !== 'delayed') fail('refused', `It is ${queued.state} already.`)
  const entry = write(world, c, 'posted', to === 'sent' ? 'To be sent as it is' : 'Not to be sent', { state: to === 'sent' ? 'released' : 'withdrawn', queued: queued.id })
  if (to === 'withdrawn') Object.assign(queued, { state: to, changed_at: entry.occurred_at })
  else {
    c.craft.queue = c.craft.queue.filter((one) => one !== queued)
    const posting = { event: entry.id, piece: queued.piece, update: queued.update, place: queued.channel, by_hand: false, heard: heard(world, entry) }
    c.craft.updates.find((one) => one.id === queued.update)?.postings.push(posting)
    keep(world, c, entry.occurred_at, null)
  }
  return world.receipt(entry, c)
}
