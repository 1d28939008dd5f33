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
      const entry = write(world, c, 'decision', `Decision: ${text}${params.risk ? ` Risk: ${params.risk}` : ''}`, { state: 'decided', text, options: params.options ?? [], risk: params.risk ?? null, polled: params.polled ?? false }, params)
      const by = heard(world, entry, params)
      c.craft.decisions.push({ id: entry.id, text, options: params.options ?? [], risk: params.risk || null, heard: by, polled: params.polled ? by : null, objections: [], result: null })
      return world.receipt(entry, c)
    })
  },
  'decision.poll': (world, params) => {
    const c = world.case(params.incident)
    const decision = byId(c.craft.decisions, params.decision, 'decision')
    const text = params.objection ? `Objection to ${decision.text}: ${params.objection}` : `No strong objections: ${decision.text}`
    const entry = write(world, c, 'decision', text, { state: 'polled', decision: decision.id, text: decision.text, objection: params.objection ?? null }, params)
    decision.polled = heard(world, entry, params)
    if (params.objection) decision.objections.push({ text: params.objection, heard: decision.polled })
    return world.receipt(entry, c)
  },
  'decision.result': (world, params) => {
    const c = world.case(params.incident)
    const decision = byId(c.craft.decisions, params.about, 'decision')
    const text = words(params.text, 'text')
    const entry = write(world, c, 'decision', `Result: ${text} (${decision.text})`, { state: 'resulted', decision: decision.id, text }, params)
    decision.result = { text, heard: heard(world, entry, params) }
    return world.receipt(entry, c)
  },
  'hypothesis.add': (world, params) => {
    const c = world.case(params.incident)
    return once(world, c, params.once, () => {
      const text = words(params.text, 'text')
      const entry = write(world, c, 'hypothesis', `Hypothesis: ${text}`, { state: 'proposed', text }, params)
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
      const entry = write(world, c, 'question', `Question${of ? ` to @${of}` : ''}: ${text}`, { state: 'asked', text, of }, params)
      c.craft.questions.push({ id: entry.id, text, of, heard: heard(world, entry, params), answer: null })
      return world.receipt(entry, c)
    })
  },
  'question.answer': (world, params) => {
    const c = world.case(params.incident)
    const question = byId(c.craft.questions, params.about, 'question')
    const text = words(params.text, 'text')
    const entry = write(world, c, 'question', `Answer: ${text} (${question.text})`, { state: 'answered', question: question.id, text }, params)
    question.answer = { text, heard: heard(world, entry, params) }
    return world.receipt(entry, c)
  },
  'board.set': (world, params) => {
    const c = world.case(params.incident)
    const before = c.craft.lines[params.line]?.text ?? null
    const text = params.text?.trim() || null
    if (text === before) return world.receipt(null, c)
    const entry = write(world, c, 'board', `${LINES[params.line]}: ${text ?? 'nothing written'}`, { line: params.line, text }, params)
    if (text) c.craft.lines[params.line] = { text, at: entry.occurred_at, event: entry.id, written: true }
    else delete c.craft.lines[params.line]
    return world.receipt(entry, c, { op: 'board.set', params: { incident: c.id, line: params.line, text: before }, label: 'Undo: the line as before' })
  },
}

function weigh(world: World, params: AboutThought, standing: 'supported' | 'ruled_out') {
  const c = world.case(params.incident)
  const hypothesis = byId(c.craft.hypotheses, params.about, 'hypothesis')
  const text = words(params.text, 'text')
  const entry = write(world, c, 'hypothesis', `${standing === 'supported' ? 'Supported' : 'Ruled out'}: ${hypothesis.text}. ${text}`, { state: standing, hypothesis: hypothesis.id, text: hypothesis.text, evidence: text }, params)
  hypothesis.standing = standing
  hypothesis.at = entry.occurred_at
  hypothesis.evidence.push({ text, heard: heard(world, entry, params) })
  return world.receipt(entry, c)
}
