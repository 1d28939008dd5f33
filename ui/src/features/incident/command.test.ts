// The room of a commander who is alone with it: who knows what, the board, what is promised, what comes next.
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call, useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import type { Case, World } from '../../ipc/memory/world'
import { actions } from '../../lib/actions.svelte'
import { clock } from '../../lib/clock.svelte'
import { route } from '../../lib/route.svelte'
import { toasts } from '../../lib/toasts.svelte'
import IncidentRoom from './IncidentRoom.svelte'

const AXE_MS = 30_000
const CHECKOUT = 'INC-7K3F'
let world: World
let changes: { op: string; params: Record<string, unknown> }[]
const press = (event: KeyboardEvent) => {
  if (!event.defaultPrevented && actions.press(event)) event.preventDefault()
}
let stop = () => {}

beforeEach(() => {
  world = seed('busy')
  changes = []
  const home = over(world)
  useBackend({
    async rpc(op, params) {
      if (!/\.(show|list|timeline)$|^(home|settings|watch|brief)$/.test(op)) changes.push({ op, params: structuredClone(params) as Record<string, unknown> })
      return home.rpc(op, params)
    },
    subscribe: home.subscribe,
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

const the = (ref: string): Case => world.cases.find((one) => one.ref === ref)!
const rail = () => within(screen.getByRole('complementary', { name: 'Incident details' }))
const board = () => within(screen.getByRole('region', { name: 'State board' }))
const row = (text: string) => rail().getAllByText(text)[0]!.closest<HTMLElement>('[data-rail-row]')!

async function open(ref = CHECKOUT) {
  const user = userEvent.setup()
  const { container } = render(IncidentRoom, { id: ref })
  await screen.findByRole('heading', { level: 1 })
  await screen.findByRole('list', { name: 'Timeline' })
  return { user, container }
}

describe('the state board', () => {
  it('says what is believed, done and needed, each with its age or what is left', async () => {
    await open()
    expect(board().getByText(/Change 419 made the edge pool too small/)).toBeTruthy()
    expect(board().getByText('17 min')).toBeTruthy()
    expect(board().getByText(/Roll back AMS and MAD/).textContent).toMatch(/@tomas-edge \+2 more/)
    expect(board().getByText(/^1:\d\d left$/)).toBeTruthy()
  })

  it('ticks without asking anew, and says when a box is over', async () => {
    await open()
    the(CHECKOUT).craft.tasks.find((one) => one.state === 'open')!.due = world.at(-200_000)
    world.push([`incident:${the(CHECKOUT).id}`])
    await board().findByText(/3:2\d overdue/)
  })

  it('is rewritten in place: Enter, words, Enter', async () => {
    const { user } = await open()
    board().getByRole('button', { name: /Change 419/ }).focus()
    await user.keyboard('{Enter}')
    const field = board().getByRole('textbox', { name: 'We believe' })
    await user.clear(field)
    await user.type(field, 'The pool is too small{Enter}')
    await waitFor(() => expect(changes.at(-1)).toEqual({ op: 'board.set', params: { incident: CHECKOUT, line: 'believe', text: 'The pool is too small' } }))
    await board().findByRole('button', { name: /The pool is too small/ })
  })

  it('keeps what was typed where it was not saved', async () => {
    const { user } = await open()
    await user.click(board().getByRole('button', { name: /A scribe/ }))
    world.notSaving = 'The disk is full.'
    await user.type(board().getByRole('textbox', { name: 'We need' }), ' now{Enter}')
    await screen.findByText(/Not saved/)
    expect(board().getByRole<HTMLInputElement>('textbox', { name: 'We need' }).value).toContain('now')
  })

  it('says plainly that nobody wrote a line', async () => {
    await open('INC-4QX2')
    expect(board().getAllByText(/^Nothing written yet\./)).toHaveLength(3)
  })
})

describe('how a person knows', () => {
  it('is said for each role, and nobody waits who was not told', async () => {
    await open()
    expect(row('@mei-comms').textContent).toMatch(/by voice \d\d:\d\d/)
    expect(row('@ravi-ops').textContent).toContain('in the app')
    expect(row('@lena-support').textContent).toContain('not told yet')
    expect(rail().queryByText(/^asked$|waiting for/i)).toBeNull()
  })

  it('turns from not told to told by hand to said yes', async () => {
    await open()
    const { knows } = the(CHECKOUT).roles.find((one) => one.name === 'lena-support')!
    await call('ask.tell', { incident: CHECKOUT, ask: knows.ask, place: 'call' })
    await waitFor(() => expect(row('@lena-support').textContent).toMatch(/told by hand \d\d:\d\d/))
    await call('ask.answer', { incident: CHECKOUT, ask: knows.ask, yes: true, for_name: 'lena-support', by: 'phone' })
    await waitFor(() => expect(row('@lena-support').textContent).toMatch(/by phone \d\d:\d\d/))
    expect(row('@lena-support').dataset['copy']).toBe('role')
  })

  it('walks the rail by keys: arrows, and Enter answers', async () => {
    const { user } = await open()
    row('@mei-comms').focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement?.textContent).toContain('@lena-support')
    expect((document.activeElement as HTMLElement).dataset).toMatchObject({ copy: 'ask', about: expect.any(String) })
  })
})

describe('tasks', () => {
  it('are done with a tick, and open again with Z’s way back', async () => {
    const { user } = await open()
    await user.click(rail().getByRole('checkbox', { name: /Roll back AMS and MAD/ }))
    await waitFor(() => expect(the(CHECKOUT).craft.tasks.find((one) => one.text.startsWith('Roll back'))!.state).toBe('done'))
    await waitFor(() => expect(rail().getByText('3 of 5')).toBeTruthy())
    expect(toasts.list.at(-1)).toMatchObject({ action: { label: 'Undo' } })
  })
})

describe('words that leave', () => {
  it('are never called sent without a receipt or a named hand', async () => {
    const { user } = await open()
    expect(rail().getByText(/status page by hand, \d\d:\d\d/)).toBeTruthy()
    expect(rail().getByText('The severity changed since it was written.')).toBeTruthy()
    await user.click(rail().getByRole('button', { name: 'Do not send' }))
    await waitFor(() => expect(changes.at(-1)!.op).toBe('post.withdraw'))
    await waitFor(() => expect(rail().queryByRole('button', { name: 'Do not send' })).toBeNull())
  })

  it('are promised with a clock that turns red', async () => {
    await open()
    expect(screen.getAllByText(/due in 2:[01]\d/).length).toBeGreaterThan(0)
    the(CHECKOUT).craft.promise!.due = world.at(-65_000)
    world.push([`incident:${the(CHECKOUT).id}`, 'incidents'])
    await rail().findByText('Update overdue')
  })

  it('wait for nobody where they were posted nowhere', async () => {
    await open()
    await call('update.write', { incident: CHECKOUT, text: 'All points of presence are back.' })
    await rail().findByText('written, posted nowhere yet')
  })
})

describe('what comes next', () => {
  it('is always said, and A does it', async () => {
    const { user } = await open('INC-4QX2')
    expect(screen.getByText(/^Next for you:/).parentElement!.textContent).toContain('nothing is asked of you now')
    cleanup()
    the(CHECKOUT).craft.looks.push({ id: 'look-1', at: world.at(-1000), set_at: world.at(-60_000), text: 'Look at the error ratio again', offer_resolve: false })
    the(CHECKOUT).craft.promise = null
    await open()
    await screen.findByText(/Look at the error ratio again/, { selector: 'p' })
    await user.keyboard('a')
    await waitFor(() => expect(changes.at(-1)).toEqual({ op: 'look.done', params: { incident: CHECKOUT, look: 'look-1' } }))
  })

  it('keeps hints to one line until they are wanted', async () => {
    const { user } = await open()
    expect(screen.queryByText('Nobody is scribe.')).toBeNull()
    await user.click(screen.getByRole('button', { name: '1 hint' }))
    const hints = within(screen.getByRole('dialog', { name: 'Hints' }))
    expect(hints.getByText('Nobody is scribe.')).toBeTruthy()
    await user.click(hints.getByRole('button', { name: 'Name a scribe' }))
    expect((await screen.findByRole<HTMLSelectElement>('combobox', { name: /Role/ })).value).toBe('scribe')
  })
})

describe('command on offer', () => {
  it('begins with C where command is confirmed', async () => {
    const { user } = await open()
    await user.keyboard('c')
    expect(await screen.findByRole('dialog', { name: 'Hand over command' })).toBeTruthy()
    expect(changes, 'nothing happens by itself').toEqual([])
  })

  it('stays with the outgoing one, and says who knows what', async () => {
    const { user, container } = await open()
    await call('handoff.offer', { incident: CHECKOUT, to: 'kofi', next: 'Watch MAD' })
    const banner = await screen.findByText(/offered command/)
    expect(banner.closest('p')!.textContent).toMatch(/@kofi is offered command since \d\d:\d\d, not told yet\. Until they accept, you command\./)
    expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })).violations.map((one) => one.id)).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Withdraw' }))
    await waitFor(() => expect(screen.queryByText(/offered command/)).toBeNull())
    expect(the(CHECKOUT).commander.name).toBe('dana')
  }, AXE_MS)

  it('is taken in the app by whom it is offered to', async () => {
    const { user } = await open('INC-4QX2')
    await call('handoff.offer', { incident: 'INC-4QX2', to: 'dana' })
    await screen.findByText('You are offered command')
    await user.click(screen.getByRole('button', { name: 'Accept' }))
    await waitFor(() => expect(the('INC-4QX2').commander).toMatchObject({ name: 'dana', state: 'confirmed' }))
  })
})

it('a merged incident leads to the one that carries on', async () => {
  const { user } = await open('INC-4QX2')
  await call('incident.merge', { incident: 'INC-4QX2', other: CHECKOUT })
  await user.click(await screen.findByRole('button', { name: `Open ${CHECKOUT}` }))
  expect(route.current).toEqual({ name: 'incident', id: CHECKOUT })
})

it('goes to the bridge with the people who were heard there', async () => {
  const { user } = await open()
  await user.click(screen.getByRole('button', { name: /^Join the bridge, 5 heard to be there/ }))
  await waitFor(() => expect(changes.at(-1)).toEqual({ op: 'window.link', params: { url: the(CHECKOUT).craft.bridge } }))
})

describe('the timeline', () => {
  it('shows decisions alone', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('tab', { name: /Decisions 2/ }))
    await waitFor(() => expect(document.querySelectorAll('[data-entry]')).toHaveLength(2))
    for (const entry of document.querySelectorAll('[data-entry]')) expect(entry.textContent).toContain('Decision:')
  })

  it('selects entries to move them in time: X, Shift and an arrow, Esc', async () => {
    const { user } = await open()
    const entries = [...document.querySelectorAll<HTMLElement>('[data-entry]')]
    entries.at(-2)!.focus()
    await user.keyboard('x')
    await screen.findByText('1 selected')
    await user.keyboard('{Shift>}{ArrowUp}{ArrowUp}{/Shift}')
    await screen.findByText('3 selected')
    expect(document.querySelectorAll('[data-entry].selected')).toHaveLength(3)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByText(/selected$/)).toBeNull())
  })

  it('says what to do where nothing is selected', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Shift times' }))
    expect((await screen.findByRole('alert')).textContent).toContain('X selects the chosen entry')
  })
})
