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
    expect(desk.open).toHaveBeenCalledWith({ do: 'open', what: 'sev', words: '' })
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
    expect(composer.picked).toBe(4)
    composer.move(1)
    expect(composer.picked).toBe(0)
    expect(composer.fill()).toBe('/resolve'.length)
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
