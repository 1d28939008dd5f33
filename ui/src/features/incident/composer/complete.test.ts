import { describe, expect, it } from 'vitest'
import { complete, take, type Known } from './complete'

const known: Known = {
  people: ['dana', 'mei-comms', 'ravi-ops'],
  groups: [{ id: '0191-a', title: 'checkout 5xx ratio', firing: 3 }, { id: '0191-b', title: 'edge queue', firing: 0 }],
  held: [{ role: 'commander', name: 'dana' }, { role: 'operations', name: 'ravi-ops' }],
  now: Date.parse('2026-03-04T14:50:00Z'),
  title: 'Checkout returns 502',
}
const offers = (text: string, caret = text.length) => complete(text, caret, known)
const labels = (text: string) => offers(text)?.offers.map((one) => one.label) ?? null
const taking = (text: string, index = 0) => {
  const found = offers(text)!
  return take(text, found, found.offers[index]!)
}

describe('the command list', () => {
  it('opens on a slash and narrows by the letters typed', () => {
    expect(labels('/')).toHaveLength(20)
    expect(labels('/r')).toEqual(['/resolve', '/reopen', '/role', '/release', '/redact'])
    expect(labels('/rol'), 'its title says role').toEqual(['/role', '/release'])
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
    expect(labels('/at 14:07 /re')).toEqual(['/resolve', '/reopen'])
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
