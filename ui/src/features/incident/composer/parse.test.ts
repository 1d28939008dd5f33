import { describe, expect, it } from 'vitest'
import { COMMANDS } from './commands'
import { parseLine, type Line, type Meaning } from './parse'

const now = Date.parse('2026-03-04T14:50:00Z')
const read = (text: string) => parseLine(text, now)
const meaning = (text: string): Meaning | Line => {
  const line = read(text)
  return line.kind === 'ready' ? line.meaning : line
}
const says = (text: string) => {
  const line = read(text)
  return line.kind === 'problem' ? line.message : line.kind
}

describe('a line without a command', () => {
  it('is a note, whatever it holds', () => {
    for (const text of ['FRA is clean', '3', '1', '/var/log is full', '@dana said so', 'two\nlines', '#payments']) {
      expect(meaning(text), text).toEqual({ do: 'note', text, pin: false })
    }
  })

  it('begins with // when its first word looks like a command', () => {
    expect(meaning('//sev is odd')).toEqual({ do: 'note', text: '/sev is odd', pin: false })
  })

  it('may be nothing', () => {
    expect(read('  \n ')).toEqual({ kind: 'empty' })
  })
})

describe('commands', () => {
  it('set the severity with an optional reason', () => {
    expect(meaning('/sev 1')).toEqual({ do: 'severity', severity: 'sev1', reason: null })
    expect(meaning('/sev SEV-2 only the EU')).toEqual({ do: 'severity', severity: 'sev2', reason: 'only the EU' })
    expect(says('/sev 6')).toBe('“6” is not a severity.')
  })

  it('move to a state, named whole or by its only beginning, with an optional time', () => {
    expect(meaning('/status mit')).toEqual({ do: 'status', status: 'mitigated', action: 'set_status' })
    expect(says('/status m')).toBe('“m” is not a state.')
    expect(read('/resolve 14:07')).toMatchObject({ meaning: { do: 'status', status: 'resolved', action: 'resolve' }, setting: { at: Date.parse('2026-03-04T14:07:00Z') } })
    expect(read('/status mitigated at -5m')).toMatchObject({ setting: { at: now - 300_000 } })
    expect(meaning('/reopen')).toEqual({ do: 'status', status: 'investigating', action: 'reopen' })
    expect(says('/resolve all good')).toBe('“all good” is not a time.')
  })

  it('give and take roles, by any name of the role and in any order', () => {
    expect(meaning('/role scribe @jo')).toEqual({ do: 'assign', role: 'scribe', name: 'jo' })
    expect(meaning('/role @jo ops')).toEqual({ do: 'assign', role: 'operations', name: 'jo' })
    expect(meaning('/role Communications Lead mei')).toEqual({ do: 'assign', role: 'communications', name: 'mei' })
    expect(meaning('/role scribe')).toEqual({ do: 'open', what: 'role', words: 'scribe' })
    expect(meaning('/release expert @jo')).toEqual({ do: 'release', role: 'expert', name: 'jo' })
    expect(meaning('/release scribe')).toEqual({ do: 'release', role: 'scribe', name: null })
    expect(says('/role captain @jo')).toBe('“captain” is not a role.')
    expect(says('/role scribe @j%o')).toBe('“@j%o” is not a name.')
  })

  it('run an impact interval with what is known of it', () => {
    expect(read('/impact start 13:58 18% of EU checkouts fail #payments #Checkout')).toMatchObject({
      meaning: { do: 'impact', step: 'start', share: 18, services: ['payments', 'checkout'], text: '18% of EU checkouts fail' },
      setting: { at: Date.parse('2026-03-04T13:58:00Z') },
    })
    expect(meaning('/impact end')).toEqual({ do: 'impact', step: 'end', share: null, services: [], text: null })
    expect(says('/impact start 120%')).toBe('120% is more than all customers.')
    expect(says('/impact stop')).toBe('“stop” is not a step.')
  })

  it('open what needs a choice when they stand alone', () => {
    for (const what of ['sev', 'status', 'role', 'impact', 'attach', 'help', 'redact'] as const) {
      expect(meaning(`/${what}`), what).toEqual({ do: 'open', what, words: '' })
    }
  })

  it('pin words, or the chosen entry', () => {
    expect(meaning('/pin rolled back')).toEqual({ do: 'note', text: 'rolled back', pin: true })
    expect(meaning('/pin')).toEqual({ do: 'pin_chosen' })
  })

  it('refuse words they have no use for', () => {
    expect(says('/take it')).toBe('/take takes no words.')
  })

  it('name what is unknown instead of writing it down', () => {
    expect(says('/checkout returns 502')).toBe('There is no command /checkout.')
  })

  it('wait for words without calling it a mistake', () => {
    for (const text of ['/note', '/at', '/at 14:07', '/said', '/said @dana by chat', '/title', '/release']) expect(read(text).kind, text).toBe('unfinished')
  })

  it('are all understood by the parser', () => {
    for (const command of COMMANDS) expect(read(`/${command.name}`).kind, command.name).not.toBe('problem')
  })
})

describe('prefixes', () => {
  it('back-date what follows', () => {
    expect(read('/at 14:07 FRA rolled back')).toEqual({
      kind: 'ready', meaning: { do: 'note', text: 'FRA rolled back', pin: false }, setting: { at: Date.parse('2026-03-04T14:07:00Z'), forName: null, by: null },
    })
    expect(read('/at -12m /status mitigated')).toMatchObject({ meaning: { do: 'status' }, setting: { at: now - 720_000 } })
    expect(says('/at noon it broke')).toBe('“noon” is not a time.')
    expect(says('/at -1m /sev 1')).toBe('/sev cannot be back-dated.')
  })

  it('record what somebody else said, by voice unless told otherwise', () => {
    expect(read('/said @Mei by chat LHR is clean')).toMatchObject({ meaning: { text: 'LHR is clean' }, setting: { forName: 'mei', by: 'chat' } })
    expect(read('/said mei LHR is clean')).toMatchObject({ setting: { forName: 'mei', by: 'voice' } })
    expect(says('/said @mei by pigeon hello')).toBe('“by pigeon” is not a way to say it.')
    expect(says('/said @mei /ack')).toBe('/ack cannot be recorded for somebody else.')
  })

  it('fill in whose role it is', () => {
    expect(read('/said @mei by voice /role comms')).toMatchObject({ meaning: { do: 'assign', role: 'communications', name: 'mei' } })
    expect(says('/at 14:13 /role comms @mei')).toBe('/role cannot be back-dated.')
  })

  it('stand together', () => {
    expect(read('/at 14:13 /said @mei by phone /status mitigated')).toMatchObject({
      meaning: { do: 'status', status: 'mitigated' }, setting: { at: Date.parse('2026-03-04T14:13:00Z'), forName: 'mei', by: 'phone' },
    })
  })
})
