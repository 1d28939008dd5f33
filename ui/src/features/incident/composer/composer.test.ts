import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Receipt } from '../../../ipc'
import { draft } from '../../../lib/drafts'
import type { Change } from './calls'
import { Composer, type Desk } from './composer.svelte'

const receipt: Receipt = { seq: 1, event: 'e', incident: 'INC-7K3F', recorded_at: '2026-03-04T14:00:00Z', undo: null }
let act: ReturnType<typeof vi.fn<(change: Change) => Promise<Receipt>>>
let desk: Desk

beforeEach(() => {
  act = vi.fn<(change: Change) => Promise<Receipt>>().mockResolvedValue(receipt)
  desk = {
    incident: () => 'INC-7K3F', draft: 'note:1', known: () => ({ people: ['dana', 'mei'], groups: [], held: [], title: '' }), refusal: () => null, act, open: vi.fn<Desk['open']>(), pinChosen: vi.fn<() => void>(),
  }
})

function typed(text: string): Composer {
  const composer = new Composer(desk)
  composer.type(text, text.length)
  return composer
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('writing', () => {
  it('clears the line once it is on record, and not before', async () => {
    const composer = typed('FRA is clean')
    composer.enter()
    expect(composer.text).toBe('FRA is clean')
    await settled()
    expect([composer.text, draft('note:1').read()]).toEqual(['', ''])
  })

  it('keeps what was typed while the line was on its way', async () => {
    const composer = typed('FRA is clean')
    composer.enter()
    composer.type('FRA is clean and so is AMS', 26)
    await settled()
    expect(composer.text).toBe(' and so is AMS')
  })

  /** The text of each line that was sent. */
  const sent = () => act.mock.calls.map(([change]) => ('text' in change.params ? change.params.text : null))

  it('records lines typed faster than the disk, each by itself and in order', async () => {
    const composer = typed('FRA is clean')
    composer.enter()
    composer.type('FRA is cleanAMS is clean', 24)
    composer.enter()
    composer.type('FRA is cleanAMS is cleanMAD burns', 33)
    composer.enter()
    composer.type('FRA is cleanAMS is cleanMAD burnsand', 36)
    await settled()
    expect(sent()).toEqual(['FRA is clean', 'AMS is clean', 'MAD burns'])
    expect(composer.text).toBe('and')
  })

  it('sets lines apart that were typed behind one that was not saved', async () => {
    act.mockRejectedValueOnce({ code: 'not_saved', message: 'Not saved: the disk is full.', hint: null, field: null })
    const composer = typed('FRA is clean')
    composer.enter()
    composer.type('FRA is cleanAMS is clean', 24)
    composer.enter()
    await settled()
    expect(composer.text).toBe('FRA is clean\nAMS is clean')
    composer.again()
    await settled()
    expect([composer.text, sent()]).toEqual(['AMS is clean', ['FRA is clean', 'FRA is clean']])
  })

  it('reads a line behind a task as a note, unless a letter was pressed for it', async () => {
    const composer = typed('Roll AMS back @mei')
    composer.begin('task')
    composer.enter()
    composer.type('Roll AMS back @meiFRA is clean', 30)
    composer.enter()
    await settled()
    expect(act.mock.calls.map(([change]) => change.op)).toEqual(['task.add', 'incident.note'])
    expect([composer.text, composer.mode]).toEqual(['', 'note'])
  })

  it('sends once, however often Enter is pressed', async () => {
    const composer = typed('FRA is clean')
    composer.enter()
    composer.enter()
    await settled()
    expect(act).toHaveBeenCalledTimes(1)
  })

  it('keeps every word where nothing was saved, and repeats under the same key', async () => {
    act.mockRejectedValueOnce({ code: 'not_saved', message: 'Not saved: the disk is full.', hint: null, field: null })
    const composer = typed('FRA is clean')
    composer.enter()
    await settled()
    expect([composer.text, composer.attempt.unsaved, draft('note:1').read()]).toEqual(['FRA is clean', true, 'FRA is clean'])
    composer.again()
    await settled()
    const keys = act.mock.calls.map(([change]) => (change.op === 'incident.note' ? change.params.once : null))
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
    expect(composer.text).toBe('')
  })

  it('lets a failed line be once it is changed', async () => {
    act.mockRejectedValueOnce({ code: 'not_saved', message: 'Not saved.', hint: null, field: null })
    const composer = typed('FRA is clean')
    composer.enter()
    await settled()
    composer.type('FRA is not clean', 16)
    expect(composer.attempt.state).toBe('idle')
  })

  it('picks the draft up again', () => {
    typed('half a thought')
    expect(new Composer(desk).text).toBe('half a thought')
  })
})

describe('commands', () => {
  it('run from the list with Enter once their words are there', async () => {
    const composer = typed('/tak')
    expect(composer.enter()).toBe('sent')
    await settled()
    expect(act.mock.calls[0]![0]).toEqual({ op: 'command.take', params: { incident: 'INC-7K3F' } })
  })

  it('are filled in with Enter where words are missing', () => {
    const composer = typed('/tit')
    expect(composer.enter()).toBe('filled')
    expect([composer.text, act.mock.calls.length]).toEqual(['/title ', 0])
  })

  it('never take an offer that nobody reached for', () => {
    const composer = typed('/sev ')
    expect([composer.offers?.offers.length, composer.picked]).toEqual([5, -1])
    composer.enter()
    expect(act).not.toHaveBeenCalled()
    expect(desk.open).toHaveBeenCalledWith({ do: 'open', ask: { kind: 'severity' }, action: 'set_severity' })
  })

  it('take the offer that was reached for', async () => {
    const composer = typed('/sev ')
    composer.move(1)
    composer.enter()
    await settled()
    expect(act.mock.calls[0]![0]).toMatchObject({ op: 'incident.severity', params: { severity: 'sev1' } })
  })

  it('choose with the arrows, round and round', () => {
    const composer = typed('/r')
    composer.move(-1)
    expect(composer.picked).toBe(6)
    composer.move(1)
    expect(composer.picked).toBe(0)
    expect(composer.fill()).toBe('/report '.length)
  })

  it('say why they are refused, and keep the words', () => {
    desk.refusal = (action) => (action === 'resolve' ? 'It is already Resolved.' : null)
    const composer = typed('/resolve')
    composer.closed = true
    composer.enter()
    expect(composer.problem?.message).toBe('It is already Resolved.')
    expect([composer.text, act.mock.calls.length]).toEqual(['/resolve', 0])
  })

  it('say what they do not understand', () => {
    const composer = typed('/sev 9')
    composer.enter()
    expect(composer.problem?.message).toBe('“9” is not a severity.')
    composer.type('/sev 1', 6)
    expect(composer.problem).toBeNull()
  })

  it('Esc closes the list until the next letter', () => {
    const composer = typed('/r')
    composer.closed = true
    expect(composer.offers).toBeNull()
    composer.type('/re', 3)
    expect(composer.offers).not.toBeNull()
  })
})

describe('the alphabet', () => {
  it('reads the line by its letter, keeps the words, and goes back to notes once it is on record', async () => {
    const composer = typed('Roll back AMS @tomas 10m')
    composer.begin('task')
    expect(composer.chips.map((one) => one.text)).toEqual(['@tomas', '10 min'])
    composer.enter()
    await settled()
    expect(act.mock.calls[0]![0]).toMatchObject({ op: 'task.add', params: { text: 'Roll back AMS', owner: 'tomas', minutes: 10 } })
    expect([composer.text, composer.mode]).toEqual(['', 'note'])
  })

  it('says that the time box is the usual one', () => {
    const composer = typed('Roll back AMS @tomas')
    composer.begin('task')
    expect(composer.chips.map((one) => one.text)).toEqual(['@tomas', '15 min, as usual'])
  })

  it('keeps the letter with the draft', () => {
    const composer = typed('')
    composer.begin('decision')
    composer.type('Roll edge-eu back', 17)
    const again = new Composer(desk)
    expect([again.mode, again.text]).toEqual(['decision', 'Roll edge-eu back'])
    again.begin('note')
    expect(new Composer(desk)).toMatchObject({ mode: 'note', text: 'Roll edge-eu back' })
  })

  it('refuses a task without an owner in place, and keeps the words', () => {
    const composer = typed('Roll back AMS someone 10m')
    composer.begin('task')
    composer.enter()
    expect(composer.problem?.message).toBe('Who does it? Name one person, such as @tomas.')
    expect([composer.text, composer.mode, act.mock.calls.length]).toEqual(['Roll back AMS someone 10m', 'task', 0])
  })

  it('keeps the words where the home says that an owner is nobody', async () => {
    act.mockRejectedValueOnce({ code: 'rejected', message: '“someone” is nobody. A task or role has one named owner.', hint: null, field: null })
    const composer = typed('Roll back AMS @someone')
    composer.begin('task')
    composer.closed = true
    composer.enter()
    await settled()
    expect(composer.attempt.fault?.message).toContain('is nobody')
    expect([composer.text, composer.mode]).toEqual(['Roll back AMS @someone', 'task'])
  })

  it('tries a task again under the same key', async () => {
    act.mockRejectedValueOnce({ code: 'not_saved', message: 'Not saved.', hint: null, field: null })
    const composer = typed('Roll back AMS @tomas')
    composer.begin('task')
    composer.enter()
    await settled()
    composer.again()
    await settled()
    const keys = act.mock.calls.map(([change]) => (change.op === 'task.add' ? change.params.once : null))
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
  })

  it('opens the form of a letter without words', () => {
    const composer = typed('')
    composer.begin('task')
    composer.enter()
    expect(desk.open).toHaveBeenCalledWith({ do: 'open', ask: { kind: 'task' }, action: null })
    expect(composer.mode).toBe('note')
  })

  it('records another’s words, and goes round the ways of saying them', () => {
    const composer = typed('LHR is clean')
    expect(composer.saidBy()).toBe(1)
    expect(composer.text).toBe('@ said: LHR is clean')
    composer.type('@ravi said: LHR is clean', 5)
    expect(composer.chips.map((one) => one.text)).toEqual(['@ravi, by voice'])
    composer.saidBy()
    expect([composer.text, composer.chips[0]?.text]).toEqual(['@ravi said by chat: LHR is clean', '@ravi, by chat'])
    composer.saidBy()
    composer.saidBy()
    expect(composer.text).toBe('@ravi said: LHR is clean')
  })

  it('asks for the next update once one was written', async () => {
    const composer = typed('/update Payments work again')
    composer.enter()
    await settled()
    expect(composer.written).toEqual({ update: 'e' })
  })
})
