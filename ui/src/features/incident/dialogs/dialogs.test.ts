import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useBackend } from '../../../ipc'
import { over } from '../../../ipc/memory'
import { seed } from '../../../ipc/memory/seed'
import type { Case, World } from '../../../ipc/memory/world'
import { actions } from '../../../lib/actions.svelte'
import { clock } from '../../../lib/clock.svelte'
import { violations } from '../../../lib/testing/axe'
import { toasts } from '../../../lib/toasts.svelte'
import type { Room } from '../room.svelte'
import Host from './host.testing.svelte'
import type { DialogAsk } from './kinds'
import { rhythms } from './rhythms'

const ID = 'INC-7K3F'
/** axe walks every node in several passes; a busy machine needs its time. */
const AXE_MS = 30_000
let world: World
let calls: { op: string; params: Record<string, unknown> }[]
let stop = () => {}
const press = (event: KeyboardEvent) => {
  if (!event.defaultPrevented && actions.press(event)) event.preventDefault()
}

beforeEach(() => {
  world = seed('busy')
  calls = []
  useBackend({
    async rpc(op, params) {
      calls.push({ op, params: structuredClone(params) as Record<string, unknown> })
      return over(world).rpc(op, params)
    },
    subscribe: async (since, pushed) => world.listen(since, pushed),
  })
  window.addEventListener('keydown', press)
  stop = clock.start()
})
afterEach(() => {
  cleanup()
  stop()
  window.removeEventListener('keydown', press)
  toasts.list.forEach((toast) => toasts.dismiss(toast.id))
})

const the = (ref = ID): Case => world.cases.find((one) => one.ref === ref)!
const craft = () => the().craft
const READS = /^(brief|role\.cards|settings|home)$|\.(show|list|timeline)$/
const changes = () => calls.filter((one) => !READS.test(one.op))

async function open(ask: DialogAsk, id = ID) {
  const user = userEvent.setup()
  const room = await new Promise<Room>((ready) => render(Host, { id, ready }))
  await waitFor(() => expect(room.me && room.matrix.data && room.active.data && room.people.data).toBeTruthy())
  room.open(ask)
  const dialog = await screen.findByRole('dialog')
  return { user, room, dialog }
}

/** Goes there by Tab alone; what Tab cannot reach, no keyboard can. */
async function reach(user: UserEvent, target: HTMLElement) {
  for (let i = 0; i < 60 && document.activeElement !== target; i++) await user.tab()
  expect(document.activeElement, `Tab reaches ${target.getAttribute('aria-label') ?? target.textContent}`).toBe(target)
}

/** One step of a person at the keyboard: a field and what is typed, a choice, a tick. */
type Step = [role: 'textbox' | 'combobox' | 'radio' | 'checkbox' | 'button', name: string | RegExp, keys?: string]

async function does(user: UserEvent, [role, name, keys = '']: Step) {
  const target = await within(await screen.findByRole('dialog')).findByRole<HTMLElement>(role, { name })
  if (role === 'radio') {
    const group = target.closest('[role=radiogroup]')!
    const all = [...group.querySelectorAll<HTMLElement>('[role=radio]')]
    const now = all.find((one) => one.tabIndex === 0) ?? all[0]!
    await reach(user, now)
    for (let i = 0; i < all.length && target.getAttribute('aria-checked') !== 'true'; i++) await user.keyboard('{ArrowRight}')
    expect(target.getAttribute('aria-checked')).toBe('true')
    return
  }
  await reach(user, target)
  if (role === 'textbox' || role === 'combobox') await user.clear(target)
  await user.keyboard(role === 'checkbox' ? ' ' : role === 'button' ? '{Enter}' : keys)
}

interface Shown {
  ask: () => DialogAsk
  title: string | RegExp
  steps: Step[]
  /** Ends it; default: the last step does. */
  end?: string
  calls: { op: string; params: object }[]
}

const task = () => craft().tasks.find((one) => one.text === 'Roll back AMS and MAD')!
const untold = () => the().roles.find((one) => one.name === 'lena-support')!.knows

const table: [string, Shown][] = [
  ['a new task', {
    ask: () => ({ kind: 'task' }), title: 'Add a task',
    steps: [['textbox', 'What is to be done', 'Replay the queue'], ['textbox', 'Time box, minutes', '10'], ['combobox', 'Owner', '@nils-payments{Escape}'], ['button', /^Add the task/]],
    calls: [{ op: 'task.add', params: { text: 'Replay the queue', owner: 'nils-payments', minutes: 10, once: expect.any(String) } }],
  }],
  ['a longer time box', { ask: () => ({ kind: 'task', about: task().id }), title: /T\d Roll back AMS and MAD/, steps: [['textbox', 'Minutes from now', '20{Enter}']], calls: [{ op: 'task.extend', params: { minutes: 20 } }] }],
  ['another owner', { ask: () => ({ kind: 'task', about: task().id }), title: /Roll back/, steps: [['radio', 'Owner'], ['combobox', 'New owner', '@ravi-ops{Escape}{Enter}']], calls: [{ op: 'task.reassign', params: { owner: 'ravi-ops' } }] }],
  ['a task that is done, by its owner’s word', {
    ask: () => ({ kind: 'task', about: task().id }), title: /Roll back/, steps: [['radio', 'Done'], ['radio', 'By phone'], ['textbox', 'Outcome', 'all six are back{Enter}']],
    calls: [{ op: 'task.done', params: { note: 'all six are back', for_name: 'tomas-edge', by: 'phone' } }],
  }],
  ['a report, then more time', {
    ask: () => ({ kind: 'report', about: task().id }), title: /Report on Roll back/,
    steps: [['radio', '15 min more'], ['textbox', /^Needs/, 'a second pair of eyes'], ['textbox', /^Conditions/, 'four of six are back{Enter}']],
    calls: [{ op: 'task.report', params: { conditions: 'four of six are back', actions: null, needs: 'a second pair of eyes', for_name: 'tomas-edge', by: 'voice' } }, { op: 'task.extend', params: { minutes: 15 } }],
  }],
  ['an answer by chat', {
    ask: () => ({ kind: 'answer', about: untold().ask }), title: 'What @lena-support said', steps: [['radio', 'By chat'], ['textbox', 'In which words', 'on it{Enter}']],
    calls: [{ op: 'ask.answer', params: { yes: true, words: 'on it', for_name: 'lena-support', by: 'chat' } }],
  }],
  ['a no', {
    ask: () => ({ kind: 'answer', about: untold().ask, extra: { yes: 'false' } }), title: 'What @lena-support said', steps: [['textbox', 'Why not', 'off at six{Enter}']],
    calls: [{ op: 'ask.answer', params: { yes: false, words: 'off at six' } }],
  }],
  ['a person told by hand', {
    ask: () => ({ kind: 'tell', about: untold().ask }), title: 'Told by hand', steps: [['combobox', 'Where', 'on the call'], ['button', /^Record that/]],
    calls: [{ op: 'ask.tell', params: { place: 'on the call' } }],
  }],
  ['a decision', {
    ask: () => ({ kind: 'decision' }), title: 'Record a decision',
    steps: [['textbox', 'Decided', 'Fail over to AMS'], ['textbox', /^Options/, 'wait{Enter}roll on'], ['radio', 'Asked for, nobody had any'], ['textbox', 'Risk', '90 s'], ['button', /^Record the decision/]],
    calls: [{ op: 'decision.add', params: { text: 'Fail over to AMS', options: ['wait', 'roll on'], risk: '90 s', polled: true, once: expect.any(String) } }],
  }],
  ['an objection', {
    ask: () => ({ kind: 'decision', about: craft().decisions[0]!.id }), title: /Freeze deploys/, steps: [['radio', 'An objection'], ['combobox', 'Whose objection', '@ravi-ops{Escape}'], ['textbox', 'The objection', 'too early{Enter}']],
    calls: [{ op: 'decision.poll', params: { objection: 'too early', for_name: 'ravi-ops', by: 'voice' } }],
  }],
  ['the result of a decision', {
    ask: () => ({ kind: 'decision', about: craft().decisions[0]!.id }), title: /./, steps: [['radio', 'The result'], ['textbox', 'What came of it', 'ratio is down{Enter}']],
    calls: [{ op: 'decision.result', params: { text: 'ratio is down' } }],
  }],
  ['a hypothesis', { ask: () => ({ kind: 'hypothesis' }), title: 'Propose a hypothesis', steps: [['textbox', 'What may be behind it', 'DNS{Enter}']], calls: [{ op: 'hypothesis.add', params: { text: 'DNS' } }] }],
  ['a hypothesis ruled out', {
    ask: () => ({ kind: 'hypothesis', about: craft().hypotheses.find((one) => one.standing === 'proposed')!.id }), title: /Retry storm/, steps: [['radio', 'Rules it out'], ['textbox', 'Evidence', 'no retries seen{Enter}']],
    calls: [{ op: 'hypothesis.rule_out', params: { text: 'no retries seen' } }],
  }],
  ['a question', { ask: () => ({ kind: 'question' }), title: 'Keep a question open', steps: [['combobox', 'Who may know', '@mei-comms{Escape}'], ['textbox', 'The question', 'Do refunds fail?{Enter}']], calls: [{ op: 'question.add', params: { text: 'Do refunds fail?', of: 'mei-comms' } }] }],
  ['an answer to a question', {
    ask: () => ({ kind: 'question', about: craft().questions[0]!.id }), title: /How many orders/, steps: [['textbox', 'The answer', '212{Enter}']],
    calls: [{ op: 'question.answer', params: { text: '212', for_name: 'nils-payments', by: 'voice' } }],
  }],
  ['a line of the board', { ask: () => ({ kind: 'board', about: 'need' }), title: 'The board', steps: [['textbox', 'We need', 'A scribe{Enter}']], calls: [{ op: 'board.set', params: { line: 'need', text: 'A scribe' } }] }],
  ['a bridge', { ask: () => ({ kind: 'bridge' }), title: 'Bridge', steps: [['textbox', 'Address', 'https://meet.jit.si/x{Enter}']], calls: [{ op: 'incident.bridge', params: { url: 'https://meet.jit.si/x' } }] }],
  ['a promise', { ask: () => ({ kind: 'promise' }), title: 'Next update', steps: [['textbox', 'By when', '25{Enter}']], calls: [{ op: 'update.promise', params: { minutes: 25 } }] }],
  ['no further update', { ask: () => ({ kind: 'promise' }), title: 'Next update', steps: [['radio', 'No further update'], ['textbox', 'Why', 'it is over{Enter}']], calls: [{ op: 'update.end_promise', params: { reason: 'it is over' } }] }],
  ['a look', { ask: () => ({ kind: 'look' }), title: 'Look again', steps: [['textbox', 'When', '20m'], ['checkbox', 'Then offer to resolve'], ['textbox', 'At what', 'replica lag'], ['button', /^Set the time/]], calls: [{ op: 'look.set', params: { text: 'replica lag', offer_resolve: true } }] }],
  ['a merge', { ask: () => ({ kind: 'merge' }), title: 'Merge into another incident', steps: [['combobox', 'The one that carries on', 'INC-4QX2{Escape}{Enter}']], calls: [{ op: 'incident.merge', params: { incident: ID, other: 'INC-4QX2' } }] }],
  ['a link', { ask: () => ({ kind: 'link' }), title: 'Link another incident', steps: [['combobox', 'The other one', 'INC-4QX2{Escape}{Enter}']], calls: [{ op: 'incident.link', params: { other: 'INC-4QX2' } }] }],
  ['a split', { ask: () => ({ kind: 'split' }), title: 'Split alerts off', steps: [['checkbox', /./], ['textbox', 'Title of the new one', 'Edge queue{Enter}']], calls: [{ op: 'incident.split', params: { title: 'Edge queue', alerts: [expect.any(String)] } }] }],
  ['an offer of command', {
    ask: () => ({ kind: 'handoff' }), title: 'Hand over command', steps: [['combobox', 'To', '@ravi-ops{Escape}'], ['textbox', 'What I would do next', 'roll MAD back{Enter}']],
    calls: [{ op: 'handoff.offer', params: { to: 'ravi-ops', next: 'roll MAD back' } }],
  }],
  ['an update posted by hand', {
    ask: () => ({ kind: 'update' }), title: /Update 3/, steps: [['textbox', 'Message', 'AMS is back'], ['radio', '10 min'], ['combobox', 'Posted where?', '#inc-checkout{Escape}'], ['textbox', 'Message', 'AMS is back']], end: '{Control>}{Enter}{/Control}',
    calls: [{ op: 'update.posted', params: { piece: 'update', text: 'AMS is back', place: '#inc-checkout', next_minutes: 10, once: expect.any(String) } }],
  }],
  ['an update sent by a channel', {
    ask: () => ({ kind: 'update' }), title: /Update 3/, steps: [['checkbox', 'incidents'], ['radio', 'None'], ['textbox', 'Message', 'AMS is back']], end: '{Control>}{Enter}{/Control}',
    calls: [{ op: 'update.send', params: { text: 'AMS is back', channels: ['incidents'], next_minutes: null } }],
  }],
]

describe('each dialog, by keys alone', () => {
  it.each(table)('%s', async (_, { ask, title, steps, end, calls: want }) => {
    const { user } = await open(ask())
    const dialog = await screen.findByRole('dialog', { name: title })
    expect(await violations(dialog)).toEqual([])
    for (const step of steps) await does(user, step)
    if (end) await user.keyboard(end)
    await waitFor(() => expect(changes().length).toBeGreaterThanOrEqual(want.length))
    expect(changes()).toEqual(want.map(({ op, params }) => ({ op, params: expect.objectContaining(params) })))
  }, AXE_MS)
})

describe('what was typed', () => {
  const kept: [DialogAsk, string][] = [
    [{ kind: 'task' }, 'What is to be done'], [{ kind: 'decision' }, 'Decided'], [{ kind: 'hypothesis' }, 'What may be behind it'], [{ kind: 'question' }, 'The question'],
    [{ kind: 'update' }, 'Message'], [{ kind: 'handoff' }, 'What I would do next'], [{ kind: 'board', about: 'believe' }, 'We believe'],
  ]
  it.each(kept)('outlives Esc: %o', async (ask, name) => {
    const { user, room } = await open(ask)
    await does(user, ['textbox', name, 'half a thought'])
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    room.open({ ...ask })
    expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name })).value).toBe('half a thought')
    expect(changes()).toEqual([])
  })

  it('is gone once it is on record', async () => {
    const { user, room } = await open({ kind: 'hypothesis' })
    await does(user, ['textbox', 'What may be behind it', 'DNS{Enter}'])
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    room.open({ kind: 'hypothesis' })
    expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'What may be behind it' })).value).toBe('')
  })

  it('stays, with the reason in place, where it was refused', async () => {
    const { user } = await open({ kind: 'task' })
    await does(user, ['textbox', 'What is to be done', 'Replay'])
    await does(user, ['combobox', 'Owner', '@someone{Escape}'])
    await does(user, ['button', /^Add the task/])
    expect((await screen.findByRole('alert')).textContent).toContain('nobody')
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'What is to be done' }).value).toBe('Replay')
  })
})

describe('handoff as a protocol', () => {
  it('offer, brief, yes by voice; until then the outgoing one commands', async () => {
    const { user } = await open({ kind: 'handoff' })
    await does(user, ['combobox', 'To', '@ravi-ops{Escape}'])
    await does(user, ['textbox', 'What I would do next', 'roll MAD back{Enter}'])
    const dialog = await screen.findByRole('dialog', { name: 'Command is offered to @ravi-ops' })
    expect(dialog.textContent).toContain('@dana commands until @ravi-ops accepts.')
    expect(dialog.textContent).toContain('not told yet')
    expect(dialog.textContent, 'nobody was asked who was not told').not.toMatch(/\basked\b/i)
    await within(dialog).findByText(/roll MAD back/)
    expect(await violations(dialog)).toEqual([])
    expect(the().commander.name).toBe('dana')
    await does(user, ['radio', 'Read aloud'])
    await waitFor(() => expect(calls.findLast((one) => one.op === 'brief')?.params).toMatchObject({ piece: 'handoff', form: 'speech' }))
    await does(user, ['button', 'They have it'])
    await waitFor(() => expect(dialog.textContent).toContain('has the brief'))
    await does(user, ['button', 'Said yes'])
    await waitFor(() => expect(the().commander.name).toBe('ravi-ops'))
    expect(changes().at(-1)).toMatchObject({ op: 'handoff.accept', params: { for_name: 'ravi-ops', by: 'voice' } })
    const told = await screen.findByRole('dialog', { name: /announcement/i })
    expect(await within(told).findByText(/Command has passed/), 'the announcement is at hand at once').toBeTruthy()
  }, AXE_MS)

  it('declined: command stays', async () => {
    const { user } = await open({ kind: 'handoff', extra: { to: 'ravi-ops' } })
    await does(user, ['textbox', 'What I would do next', 'x{Enter}'])
    await screen.findByRole('dialog', { name: 'Command is offered to @ravi-ops' })
    await does(user, ['textbox', /^Why not/, 'off at six'])
    await does(user, ['button', 'Declined'])
    await waitFor(() => expect(changes().at(-1)).toMatchObject({ op: 'handoff.decline', params: { reason: 'off at six', for_name: 'ravi-ops' } }))
    expect(the().commander.name).toBe('dana')
  })

  it('offers all that one commands at the end of a shift', async () => {
    for (const one of [the('INC-4QX2'), the('INC-P81C')]) one.commander = { name: 'dana', state: 'confirmed', since: world.at() }
    const { user } = await open({ kind: 'handoff', extra: { to: 'ravi-ops' } })
    await does(user, ['checkbox', /^Offer all \d incidents I command/])
    await does(user, ['textbox', 'What I would do next', 'see each brief{Enter}'])
    await waitFor(() => expect(changes().at(-1)).toMatchObject({ op: 'handoff.offer_all', params: { to: 'ravi-ops', next: 'see each brief' } }))
  })

  it('is accepted in the app by the one it is offered to', async () => {
    craft().handoff = null
    world.me = 'ravi-ops'
    const handoff = over(world)
    await handoff.rpc('handoff.offer', { incident: ID, to: 'ravi-ops', next: null })
    const { user } = await open({ kind: 'handoff' })
    await screen.findByRole('dialog', { name: 'You are offered command' })
    await does(user, ['button', 'Accept command'])
    await waitFor(() => expect(changes().at(-1)).toMatchObject({ op: 'handoff.accept', params: { for_name: null, by: null } }))
  })
})

describe('an update', () => {
  it('is seen as it will be read, copied with Alt Y, then asked where it was put', async () => {
    const { user, dialog } = await open({ kind: 'update' })
    await does(user, ['textbox', 'Message', 'AMS is back'])
    await waitFor(() => expect(within(dialog).getByRole('region', { name: 'Preview' }).textContent).toContain('AMS is back'))
    await user.keyboard('{Alt>}y{/Alt}')
    await waitFor(() => expect(dialog.textContent).toMatch(/Copied \d\d:\d\d\./))
    expect(document.activeElement).toBe(within(dialog).getByRole('combobox', { name: 'Posted where?' }))
    expect(await navigator.clipboard.readText()).toContain('AMS is back')
  })

  it('says what is held and lets a person decide', async () => {
    const { user, dialog } = await open({ kind: 'update' })
    expect(dialog.textContent).toContain('status-mail is held. The severity changed since it was written.')
    await does(user, ['button', 'Do not send'])
    await waitFor(() => expect(changes().at(-1)).toMatchObject({ op: 'post.withdraw' }))
  })

  it('posted later, keeps its words', async () => {
    const { user, dialog } = await open({ kind: 'update', about: craft().updates[0]!.id })
    expect(dialog.textContent).toContain('The cause is known')
    await does(user, ['combobox', 'Posted where?', 'status page{Escape}{Enter}'])
    await waitFor(() => expect(changes().at(-1)).toMatchObject({ op: 'update.posted', params: { update: craft().updates[0]!.id, place: 'status page' } }))
  })
})

it('a role card is ticked by Space', async () => {
  const { user, dialog } = await open({ kind: 'role-card' })
  const first = (await within(dialog).findAllByRole<HTMLInputElement>('checkbox'))[0]!
  expect(await violations(dialog)).toEqual([])
  await reach(user, first)
  await user.keyboard(' ')
  await waitFor(() => expect(changes().at(-1)).toMatchObject({ op: 'role.tick', params: { role: 'commander', item: 0 } }))
}, AXE_MS)

it('a look that is due ends, or resolves where that was offered', async () => {
  const made = await over(world).rpc('look.set', { incident: ID, minutes: 1, text: 'replica lag', offer_resolve: true }) as { event: string }
  const { user } = await open({ kind: 'look', about: made.event })
  await screen.findByRole('dialog', { name: 'replica lag' })
  await does(user, ['button', 'Move to Resolved'])
  await waitFor(() => expect(changes().map((one) => one.op)).toEqual(['incident.status', 'look.done']))
})

it('says that what was asked for is gone', async () => {
  await open({ kind: 'task', about: 'no-such-task' })
  await screen.findByRole('dialog', { name: 'It is no longer there' })
})

it('the help names every letter and is walked by keys', async () => {
  const { user, dialog } = await open({ kind: 'help' })
  expect(dialog.textContent).toContain('T task')
  await reach(user, within(dialog).getByRole('region', { name: 'All commands' }))
  expect(await violations(dialog)).toEqual([])
}, AXE_MS)

it('offers the rhythm that holds, the short one, and the long one once the incident is long', () => {
  const cadence = [{ severity: 'sev1' as const, cadence: { every_minutes: 20, long_minutes: 60, long_after_minutes: 120 }, targets: { acknowledge_minutes: 5, resolve_minutes: 240, pauses: [] } }]
  const at = (rhythm_minutes: number, long: boolean) => rhythms({ severity: 'sev1', comms: { rhythm_minutes, long } as never }, cadence).map((one) => one.value)
  expect(at(20, false)).toEqual(['10m', '20m'])
  expect(at(60, true)).toEqual(['20m', '30m', '60m'])
})

it('never calls an untold person asked', async () => {
  for (const ask of [{ kind: 'answer', about: untold().ask }, { kind: 'tell', about: untold().ask }] as DialogAsk[]) {
    const { dialog } = await open(ask)
    expect(dialog.textContent).toMatch(/not told yet|does not know yet/)
    expect(dialog.textContent).not.toMatch(/\basked\b/i)
    cleanup()
  }
})
