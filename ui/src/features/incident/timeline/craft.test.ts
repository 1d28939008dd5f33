import { describe, expect, it } from 'vitest'
import { faceOf } from './entry'
import { rowsOf } from './rows'
import { entry, minute } from './testing'
import { untoldAsks } from './untold'

const words = (...args: Parameters<typeof faceOf>) => faceOf(...args).pieces.map((piece) => (piece.as === 'bold' ? `*${piece.text}*` : piece.as === 'quote' ? `“${piece.text}”` : piece.text)).join('')
const made = (kind: string, text: string, state?: string, over = {}) => entry(1, 0, { kind, text, data: state ? { state } : {}, ...over })

describe('entries of a commander’s craft', () => {
  it('begin with what happened', () => {
    expect(words(made('task', 'Task for @tomas, 15 min: Roll back', 'added'))).toBe('*Task for @tomas, 15 min:* Roll back')
    expect(words(made('decision', 'Roll back. Risk: 90 s', 'decided'))).toBe('*Decision:* Roll back. Risk: 90 s')
    expect(words(made('hypothesis', 'Ruled out: LHR is clean', 'ruled_out'))).toBe('*Ruled out:* LHR is clean')
    expect(words(made('question', 'To @nils: how many orders?', 'asked'))).toBe('*Question:* To @nils: how many orders?')
  })

  it('say what they are about, where the room knows it', () => {
    const names = new Map([['t1', 'Freeze deploys'], ['h1', 'Card provider outage'], ['a1', '@jo as Scribe'], ['q1', 'status-mail']])
    const about = (kind: string, text: string, data: Record<string, unknown>) => words(entry(1, 0, { kind, text, data }), undefined, names)
    expect(about('task', 'Done: all of edge', { state: 'done', task: 't1' })).toBe('*Done:* Freeze deploys. all of edge')
    expect(about('task', 'A task goes to @ravi', { state: 'reassigned', task: 't1', owner: 'ravi' })).toBe('*Given to another:* Freeze deploys. @ravi does it now')
    expect(about('hypothesis', 'Ruled out: LHR is clean', { state: 'ruled_out', hypothesis: 'h1' })).toBe('*Ruled out:* Card provider outage. LHR is clean')
    expect(about('ask', 'Told by hand: the call', { state: 'told', ask: 'a1' })).toBe('*Told by hand:* @jo as Scribe. the call')
    expect(about('posted', 'Held until somebody says yes. The severity changed.', { state: 'held', queued: 'q1' })).toBe('*status-mail:* held until somebody says yes. The severity changed.')
    expect(about('task', 'Done', { state: 'done', task: 'gone' }), 'never a made-up name').toBe('*Done*')
  })

  it('set words that leave apart', () => {
    expect(words(made('update', 'We are looking.\nNext at 14:53.', 'written'))).toBe('*Update written*“We are looking.\nNext at 14:53.”')
  })

  it('name who spoke in a chat, known or not', () => {
    const chat = made('chat', 'FRA is clean', undefined, { on_behalf_of: 'tomas-edge', means: 'paste' })
    expect(words(chat)).toBe('*@tomas-edge* FRA is clean')
    expect(faceOf(chat)).toMatchObject({ icon: 'chat', by: null, marks: [{ icon: 'said', text: 'pasted by @dana' }] })
    expect(words(made('chat', 'me too', undefined, { means: 'paste', data: { said_by: 'Jo Park' } }))).toBe('*Jo Park* me too')
  })

  it('tell said from signed', () => {
    const yes = { kind: 'ask', text: 'Said yes', data: { state: 'yes', ask: 'a1' } }
    expect(faceOf(entry(1, 36, { ...yes, on_behalf_of: 'tomas-edge', means: 'voice' }))).toMatchObject({ icon: 'said', by: 'tomas-edge', marks: [{ text: 'by voice 14:36, typed by @dana' }] })
    expect(faceOf(entry(1, 36, { ...yes, actor: 'tomas-edge' }))).toMatchObject({ icon: 'check', marks: [] })
  })

  it('look different where somebody said no, or nothing was sent', () => {
    expect(faceOf(made('ask', 'Said no', 'no'))).toMatchObject({ icon: 'x', tone: 'warn' })
    expect(faceOf(made('posted', 'Held: mail', 'held')).tone).toBe('warn')
    expect(faceOf(made('posted', 'Update waits', 'queued'))).toMatchObject({ tone: 'plain', faint: true })
  })

  it('have an icon whatever a later version calls the step', () => {
    for (const kind of ['ask', 'task', 'decision', 'hypothesis', 'question', 'board', 'bridge', 'checklist', 'update', 'promise', 'posted', 'handoff', 'clock', 'link', 'roll_call', 'chat'])
      expect(faceOf(made(kind, 'Something new', 'unheard_of')).icon, kind).toBeTruthy()
  })
})

it('an ask of which nobody was told says so, until somebody was', () => {
  const knows = { ask: 'entry-1', person: 'jo', state: 'untold', text: 'not told yet', told: null, place: null, answer: null, words: null }
  const role = { role: 'scribe' as const, title: 'Scribe', name: 'jo', state: 'assigned', means: 'app' as const, since: minute(0), knows }
  const marks = (untold: ReadonlySet<string>) => rowsOf([made('role', '@jo is Scribe')], { looked: null, me: 'dana', groups: [], now: Date.parse(minute(1)), stretches: true, untold }).flatMap((row) => (row.row === 'entry' ? row.face.marks.map((mark) => mark.text) : []))
  expect(marks(untoldAsks({ roles: [role], tasks: [], handoff: null }))).toEqual(['not told yet'])
  expect(marks(untoldAsks({ roles: [{ ...role, knows: { ...knows, state: 'told' } }], tasks: [], handoff: null }))).toEqual([])
})
