// What the room is shown of an incident's craft: the board, words that leave, clocks, hints, and what comes next.

import type { BoardLineView, BoardView, ClockView, CommsView, HintView, NextView, TaskView } from '../../bindings.gen'
import { type Case, open, type World } from '../world'
import { untickedItem } from './asks'
import { rhythm } from './comms'
import { asks } from './heard'

const MINUTE = 60_000
/** Most people that one person leads well. */
const SPAN = 7
const SILENT_MINUTES = 20
const COMMAND_HOURS = 4

const openTasks = (c: Case): TaskView[] => c.craft.tasks.filter((t) => t.state === 'open').sort((a, b) => a.due.localeCompare(b.due))

/** When the next time box ends. */
export const nextBox = (c: Case): string | null => openTasks(c)[0]?.due ?? null

const newer = (one: BoardLineView | null, other: BoardLineView | null) => (one && other ? (other.at > one.at ? other : one) : (one ?? other))

export function board(c: Case): BoardView {
  const { lines, hypotheses } = c.craft
  const byTime = (standing: string) => hypotheses.filter((h) => h.standing === standing).sort((a, b) => a.at.localeCompare(b.at)).at(-1)
  const led = byTime('supported') ?? byTime('proposed')
  const tasks = openTasks(c)
  const needs = tasks.filter((t) => t.report?.needs).sort((a, b) => a.report!.heard.at.localeCompare(b.report!.heard.at)).at(-1)
  return {
    believe: newer(lines.believe ?? null, led ? { text: led.text, at: led.at, event: led.id, written: false } : null),
    doing: lines.doing ?? null, first_task: tasks[0] ?? null, open_tasks: tasks.length,
    need: newer(lines.need ?? null, needs ? { text: needs.report!.needs!, at: needs.report!.heard.at, event: needs.report!.heard.event, written: false } : null),
    objective: lines.objective ?? null,
  }
}

export function comms(world: World, c: Case): CommsView {
  const { updates, postings, promise, kept, queue } = c.craft
  const news = [...updates.flatMap((u) => u.postings), ...postings].filter((p) => p.piece === 'update' || p.piece === 'announcement').map((p) => p.heard.at).sort()
  const { minutes, long } = rhythm(world, c)
  return { updates, postings, promise, ...kept, queue, last_news_at: news.at(-1) ?? null, rhythm_minutes: minutes, long }
}

export function clocks(world: World, c: Case): ClockView[] {
  if (!open(c)) return []
  const made = (clock: string, about: string | null, text: string, from: string, due: string, offer_resolve = false): ClockView => {
    const part = (world.now() - Date.parse(from)) / Math.max(1, Date.parse(due) - Date.parse(from))
    const stage = part >= 1 ? 'due' : clock === 'promise' && part >= 0.8 ? 'nearly' : null
    return { clock, about, text, from, due, rests: false, stage, offer_resolve }
  }
  const { promise, looks } = c.craft
  const list = openTasks(c).map((t) => made('task', t.id, t.text, new Date(Date.parse(t.due) - t.minutes * MINUTE).toISOString(), t.due))
  if (promise) list.push(made('promise', null, 'Next update', new Date(Date.parse(promise.due) - (promise.every_minutes ?? 20) * MINUTE).toISOString(), promise.due))
  for (const look of looks) list.push(made('look', look.id, look.text ?? 'Look again', look.set_at, look.at, look.offer_resolve))
  return list.sort((a, b) => a.due.localeCompare(b.due))
}

export function hints(world: World, c: Case): HintView[] {
  if (!open(c)) return []
  const list: HintView[] = []
  const hint = (kind: string, text: string) => list.push({ kind, text })
  const major = c.severity === 'sev1' || c.severity === 'sev2'
  const vacant = (role: string) => !c.roles.some((r) => r.role === role)
  const { name, since, state } = c.commander
  for (const ask of asks(c)) if (ask.state === 'no') hint('said_no', `@${ask.person} said no. Ask another.`)
  if (name && (c.roles.some((r) => r.name === name && r.role === 'operations') || openTasks(c).some((t) => t.owner === name))) hint('commander_does', `@${name} commands and also does the work. Give the task or the role away.`)
  if (major && vacant('scribe')) hint('no_scribe', 'Nobody is scribe.')
  if (major && vacant('communications')) hint('no_communications', 'Nobody leads communications.')
  if (major && !c.craft.promise) hint('no_promise', 'No next update is promised.')
  const people = new Set([...c.roles.filter((r) => r.role !== 'observer').map((r) => r.name), ...openTasks(c).map((t) => t.owner), ...c.craft.present.map((p) => p.person)].filter((person) => person !== name))
  if (people.size > SPAN) hint('span', `${people.size} people report to the commander; more than ${SPAN} is hard. Name leads for groups.`)
  const silent = Math.floor((world.now() - Date.parse(c.entries.filter((e) => !e.machine).at(-1)?.recorded_at ?? c.declared_at)) / MINUTE)
  if (silent >= SILENT_MINUTES) hint('silence', `Nothing recorded for ${silent} min. Ask for a status on the call.`)
  const hours = Math.floor((world.now() - Date.parse(since)) / (60 * MINUTE))
  if (state !== 'unclaimed' && hours >= COMMAND_HOURS) hint('long_command', `@${name} has commanded for ${hours} h. Think of handing over.`)
  const last = c.craft.decisions.at(-1)
  if (last && !last.polled && !last.result) hint('not_polled', `Nobody was asked for strong objections to: ${last.text}`)
  return list
}

export function next(world: World, c: Case): NextView | null {
  if (!open(c)) return null
  const { me } = world
  const say = (text: string, action: string | null, about: string | null = null): NextView => ({ text, action, about })
  const commands = c.commander.name === me
  const { handoff } = c.craft
  if (handoff?.to === me) return say('You are offered command: read the brief, then accept or decline.', 'handoff', handoff.id)
  const mine = asks(c).find((one) => one.person === me && (one.state === 'untold' || one.state === 'told'))
  const asked = c.craft.tasks.find((t) => t.id === mine?.ask)
  if (mine && (!commands || asked)) return say(`You are asked for ${asked ? `“${asked.text}”` : 'a role'}: say yes or no.`, 'answer', mine.ask)
  const due = clocks(world, c).filter((clock) => clock.stage === 'due' || clock.stage === 'nearly')
  const own = c.craft.tasks.find((t) => t.owner === me && due.some((clock) => clock.about === t.id))
  if (own) return say(`Time is up for “${own.text}”: report conditions, actions, needs.`, 'report', own.id)
  if (commands) {
    if (c.commander.state === 'acting') return say('You are acting: say aloud that you command, and confirm.', 'confirm_command')
    const first = due[0]
    const task = c.craft.tasks.find((t) => t.id === first?.about)
    if (first?.clock === 'promise') return say('Post the promised update.', 'update')
    if (first?.clock === 'look') return say(first.text, first.offer_resolve ? 'resolve' : 'look_done', first.about)
    if (task) return say(`Ask @${task.owner} for a report on “${task.text}”.`, 'report', task.id)
    const untold = asks(c).find((one) => one.state === 'untold')
    if (untold) return say(`@${untold.person} does not know yet: tell them, then note what they said.`, 'tell', untold.ask)
    if ((c.severity === 'sev1' || c.severity === 'sev2') && !c.craft.promise) return say(`Promise the next update, in ${rhythm(world, c).minutes} min.`, 'promise')
  }
  const item = untickedItem(c, me)
  return item ? say(item, 'tick') : null
}
