import { describe, expect, it } from 'vitest'
import { COMMANDS, type Mode } from './commands'
import { type Lore, NOTHING_KNOWN } from './lore'
import { parseLine, type Line, type Meaning } from './parse'

const now = Date.parse('2026-03-04T14:50:00Z')
const item = (number: string, text: string, open = true) => ({ id: `id-${number}`, number, text, open, detail: '' })
const lore: Lore = {
  ...NOTHING_KNOWN, me: 'dana', rhythm: 20,
  tasks: [{ ...item('T1', 'Roll back AMS'), owner: 'tomas', ask: 'ask-1' }, { ...item('T2', 'Freeze deploys', false), owner: 'ravi', ask: 'ask-2' }, { ...item('T3', 'Draft the all-clear'), owner: 'dana', ask: 'ask-3' }],
  hypotheses: [item('H1', 'Change 419 made the pool too small'), item('H2', 'A bad certificate', false)],
  questions: [item('Q1', 'Do refunds fail?')],
  incidents: [{ ref: 'INC-4QX2', title: 'Search results stale' }],
}
const read = (text: string, mode?: Mode) => parseLine(text, now, { lore, ...mode ? { mode } : {} })
const meaning = (text: string, mode?: Mode): Meaning | Line => {
  const line = read(text, mode)
  return line.kind === 'ready' ? line.meaning : line
}
const says = (text: string, mode?: Mode) => {
  const line = read(text, mode)
  return line.kind === 'problem' ? line.message : line.kind === 'unfinished' ? line.hint : line.kind
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
    expect(meaning('/role scribe')).toEqual({ do: 'open', ask: { kind: 'role', about: 'scribe' }, action: null })
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
    const opens = {
      sev: 'severity', status: 'lifecycle', role: 'role', impact: 'impact', attach: 'attach', help: 'help', redact: 'redact', task: 'task', decision: 'decision', question: 'question',
      hypothesis: 'hypothesis', update: 'update', promise: 'promise', look: 'look', handoff: 'handoff', bridge: 'bridge', merge: 'merge', link: 'link', split: 'split', need: 'board',
    }
    for (const [name, kind] of Object.entries(opens)) expect(meaning(`/${name}`), name).toMatchObject({ do: 'open', ask: { kind } })
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

describe('the craft, one line each', () => {
  const table: [string, object][] = [
    ['/task Roll back AMS @tomas 10m', { do: 'task', text: 'Roll back AMS', owner: 'tomas', minutes: 10 }],
    ['/task @tomas roll back AMS with @ravi', { do: 'task', text: 'roll back AMS with @ravi', owner: 'tomas', minutes: null }],
    ['/task 1h30m @Mei-Comms: draft the all-clear', { do: 'task', owner: 'mei-comms', minutes: 90 }],
    ['/task Drain 10m at a time, 45m @jo', { do: 'task', text: 'Drain 10m at a time,', owner: 'jo', minutes: 45 }],
    ['/decision Roll edge-eu back | option: fail over | risk: 90 s reduced capacity | polled', { do: 'decision', text: 'Roll edge-eu back', options: ['fail over'], risk: '90 s reduced capacity', polled: true }],
    ['/decide Freeze | polled | options: wait; ask', { do: 'decision', text: 'Freeze', options: ['wait', 'ask'], risk: null, polled: true }],
    ['/question Do refunds fail? @mei', { do: 'question', text: 'Do refunds fail?', of: 'mei' }],
    ['/question @mei Do refunds fail?', { do: 'question', text: 'Do refunds fail?', of: 'mei' }],
    ['/hypothesis The pool is too small', { do: 'hypothesis', text: 'The pool is too small' }],
    ['/update Payments through Frankfurt work again', { do: 'update', text: 'Payments through Frankfurt work again' }],
    ['/here ravi @mei, -jo', { do: 'here', here: ['ravi', 'mei'], left: ['jo'] }],
    ['/support h1 LHR is clean', { do: 'support', about: { id: 'id-H1' }, text: 'LHR is clean' }],
    ['/rule-out 1 certificate is valid', { do: 'rule_out', about: { id: 'id-H1' }, text: 'certificate is valid' }],
    ['/answer Q1 no, they work', { do: 'answer', about: { id: 'id-Q1' }, text: 'no, they work' }],
    ['/believe the pool is too small', { do: 'board', line: 'believe', text: 'the pool is too small' }],
    ['/need -', { do: 'board', line: 'need', text: null }],
    ['/report T1 two PoPs done | needs: a second pair of eyes | actions: going on', { do: 'report', task: { id: 'id-T1' }, conditions: 'two PoPs done', actions: 'going on', needs: 'a second pair of eyes' }],
    ['/report T1', { do: 'open', ask: { kind: 'report', about: 'id-T1' } }],
    ['/done T1 ratio is down', { do: 'done', task: { id: 'id-T1' }, note: 'ratio is down' }],
    ['/drop 3', { do: 'drop', task: { id: 'id-T3' }, note: null }],
    ['/extend T1 20m', { do: 'extend', task: { id: 'id-T1' }, minutes: 20 }],
    ['/extend T1', { do: 'extend', minutes: 15 }],
    ['/promise 20m', { do: 'promise', at: now + 1_200_000, minutes: 20 }],
    ['/promise 15:10', { do: 'promise', at: Date.parse('2026-03-04T15:10:00Z'), minutes: null }],
    ['/promise 04:50', { do: 'promise', at: Date.parse('2026-03-05T04:50:00Z') }],
    ['/promise end it is over', { do: 'end_promise', reason: 'it is over' }],
    ['/look 04:50 check replica lag, then resolve', { do: 'look', at: Date.parse('2026-03-05T04:50:00Z'), text: 'check replica lag', resolve: true }],
    ['/look 20m then resolve', { do: 'look', text: null, resolve: true }],
    ['/look 20m replica lag', { do: 'look', text: 'replica lag', resolve: false }],
    ['/handoff @sam roll MAD back next', { do: 'handoff', to: 'sam', next: 'roll MAD back next' }],
    ['/merge 4qx2', { do: 'merge', other: 'INC-4QX2' }],
    ['/link INC-9ZZZ', { do: 'link', other: 'INC-9ZZZ' }],
    ['/bridge https://meet.jit.si/x', { do: 'bridge', url: 'https://meet.jit.si/x' }],
    ['/bridge -', { do: 'bridge', url: null }],
    ['/key rolled back', { do: 'note', text: 'rolled back', pin: true }],
  ]
  it.each(table)('%s', (text, want) => expect(meaning(text)).toMatchObject(want))

  const refused: [string, string][] = [
    ['/task Roll back AMS', 'Who does it? Name one person, such as @tomas.'],
    ['/task Roll back AMS someone 10m', 'Who does it? Name one person, such as @tomas.'],
    ['/task @tomas 10m', 'What is @tomas to do?'],
    ['/task x @tomas 0m', 'A time box lasts at least one minute.'],
    ['/decision Freeze | maybe', '“maybe” is no part of a decision.'],
    ['/support H9 x', 'There is no H9.'],
    ['/support pool', 'Which hypothesis is it?'],
    ['/support H1', 'What speaks for it?'],
    ['/done T2', 'T2 is not open any more.'],
    ['/done', 'Which task? Choose one: T1, T3.'],
    ['/extend T1 soon', '“soon” is not a time box.'],
    ['/here r%i', '“r%i” is not a name.'],
    ['/promise soon', '“soon” is not a time ahead.'],
    ['/look lag', '“lag” is not a time ahead.'],
    ['/bridge room 4', 'That is not a link.'],
    ['/at 14:00 /promise 20m', '/promise cannot be back-dated.'],
    ['/said @mei /merge INC-4QX2', '/merge cannot be recorded for somebody else.'],
  ]
  it.each(refused)('%s: %s', (text, want) => expect(says(text)).toBe(want))

  it('the yes to a task is its owner’s, heard by voice, unless it is mine', () => {
    expect(read('/accept T1 rolling AMS back')).toMatchObject({ meaning: { do: 'accept', words: 'rolling AMS back' }, setting: { forName: 'tomas', by: 'voice' } })
    expect(read('/said @tomas by phone /accept T1')).toMatchObject({ setting: { forName: 'tomas', by: 'phone' } })
    expect(read('/accept T3')).toMatchObject({ setting: { forName: null, by: null } })
  })
})

describe('the alphabet', () => {
  it('reads a line without a slash by its letter', () => {
    expect(meaning('Roll back AMS @tomas', 'task')).toEqual({ do: 'task', text: 'Roll back AMS', owner: 'tomas', minutes: null })
    expect(meaning('The pool is too small', 'hypothesis')).toMatchObject({ do: 'hypothesis' })
    expect(meaning('FRA is back', 'pin')).toEqual({ do: 'note', text: 'FRA is back', pin: true })
    expect(meaning('/sev 1', 'task'), 'a command stays a command').toMatchObject({ do: 'severity' })
    expect(meaning('//etc is full', 'hypothesis')).toEqual({ do: 'hypothesis', text: '/etc is full' })
  })

  it('records any letter for another', () => {
    expect(read('@ravi said: the queue is full')).toMatchObject({ meaning: { do: 'note', text: 'the queue is full' }, setting: { forName: 'ravi', by: 'voice' } })
    expect(read('@ravi said by phone: roll AMS back @tomas 10m', 'task')).toMatchObject({ meaning: { do: 'task', owner: 'tomas', minutes: 10 }, setting: { forName: 'ravi', by: 'phone' } })
    expect(read('/decision @ravi said by chat: freeze | polled')).toMatchObject({ meaning: { do: 'decision', text: 'freeze' }, setting: { forName: 'ravi', by: 'chat' } })
    expect(read('/said @ravi voice LHR is clean')).toMatchObject({ meaning: { text: 'LHR is clean' }, setting: { forName: 'ravi', by: 'voice' } })
    expect(says('@ravi said by pigeon: hello')).toBe('“by pigeon” is not a way to say it.')
    expect(says('@ravi said:')).toBe('What did @ravi say?')
    expect(meaning('@ravi said so')).toMatchObject({ do: 'note', text: '@ravi said so' })
  })
})
