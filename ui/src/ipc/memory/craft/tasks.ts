// Operations on tasks: one named owner and a time box.

import type { OneTask, Operations, TaskView } from '../../bindings.gen'
import { type Case, fail, type World } from '../world'
import { asked, byId, handle, heard, once, words, write } from './heard'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

/** Time box without one, in minutes. */
const BOX_DEFAULT = 15
const NOBODY = /^(some(one|body)|any(one|body)|every(one|body)|no-?(one|body)|all|us|we|team|they|them|tbd|tba|here|channel|whoever|unassigned)$/

export const tasks: Handlers = {
  'task.add': (world, params) => {
    const c = world.case(params.incident)
    return once(world, c, params.once, () => {
      const text = words(params.text, 'text')
      const owner = named(params.owner)
      const minutes = box(params.minutes ?? BOX_DEFAULT)
      world.know(owner)
      const entry = write(world, c, 'task', `Task for @${owner}, ${minutes} min: ${text}`, { state: 'added', text, owner, minutes }, params)
      c.craft.tasks.push({
        id: entry.id, text, owner, added_at: entry.occurred_at, due: later(entry.occurred_at, minutes), minutes, state: 'open', ended: null, note: null, knows: asked(world, entry, owner, params), report: null,
      })
      return world.receipt(entry, c, { op: 'task.drop', params: { incident: c.id, task: entry.id }, label: 'Undo: drop the task' })
    })
  },
  'task.extend': (world, params) => {
    const [c, task] = open(world, params)
    task.minutes = box(params.minutes)
    const entry = write(world, c, 'task', `${task.minutes} min more for a task`, { state: 'extended', task: task.id, minutes: task.minutes }, params)
    task.due = later(entry.occurred_at, task.minutes)
    return world.receipt(entry, c)
  },
  'task.reassign': (world, params) => {
    const [c, task] = open(world, params)
    const before = task.owner
    task.owner = named(params.owner)
    world.know(task.owner)
    const entry = write(world, c, 'task', `A task goes to @${task.owner}`, { state: 'reassigned', task: task.id, owner: task.owner }, params)
    task.knows = asked(world, entry, task.owner, params)
    return world.receipt(entry, c, { op: 'task.reassign', params: { incident: c.id, task: task.id, owner: before }, label: `Undo: back to @${before}` })
  },
  'task.report': (world, params) => {
    const [c, task] = open(world, params)
    const conditions = words(params.conditions, 'conditions')
    const said = [`Conditions: ${conditions}.`, params.actions && `Actions: ${params.actions}.`, params.needs && `Needs: ${params.needs}.`].filter(Boolean).join(' ')
    const entry = write(world, c, 'task', `Report. ${said}`, { state: 'reported', task: task.id, conditions, actions: params.actions ?? null, needs: params.needs ?? null }, params)
    task.report = { conditions, actions: params.actions || null, needs: params.needs || null, heard: heard(world, entry, params) }
    return world.receipt(entry, c)
  },
  'task.done': (world, params) => end(world, params, 'done'),
  'task.drop': (world, params) => end(world, params, 'dropped'),
  'task.reopen': (world, params) => {
    const c = world.case(params.incident)
    const task = byId(c.craft.tasks, params.task, 'task')
    if (task.state === 'open') return world.receipt(null, c)
    Object.assign(task, { state: 'open', ended: null, note: null })
    return world.receipt(write(world, c, 'task', 'A task is open again', { state: 'open', task: task.id }, params), c)
  },
}

const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()

function named(typed: string): string {
  const owner = handle(typed)
  if (!owner || NOBODY.test(owner)) fail('invalid_field', owner ? `“${owner}” is nobody.` : 'A task needs one named owner.', 'Name one person, such as @ravi-ops.', 'owner')
  return owner
}

function box(minutes: number): number {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1440) fail('invalid_field', 'A time box is between 1 minute and a day.', 'Such as 15.', 'minutes')
  return minutes
}

function open(world: World, { incident, task }: { incident: string; task: string }): [Case, TaskView] {
  const c = world.case(incident)
  const found = byId(c.craft.tasks, task, 'task')
  if (found.state !== 'open') fail('refused', `That task is ${found.state}.`, 'Reopen it first.')
  return [c, found]
}

function end(world: World, params: OneTask, state: 'done' | 'dropped') {
  const [c, task] = open(world, params)
  const entry = write(world, c, 'task', `${state === 'done' ? 'Done' : 'Dropped'}${params.note ? `: ${params.note}` : ''}`, { state, task: task.id, note: params.note ?? null }, params)
  Object.assign(task, { state, ended: heard(world, entry, params), note: params.note || null })
  return world.receipt(entry, c, { op: 'task.reopen', params: { incident: c.id, task: task.id }, label: 'Undo: open again' })
}
