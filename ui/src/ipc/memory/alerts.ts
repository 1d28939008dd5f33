// Operations on groups of alerts.

import type { Operations } from '../bindings.gen'
import { waiting } from './triage/inbox'
import { order } from './triage/quiet'
import { fail, open, type World } from './world'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

const TAGS = ['watch', 'alerts', 'home']
/** How long a dismissal holds where its group does not end by itself. */
const WEEK = 7 * 24 * 60 * 60_000

export const alerts: Handlers = {
  'alert.list': (world, { all, incident, limit }) => {
    const ref = incident ? world.case(incident).ref : null
    const asked = all || ref ? world.groups.filter((g) => !ref || g.incident === ref) : waiting(world)
    return structuredClone(asked.slice(0, limit ?? 200))
  },
  'alert.show': (world, { group }) => structuredClone(world.group(group)),
  'alert.ack': (world, { group }) => {
    const g = world.group(group)
    if (g.state === 'over') fail('refused', 'These alerts have ended.', 'Nothing is left to acknowledge.')
    if (g.acknowledged_by) return world.receipt(null)
    Object.assign(g, { state: 'acknowledged', acknowledged_by: world.me })
    return world.receipt({ seq: world.push(TAGS), id: world.id() }, undefined, { op: 'alert.release', params: { group }, label: 'Undo: nobody looks at it' })
  },
  'alert.release': (world, { group }) => {
    const g = world.group(group)
    if (!g.acknowledged_by) fail('refused', 'Nobody looks at it.')
    Object.assign(g, { state: 'waiting', acknowledged_by: null })
    return world.receipt({ seq: world.push(TAGS), id: world.id() })
  },
  'alert.attach': (world, { incident, groups }) => {
    const c = world.case(incident)
    if (!open(c)) fail('refused', `${c.ref} is ${c.status}.`, 'Reopen it, or declare a new one.')
    let entry = null
    for (const name of groups) {
      const g = world.group(name)
      Object.assign(g, { state: 'attached', incident: c.ref })
      entry = world.write(c, { kind: 'alerts', text: g.title, data: { group: g.id, title: g.title, count: g.count, firing: g.firing, state: 'attached' } }, TAGS)
    }
    return world.receipt(entry, c, { op: 'alert.detach', params: { incident: c.id, groups }, label: `Undo: detach from ${c.ref}` })
  },
  'alert.detach': (world, { incident, groups }) => {
    const c = world.case(incident)
    let entry = null
    for (const name of groups) {
      const g = world.group(name)
      if (g.incident !== c.ref) fail('refused', `These alerts are not attached to ${c.ref}.`)
      Object.assign(g, { state: g.firing > 0 ? 'waiting' : 'over', incident: null })
      entry = world.write(c, { kind: 'alerts', text: `Detached: ${g.title}`, data: { group: g.id, title: g.title, count: g.count, firing: g.firing, state: 'detached' } }, TAGS)
    }
    return world.receipt(entry, c, { op: 'alert.attach', params: { incident: c.id, groups }, label: `Undo: attach to ${c.ref}` })
  },
  'alert.dismiss': (world, { group, reason }) => {
    const g = world.group(group)
    if (g.state === 'attached') fail('refused', `These alerts belong to ${g.incident}.`, 'Detach them first.')
    g.state = 'dismissed'
    const { id } = order(world, { shape: 'dismissed', title: g.title, reason: reason ?? 'noise', over: { group: g.id }, until_at: world.at(WEEK), until_over: true })
    return world.receipt({ seq: world.push(TAGS), id }, undefined, { op: 'quiet.end', params: { id }, label: 'Undo: back to the inbox' })
  },
}
