// Operations on what the room thinks: decisions, hypotheses, questions, and the lines of the board.

import type { AboutThought, BoardLine, Operations } from '../../bindings.gen'
import { type World } from '../world'
import { byId, handle, heard, once, words, write } from './heard'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

const LINES: Record<BoardLine, string> = { believe: 'We believe', doing: 'We are doing', need: 'We need', objective: 'Objective' }

export const thoughts: Handlers = {
  'decision.add': (world, params) => {
    const c = world.case(params.incident)
    return once(world, c, params.once, () => {
      const text = words(params.text, 'text')
      const entry = write(world, c, 'decision', `${text}${params.risk ? ` Risk: ${params.risk}` : ''}`, { state: 'decided', options: params.options ?? [], risk: params.risk ?? null }, params)
      const by = heard(world, entry, params)
      c.craft.decisions.push({ id: entry.id, text, options: params.options ?? [], risk: params.risk || null, heard: by, polled: params.polled ? by : null, objections: [], result: null })
      return world.receipt(entry, c)
    })
  },
  'decision.poll': (world, params) => {
    const c = world.case(params.incident)
    const decision = byId(c.craft.decisions, params.decision, 'decision')
    const text = params.objection ? `Objection: ${params.objection}` : 'Asked for strong objections: none'
    const entry = write(world, c, 'decision', text, { state: 'polled', decision: decision.id, objection: params.objection ?? null }, params)
    decision.polled = heard(world, entry, params)
    if (params.objection) decision.objections.push({ text: params.objection, heard: decision.polled })
    return world.receipt(entry, c)
  },
  'decision.result': (world, params) => {
    const c = world.case(params.incident)
    const decision = byId(c.craft.decisions, params.about, 'decision')
    const text = words(params.text, 'text')
    const entry = write(world, c, 'decision', `Result: ${text}`, { state: 'resulted', decision: decision.id }, params)
    decision.result = { text, heard: heard(world, entry, params) }
    return world.receipt(entry, c)
  },
  'hypothesis.add': (world, params) => {
    const c = world.case(params.incident)
    return once(world, c, params.once, () => {
      const text = words(params.text, 'text')
      const entry = write(world, c, 'hypothesis', text, { state: 'proposed' }, params)
      c.craft.hypotheses.push({ id: entry.id, text, standing: 'proposed', at: entry.occurred_at, heard: heard(world, entry, params), evidence: [] })
      return world.receipt(entry, c)
    })
  },
  'hypothesis.support': (world, params) => weigh(world, params, 'supported'),
  'hypothesis.rule_out': (world, params) => weigh(world, params, 'ruled_out'),
  'question.add': (world, params) => {
    const c = world.case(params.incident)
    return once(world, c, params.once, () => {
      const text = words(params.text, 'text')
      const of = params.of ? handle(params.of) : null
      const entry = write(world, c, 'question', of ? `To @${of}: ${text}` : text, { state: 'asked', of }, params)
      c.craft.questions.push({ id: entry.id, text, of, heard: heard(world, entry, params), answer: null })
      return world.receipt(entry, c)
    })
  },
  'question.answer': (world, params) => {
    const c = world.case(params.incident)
    const question = byId(c.craft.questions, params.about, 'question')
    const text = words(params.text, 'text')
    const entry = write(world, c, 'question', `Answer: ${text}`, { state: 'answered', question: question.id }, params)
    question.answer = { text, heard: heard(world, entry, params) }
    return world.receipt(entry, c)
  },
  'board.set': (world, params) => {
    const c = world.case(params.incident)
    const before = c.craft.lines[params.line]?.text ?? null
    const text = params.text?.trim() || null
    if (text === before) return world.receipt(null, c)
    const entry = write(world, c, 'board', `${LINES[params.line]}: ${text ?? 'taken off the board'}`, { line: params.line, text }, params)
    if (text) c.craft.lines[params.line] = { text, at: entry.occurred_at, event: entry.id, written: true }
    else delete c.craft.lines[params.line]
    return world.receipt(entry, c, { op: 'board.set', params: { incident: c.id, line: params.line, text: before }, label: 'Undo: the line as before' })
  },
}

function weigh(world: World, params: AboutThought, standing: 'supported' | 'ruled_out') {
  const c = world.case(params.incident)
  const hypothesis = byId(c.craft.hypotheses, params.about, 'hypothesis')
  const text = words(params.text, 'text')
  const entry = write(world, c, 'hypothesis', `${standing === 'supported' ? 'Speaks for it' : 'Ruled out'}: ${text}`, { state: standing, hypothesis: hypothesis.id }, params)
  hypothesis.standing = standing
  hypothesis.at = entry.occurred_at
  hypothesis.evidence.push({ text, heard: heard(world, entry, params) })
  return world.receipt(entry, c)
}
