// Operations on people of an incident: roll call, what they were told, what they answered, role cards.

import type { Operations, Role } from '../../bindings.gen'
import { fail, roleTitle, type World } from '../world'
import { asks as standing, handle, heard, known, setAsk, write } from './heard'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

export const asks: Handlers = {
  'incident.here': (world, params) => {
    const c = world.case(params.incident)
    const here = params.here.map(handle).filter(Boolean)
    const left = (params.left ?? []).map(handle).filter(Boolean)
    if (here.length + left.length === 0) fail('invalid_field', 'A roll call names who is there.', 'Such as /here ravi mei jo.', 'here')
    const said = [here.length && `Here: ${here.map((p) => `@${p}`).join(', ')}`, left.length && `Left: ${left.map((p) => `@${p}`).join(', ')}`].filter(Boolean).join('. ')
    const entry = write(world, c, 'roll_call', said, { here, left }, params)
    const { means } = heard(world, entry, params)
    c.craft.present = c.craft.present.filter((one) => !left.includes(one.person) && !here.includes(one.person))
    for (const person of here) {
      world.know(person)
      c.craft.present.push({ person, since: entry.occurred_at, means })
    }
    return world.receipt(entry, c)
  },
  'ask.tell': (world, params) => {
    const c = world.case(params.incident)
    const ask = standing(c).find((one) => one.ask.startsWith(params.ask)) ?? fail('not_found', 'Nothing of that kind is asked here.', 'It may have been answered or taken back.')
    const entry = write(world, c, 'ask', `Told by hand${params.place ? `: ${params.place}` : ''}`, { state: 'told', ask: ask.ask, place: params.place ?? null }, { at: params.at })
    setAsk(c, known({ ...ask, told: heard(world, entry), place: params.place ?? null }))
    return world.receipt(entry, c)
  },
  'ask.answer': (world, params) => {
    const c = world.case(params.incident)
    const ask = standing(c).find((one) => one.ask.startsWith(params.ask)) ?? fail('not_found', 'Nothing of that kind is asked here.', 'It may have been answered or taken back.')
    const who = params.for_name ?? world.me
    if (who !== ask.person) fail('refused', `That is asked of @${ask.person}.`, `Record what @${ask.person} said, and how.`)
    const text = `Said ${params.yes ? 'yes' : 'no'}${params.words ? `: ${params.words}` : ''}`
    const entry = write(world, c, 'ask', text, { state: params.yes ? 'yes' : 'no', ask: ask.ask, words: params.words ?? null }, params)
    setAsk(c, known({ ...ask, answer: heard(world, entry, params), words: params.words ?? null }, !params.yes))
    return world.receipt(entry, c)
  },
  'role.cards': (world, { incident }) => {
    const c = world.case(incident)
    return ROLES.map(([role, sentence, list]) => ({
      role, title: roleTitle(role), sentence, holders: c.roles.filter((one) => one.role === role).map((one) => one.name),
      checklist: list.map((text, item) => ({ text, done: c.craft.ticked.has(`${role} ${item}`) })),
    }))
  },
  'role.tick': (world, { incident, role, item, done }) => {
    const c = world.case(incident)
    const text = cardOf(role)[2][item] ?? fail('invalid_field', 'The checklist has no such item.', null, 'item')
    const key = `${role} ${item}`
    if (c.craft.ticked.has(key) === done) return world.receipt(null, c)
    if (done) c.craft.ticked.add(key)
    else c.craft.ticked.delete(key)
    const entry = write(world, c, 'checklist', `${roleTitle(role)}: ${text}${done ? '' : ' (not after all)'}`, { role, item, done })
    return world.receipt(entry, c, { op: 'role.tick', params: { incident: c.id, role, item, done: !done }, label: done ? 'Undo: not ticked' : 'Undo: ticked' })
  },
}

/** The first item of the roles a person holds that is not ticked. */
export function untickedItem(c: Parameters<typeof standing>[0], person: string): string | null {
  for (const { role } of c.roles.filter((one) => one.name === person)) {
    const text = cardOf(role)[2].find((_, item) => !c.craft.ticked.has(`${role} ${item}`))
    if (text) return text
  }
  return null
}

const cardOf = (role: Role) => ROLES.find(([name]) => name === role)!

const ROLES: [Role, string, string[]][] = [
  ['commander', 'Leads the response, decides, and never does the work itself.', ['Say aloud that you command', 'Size up: what do customers see, since when, how many', 'Set severity, the higher when unsure', 'Name an operations lead and a scribe', 'Promise the first update', 'Before each action ask for strong objections', 'Give each task one owner and a time box', 'Say the state aloud every 20 minutes', 'Verify with customers\' eyes before you resolve']],
  ['deputy', 'Stands ready to take command, and minds the clocks.', ['Follow the call closely enough to take over', 'Mind time boxes and promises', 'Call in people the commander asks for']],
  ['operations', 'The only one whose people change the system.', ['Say back each task and its time box', 'Stop other changes: freeze deploys', 'Prefer what can be undone', 'Report conditions, actions, needs when the box ends']],
  ['communications', 'Writes what customers and stakeholders hear, on time.', ['Draft the first update: what is affected, since when, next update when', 'Have the commander approve it', 'Post it where it was promised, and note where', 'Promise the next one']],
  ['scribe', 'Writes down what is said and decided, with the time.', ['Write decisions, actions and their owners with the time', 'Mark key moments', 'Ask when something was not heard']],
  ['customer-liaison', 'Speaks with customers and support, and brings back what they see.', ['Ask support what customers report', 'Bring back what they see', 'Tell them the update before they read it']],
  ['internal-liaison', 'Brings in the people who are needed, and keeps managers informed.', ['Call in who is asked for', 'Keep managers off the call']],
  ['expert', 'Knows one system: says how it stands, what to do, and at what risk.', ['Say how it stands', 'Say what you would do, and the risk']],
  ['planning', 'Looks ahead: next shift, food, follow-up work, what if it lasts.', ['Who takes over, and when', 'What if it lasts the night']],
  ['observer', 'Listens and learns, and does not speak on the call.', ['Stay silent on the call']],
]
