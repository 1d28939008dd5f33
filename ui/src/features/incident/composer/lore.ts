// What the room knows and a line may name: tasks, hypotheses, questions by their number, other incidents, the board. Pure.

import type { IncidentSummary, IncidentView } from '../../../ipc'

/** Something a line may be about, by its number within the incident: T2, H1, Q3. */
export interface Named {
  id: string
  /** `T2`. */
  number: string
  text: string
  open: boolean
  /** What a list shows beside it. */
  detail: string
}

export interface NamedTask extends Named {
  owner: string
  /** The ask that its owner answers. */
  ask: string
}

export type BoardName = 'believe' | 'doing' | 'need' | 'objective'

export interface Lore {
  me: string
  tasks: readonly NamedTask[]
  hypotheses: readonly Named[]
  questions: readonly Named[]
  decisions: readonly Named[]
  incidents: readonly { ref: string; title: string }[]
  board: Readonly<Record<BoardName, string | null>>
  /** Minutes to the next update, as the cadence says now. */
  rhythm: number | null
}

export const NOTHING_KNOWN: Lore = {
  me: '', tasks: [], hypotheses: [], questions: [], decisions: [], incidents: [], board: { believe: null, doing: null, need: null, objective: null }, rhythm: null,
}

const STANDING: Record<string, string> = { proposed: 'proposed', supported: 'supported', ruled_out: 'ruled out' }

/** What a line may name in this incident. Numbers follow the order of the record, so they never move. */
export function loreOf(incident: IncidentView, active: readonly IncidentSummary[], me: string): Lore {
  const { board } = incident
  return {
    me,
    tasks: incident.tasks.map((one, i) => ({ id: one.id, number: `T${i + 1}`, text: one.text, open: one.state === 'open', detail: `@${one.owner}, ${one.knows.text}`, owner: one.owner, ask: one.knows.ask })),
    hypotheses: incident.hypotheses.map((one, i) => ({ id: one.id, number: `H${i + 1}`, text: one.text, open: one.standing !== 'ruled_out', detail: STANDING[one.standing] ?? one.standing })),
    questions: incident.questions.map((one, i) => ({ id: one.id, number: `Q${i + 1}`, text: one.text, open: one.answer === null, detail: one.of ? `asked of @${one.of}` : '' })),
    decisions: incident.decisions.map((one, i) => ({ id: one.id, number: `D${i + 1}`, text: one.text, open: one.result === null, detail: '' })),
    incidents: active.filter((one) => one.id !== incident.id).map(({ ref, title }) => ({ ref, title })),
    board: { believe: board.believe?.text ?? null, doing: board.doing?.text ?? null, need: board.need?.text ?? null, objective: board.objective?.text ?? null },
    rhythm: incident.comms.rhythm_minutes,
  }
}

/** The number of an item as the room shows it: `T2`; empty where it is not among them. */
export const numberOf = (items: readonly Named[], id: string): string => items.find((one) => one.id === id)?.number ?? ''

/** Takes the number of an item off the front of a line: `T2`, `t2`, `2`. */
export function takeNumber<N extends Named>(items: readonly N[], letter: string, rest: string): { item: N | null; typed: string; rest: string } | null {
  const head = new RegExp(`^#?${letter}?(\\d{1,4})(?=\\s|$)`, 'i').exec(rest)
  if (!head) return null
  return { item: items.find((one) => one.number === `${letter}${Number(head[1])}`) ?? null, typed: `${letter}${Number(head[1])}`, rest: rest.slice(head[0].length).trim() }
}
