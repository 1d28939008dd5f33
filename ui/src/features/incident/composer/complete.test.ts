import { describe, expect, it } from 'vitest'
import { COMMANDS, type Mode } from './commands'
import { complete, take, type Known } from './complete'
import { NOTHING_KNOWN } from './lore'

const item = (number: string, text: string, open = true) => ({ id: `id-${number}`, number, text, open, detail: '' })
const known: Known = {
  people: ['dana', 'mei-comms', 'ravi-ops'],
  groups: [{ id: '0191-a', title: 'checkout 5xx ratio', firing: 3 }, { id: '0191-b', title: 'edge queue', firing: 0 }],
  held: [{ role: 'commander', name: 'dana' }, { role: 'operations', name: 'ravi-ops' }],
  now: Date.parse('2026-03-04T14:50:00Z'),
  title: 'Checkout returns 502',
  lore: {
    ...NOTHING_KNOWN, me: 'dana', rhythm: 20,
    tasks: [{ ...item('T1', 'Roll back AMS and MAD'), owner: 'tomas', ask: 'a1' }, { ...item('T2', 'Freeze deploys', false), owner: 'ravi', ask: 'a2' }, { ...item('T3', 'Replay queued orders'), owner: 'dana', ask: 'a3' }],
    hypotheses: [item('H1', 'Upstream pool too small'), item('H2', 'A bad certificate', false)],
    questions: [item('Q1', 'Do refunds fail?')],
    incidents: [{ ref: 'INC-4QX2', title: 'Search results stale' }],
    board: { ...NOTHING_KNOWN.board, need: 'A scribe' },
  },
}
const offers = (text: string, caret = text.length) => complete(text, caret, known)
const labels = (text: string, mode: Mode = 'note') => complete(text, text.length, { ...known, mode })?.offers.map((one) => one.label) ?? null
const taking = (text: string, index = 0) => {
  const found = offers(text)!
  return take(text, found, found.offers[index]!)
}

describe('the command list', () => {
  it('opens on a slash and narrows by the letters typed', () => {
    expect(labels('/')).toHaveLength(COMMANDS.length)
    expect(labels('/r')).toEqual(['/report', '/rule-out', '/resolve', '/reopen', '/role', '/release', '/redact'])
    expect(labels('/rol'), 'its title says role').toEqual(['/role', '/here', '/release'])
    expect(labels('/zzz')).toBeNull()
  })

  it('also finds a command by a word of what it does', () => {
    expect(labels('/rename')).toEqual(['/title'])
    expect(labels('/back')).toEqual(['/at', '/reopen', '/release'])
  })

  it('stays away from notes', () => {
    expect(labels('FRA is clean /r')).toBeNull()
    expect(labels('//r')).toBeNull()
    expect(labels('/note /r')).toBeNull()
  })

  it('says which letters were typed, for the highlight', () => {
    expect(offers('/ro')!.offers[0]).toMatchObject({ label: '/role', typed: 3 })
  })
})

describe('arguments', () => {
  it('offers roles with who holds them, then people', () => {
    expect(offers('/role o')!.offers.map((one) => [one.label, one.detail])).toEqual([['operations', 'Operations Lead, now @ravi-ops'], ['observer', 'Observer']])
    expect(labels('/role scribe ')).toEqual(['@dana', '@mei-comms', '@ravi-ops'])
    expect(labels('/role scribe @m')).toEqual(['@mei-comms', '@m'])
    expect(labels('/role ic r')).toEqual(['@ravi-ops', '@r'])
  })

  it('offers only held roles for release', () => {
    expect(labels('/release ')).toEqual(['commander', 'operations'])
  })

  it('offers states, severities, impact steps and waiting alerts', () => {
    expect(labels('/status m')).toEqual(['Mitigated', 'Monitoring'])
    expect(labels('/sev 1')).toEqual(['SEV1'])
    expect(labels('/sev ')).toHaveLength(5)
    expect(labels('/impact ')).toEqual(['start', 'update', 'end'])
    expect(labels('/attach edge')).toEqual(['edge queue'])
  })

  it('offers the present title to edit', () => {
    expect(labels('/title ')).toEqual(['Checkout returns 502'])
    expect(taking('/title ')).toEqual({ text: '/title Checkout returns 502', caret: 27 })
    expect(labels('/title S')).toBeNull()
  })

  it('works behind prefixes, with the commands that may stand there', () => {
    expect(labels('/at 14:07 /re')).toEqual(['/report', '/resolve', '/reopen'])
    expect(labels('/at 14:07 /ack')).toBeNull()
    expect(labels('/said @m')).toEqual(['@mei-comms', '@m'])
    expect(labels('/said @mei-comms by ')).toEqual(['by voice', 'by chat', 'by phone', 'by paste'])
    expect(labels('/said @mei-comms by voice /ro')).toEqual(['/role'])
    expect(labels('/said @mei-comms by voice /role com')).toEqual(['commander', 'communications'])
  })
})

describe('taking an offer', () => {
  it('fills in and leaves the caret where the words go on', () => {
    expect(taking('/tit')).toEqual({ text: '/title ', caret: 7 })
    expect(taking('/role scr')).toEqual({ text: '/role scribe ', caret: 13 })
    expect(taking('/role scribe @da')).toEqual({ text: '/role scribe @dana', caret: 18 })
    expect(taking('/said @d')).toEqual({ text: '/said @dana ', caret: 12 })
  })

  it('keeps what stands behind the caret', () => {
    const found = complete('/ti new name', 3, known)!
    expect(take('/ti new name', found, found.offers[0]!)).toEqual({ text: '/title new name', caret: 7 })
  })
})

describe('what the room knows', () => {
  const table: [string, string[] | null][] = [
    ['/done ', ['T1 Roll back AMS and MAD', 'T3 Replay queued orders']],
    ['/done repl', ['T3 Replay queued orders']],
    ['/report T3', ['T3 Replay queued orders']],
    ['/accept 1', ['T1 Roll back AMS and MAD']],
    ['/extend T1 ', ['10m', '15m', '20m', '30m', '60m']],
    ['/extend T1 3', ['30m']],
    ['/support pool', ['H1 Upstream pool too small']],
    ['/rule-out ', ['H1 Upstream pool too small']],
    ['/support H1 LHR is', null],
    ['/answer ref', ['Q1 Do refunds fail?']],
    ['/merge stale', ['INC-4QX2']],
    ['/link inc-4', ['INC-4QX2']],
    ['/need ', ['A scribe']],
    ['/believe ', null],
    ['/promise ', ['20m', '10m', '15m', '30m', '60m']],
    ['/handoff @m', ['@mei-comms', '@m']],
    ['/here ravi-ops m', ['@mei-comms', '@m']],
    ['/here ', null],
    ['/task Roll back @m', ['@mei-comms', '@m']],
    ['/question @m', ['@mei-comms', '@m']],
    ['FRA is clean, says @m', null],
    ['@m', ['@mei-comms', '@m']],
  ]
  it.each(table)('%s', (text, want) => expect(labels(text)).toEqual(want))

  it('is offered by the letter as well', () => {
    expect(labels('Roll back AMS @da', 'task')).toEqual(['@dana', '@da'])
    expect(labels('Roll back AMS @da', 'decision')).toBeNull()
  })

  it('fills in the number and keeps the words behind it', () => {
    expect(taking('/support pool')).toEqual({ text: '/support H1 ', caret: 12 })
    expect(taking('/here ravi-ops -m')).toEqual({ text: '/here ravi-ops -@mei-comms ', caret: 27 })
    expect(taking('/extend T1 3')).toEqual({ text: '/extend T1 30m', caret: 14 })
  })
})
