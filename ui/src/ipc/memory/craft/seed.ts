// The craft on record in the demo company's incidents: one commander, five people without the app, forty minutes in.

import type { Case, World } from '../world'
import { roleTitle } from '../world'
import { tasks } from './tasks'
import { thoughts } from './thoughts'
import { asks } from './asks'
import { comms } from './comms'
import { known, signed, write } from './heard'

const MINUTE = 60_000

/** The checkout incident: roles, tasks, decisions, thoughts, two updates and a promise. */
export function checkoutCraft(world: World, c: Case) {
  const at = (minutes: number) => world.at(-minutes * MINUTE)
  const incident = c.id
  const by = (name: string, means: 'voice' | 'chat' | 'phone' = 'voice') => ({ for_name: name, by: means })
  roles(world, c, at)
  asks['incident.here']!(world, { incident, here: ['ravi-ops', 'mei-comms', 'tomas-edge', 'nils-payments', 'lena-support'], at: at(46) })
  c.craft.bridge = 'https://meet.northwind.example/inc-7k3f'

  const task = (minutes: number, text: string, owner: string, box: number) => tasks['task.add']!(world, { incident, text, owner, minutes: box, at: at(minutes) }).event!
  const confirm = task(43, 'Confirm affected PoPs', 'tomas-edge', 10)
  asks['ask.answer']!(world, { incident, ask: confirm, yes: true, at: at(43), ...by('tomas-edge') })
  tasks['task.done']!(world, { incident, task: confirm, note: 'FRA, AMS and MAD', at: at(38), ...by('tomas-edge') })
  const freeze = task(21, 'Freeze deploys for edge-*', 'ravi-ops', 5)
  asks['ask.answer']!(world, { incident, ask: freeze, yes: true, at: at(21), ...by('ravi-ops') })
  tasks['task.done']!(world, { incident, task: freeze, at: at(19), ...by('ravi-ops') })

  thoughts['hypothesis.add']!(world, { incident, text: 'Card provider outage', at: at(42) })
  thoughts['hypothesis.add']!(world, { incident, text: 'Change 419 made the edge pool too small, so EU requests queue', at: at(40), ...by('ravi-ops') })
  thoughts['hypothesis.add']!(world, { incident, text: 'Retry storm from checkout-web', at: at(36), ...by('aya-web', 'chat') })
  const [provider, pool] = c.craft.hypotheses
  thoughts['hypothesis.rule_out']!(world, { incident, about: provider!.id, text: 'provider success rate is 99.98% from LHR', at: at(33), ...by('nils-payments') })
  thoughts['hypothesis.support']!(world, { incident, about: pool!.id, text: 'LHR never got 419 and is clean', at: at(17), ...by('ravi-ops') })
  thoughts['decision.add']!(world, { incident, text: 'Freeze deploys for edge-* until the rollback is done', at: at(23) })
  thoughts['decision.add']!(world, { incident, text: 'Roll edge-eu back to revision 418, two PoPs at a time', options: ['Raise the pool to 1024', 'Roll back to 418'], risk: '90 s of reduced capacity per PoP', polled: true, at: at(20) })
  c.craft.decisions[0]!.polled = c.craft.decisions[0]!.heard
  thoughts['question.add']!(world, { incident, text: 'How many orders wait to be replayed?', of: 'nils-payments', at: at(12) })
  const need = thoughts['board.set']!(world, { incident, line: 'need', text: 'A scribe, and someone to draft the all-clear' }).event
  c.entries.find((one) => one.id === need)!.occurred_at = c.craft.lines.need!.at = at(4)

  updates(world, c, at)
  openTasks(world, c)
  // It was written down as it happened.
  for (const entry of c.entries) entry.recorded_at = entry.occurred_at
  c.entries.sort((a, b) => a.occurred_at.localeCompare(b.occurred_at) || a.seq - b.seq)
}

function roles(world: World, c: Case, at: (minutes: number) => string) {
  for (const role of c.roles) role.knows = signed(role.knows.ask, role.name, role.since)
  for (const [role, name, means] of [['operations', 'ravi-ops', 'app'], ['communications', 'mei-comms', 'voice']] as const) {
    const entry = write(world, c, 'role', `@${name} is ${roleTitle(role)}`, { role, person: name, state: 'assigned' }, { at: at(48), ...(means === 'app' ? {} : { for_name: name, by: means }) })
    const knows = means === 'app'
      ? signed(entry.id, name, at(48))
      : known({ ask: entry.id, person: name, told: null, place: null, words: null, answer: { event: entry.id, who: name, typed_by: world.me, means, at: at(48), signed: false } })
    c.roles.push({ role, title: roleTitle(role), name, state: 'assigned', means, since: at(48), knows })
  }
  const untold = write(world, c, 'role', `@lena-support is ${roleTitle('customer-liaison')}`, { role: 'customer-liaison', person: 'lena-support', state: 'assigned' }, { at: at(6) })
  c.roles.push({
    role: 'customer-liaison', title: roleTitle('customer-liaison'), name: 'lena-support', state: 'assigned', means: 'app', since: at(6),
    knows: known({ ask: untold.id, person: 'lena-support', told: null, place: null, answer: null, words: null }),
  })
}

function updates(world: World, c: Case, at: (minutes: number) => string) {
  const incident = c.id
  const posted = (minutes: number, text: string, place: string) => comms['update.posted']!(world, { incident, piece: 'update', text, place, at: at(minutes) })
  posted(37, 'We are investigating failed card payments for some customers in Europe.', '#inc-checkout')
  posted(17, 'The cause is known and a change is being taken back. Some card payments in Europe still fail.', 'status page')
  for (const [update, minutes] of [[c.craft.updates[1], 37], [c.craft.updates[0], 17]] as const) {
    Object.assign(update!.heard, { at: at(minutes) })
    const entry = c.entries.find((one) => one.id === update!.id)!
    Object.assign(entry, { occurred_at: at(minutes), recorded_at: at(minutes) })
  }
  c.craft.kept = { in_time: 1, late: 0, missed: 0 }
  const due = world.at(2 * MINUTE + 10_000)
  const entry = write(world, c, 'promise', `Next update promised for ${due.slice(11, 16)} UTC`, { state: 'promised', due, every_minutes: 20 }, { at: at(17) })
  c.craft.promise = { event: entry.id, due, every_minutes: 20, heard: { event: entry.id, who: world.me, typed_by: world.me, means: 'app', at: at(17), signed: true } }
  const held = write(world, c, 'posted', 'Held until somebody says yes. The severity changed since it was written.', { state: 'held' }, { at: at(16) })
  held.data = { state: 'held', queued: held.id }
  c.craft.queue.push({ id: held.id, piece: 'update', update: c.craft.updates[0]!.id, channel: 'status-mail', at: at(17), state: 'held', why: 'The severity changed since it was written.', changed_at: at(16) })
}

function openTasks(world: World, c: Case) {
  const incident = c.id
  const task = (text: string, owner: string, box: number, left: number) => {
    const id = tasks['task.add']!(world, { incident, text, owner, minutes: box, at: world.at(left - box * MINUTE) }).event!
    const made = c.craft.tasks.find((one) => one.id === id)!
    made.due = world.at(left)
    return made
  }
  const roll = task('Roll back AMS and MAD', 'tomas-edge', 15, MINUTE + 40_000)
  asks['ask.answer']!(world, { incident, ask: roll.id, yes: true, words: 'Roll back AMS and MAD, fifteen minutes', at: roll.added_at, for_name: 'tomas-edge', by: 'voice' })
  const replay = task('Replay queued orders', 'nils-payments', 20, 8 * MINUTE)
  replay.knows = signed(replay.id, 'nils-payments', replay.added_at)
  task('Draft the all-clear', 'mei-comms', 15, 12 * MINUTE)
}
