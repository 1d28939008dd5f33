// How entries of a commander's craft read. The record names what they are about by id; the room knows the words of it. Pure.

import type { EntryView, IncidentView } from '../../../ipc'
import type { Piece } from './entry'

/** What ids stand for, in words: tasks, thoughts, asks, and what waits to be sent. */
export type Names = ReadonlyMap<string, string>

export function namesOf(incident: Pick<IncidentView, 'tasks' | 'decisions' | 'hypotheses' | 'questions' | 'roles' | 'handoff' | 'comms'> | undefined): Names {
  if (!incident) return new Map()
  const thoughts = [...incident.decisions, ...incident.hypotheses, ...incident.questions].map((one) => [one.id, one.text] as const)
  const asks = incident.roles.map((one) => [one.knows.ask, `@${one.name} as ${one.title}`] as const)
  const tasks = incident.tasks.flatMap((one) => [[one.knows.ask, `@${one.owner}, ${one.text}`], [one.id, one.text]] as const)
  const queue = incident.comms.queue.map((one) => [one.id, one.channel] as const)
  const handoff = incident.handoff ? [[incident.handoff.id, `@${incident.handoff.to}, command`] as const] : []
  return new Map([...thoughts, ...asks, ...tasks, ...queue, ...handoff])
}

/** One step: what stands out, what it is about, and whether the record's own words follow whole or after their colon. */
interface Step {
  lead: string
  about?: string
  words?: 'whole' | 'rest'
}

const STEPS: Record<string, Record<string, Step>> = {
  ask: { told: { lead: 'Told by hand', about: 'ask', words: 'rest' }, yes: { lead: 'Said yes', about: 'ask', words: 'rest' }, no: { lead: 'Said no', about: 'ask', words: 'rest' } },
  task: {
    done: { lead: 'Done', about: 'task', words: 'rest' }, dropped: { lead: 'Dropped', about: 'task', words: 'rest' }, open: { lead: 'To be done after all', about: 'task' },
    extended: { lead: 'More time', about: 'task' }, reassigned: { lead: 'Given to another', about: 'task' },
  },
  decision: { decided: { lead: 'Decision', words: 'whole' }, polled: { lead: 'Strong objections asked for', about: 'decision', words: 'rest' }, resulted: { lead: 'Result', about: 'decision', words: 'rest' } },
  hypothesis: { proposed: { lead: 'Hypothesis', words: 'whole' }, supported: { lead: 'Supported', about: 'hypothesis', words: 'rest' }, ruled_out: { lead: 'Ruled out', about: 'hypothesis', words: 'rest' } },
  question: { asked: { lead: 'Question', words: 'whole' }, answered: { lead: 'Answer', about: 'question', words: 'rest' } },
}

/** Whether its words may name what the room knows by id. */
export const namesOthers = ({ kind }: EntryView): boolean => kind === 'posted' || Object.hasOwn(STEPS, kind)

/** Its words, or null where the record's sentence says it all. */
export function told({ kind, data, text }: EntryView, names: Names): Piece[] | null {
  const id = (key: string) => (typeof data[key] === 'string' ? names.get(data[key]) : undefined)
  if (kind === 'posted') {
    const channel = id('queued')
    return channel ? [{ text: `${channel}:`, as: 'bold' }, { text: ` ${text.charAt(0).toLowerCase()}${text.slice(1)}` }] : null
  }
  const step = STEPS[kind]?.[typeof data['state'] === 'string' ? data['state'] : '']
  if (!step) return null
  const detail = kind === 'task' ? ofTask(data) : null
  const own = step.words === 'whole' ? text : step.words === 'rest' ? (/^[^:]{1,60}: ([\s\S]+)$/.exec(text)?.[1] ?? null) : null
  const after = [step.about ? id(step.about) : null, detail, own].filter(Boolean).join('. ')
  return after ? [{ text: `${step.lead}:`, as: 'bold' }, { text: ` ${after}` }] : [{ text: step.lead, as: 'bold' }]
}

/** Who has a task now, or for how long. */
function ofTask({ state, owner, minutes }: EntryView['data']): string | null {
  if (state === 'reassigned' && typeof owner === 'string') return `@${owner} does it now`
  return state === 'extended' && typeof minutes === 'number' ? `${minutes} min from then` : null
}
