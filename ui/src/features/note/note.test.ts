import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IpcError, useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import type { World } from '../../ipc/memory/world'
import { draft } from '../../lib/drafts'
import { violations } from '../../lib/testing/axe'
import { mineFirst, stepFrom } from './choosing'
import NoteWindow from './NoteWindow.svelte'
import ScribeStrip from './ScribeStrip.svelte'

const MINE = 'INC-7K3F'
let world: World
let calls: { op: string; params: Record<string, unknown> }[]
let fail: ((op: string) => void) | null

beforeEach(() => {
  world = seed('busy')
  calls = []
  fail = null
  useBackend({
    async rpc(op, params) {
      calls.push({ op, params: structuredClone(params) as Record<string, unknown> })
      fail?.(op)
      return over(world).rpc(op, params)
    },
    subscribe: async (since, pushed) => world.listen(since, pushed),
  })
})
afterEach(() => {
  cleanup()
  draft('note').clear()
  draft('strip').clear()
})

const called = (op: string) => calls.filter((one) => one.op === op)
const the = (ref: string) => world.cases.find((one) => one.ref === ref)!
const line = () => screen.getByRole<HTMLTextAreaElement>('textbox')
const letter = () => screen.getByRole('radio', { checked: true })

async function open(Window: typeof NoteWindow | typeof ScribeStrip = NoteWindow) {
  const user = userEvent.setup()
  const { container } = render(Window)
  await waitFor(() => expect(screen.getByText(MINE)).toBeInTheDocument())
  await waitFor(() => expect(called('incident.show').length).toBeGreaterThan(0))
  return { user, container }
}

describe('the note window', () => {
  it('is ready to type in, and writes to what I command', async () => {
    const { user, container } = await open()
    expect(document.activeElement).toBe(line())
    expect(line()).toHaveAccessibleName(`Note to ${MINE}`)
    expect(await violations(container)).toEqual([])
    await user.keyboard('MAD back on 418, watching the queue{Enter}')
    await waitFor(() => expect(called('window.hide_note')).toHaveLength(1))
    expect(called('incident.note')[0]!.params).toMatchObject({ incident: MINE, text: 'MAD back on 418, watching the queue' })
    expect(the(MINE).entries.some((entry) => entry.text === 'MAD back on 418, watching the queue'), 'it hides once it is on record').toBe(true)
    expect(line().value).toBe('')
  })

  it.each([
    ['d', 'Decision', 'Roll edge-eu back', 'decision.add', { text: 'Roll edge-eu back' }],
    ['t', 'Task', 'Roll back AMS @tomas-edge 10m', 'task.add', { text: 'Roll back AMS', owner: 'tomas-edge', minutes: 10 }],
    ['q', 'Question', 'Do refunds fail as well?', 'question.add', { text: 'Do refunds fail as well?' }],
    ['h', 'Hypothesis', 'The pool was halved', 'hypothesis.add', { text: 'The pool was halved' }],
    ['u', 'Update', 'Frankfurt works again', 'update.write', { text: 'Frankfurt works again' }],
    ['k', 'Key moment', 'First customer report', 'incident.note', { text: 'First customer report', pin: true }],
  ])('Alt %s makes it a %s', async (key, title, words, op, params) => {
    const { user } = await open()
    await user.keyboard(`{Alt>}${key}{/Alt}`)
    expect(letter()).toHaveTextContent(title)
    expect(line().value, 'Alt and a letter type nothing').toBe('')
    await user.keyboard(words)
    await user.keyboard('{Enter}')
    await waitFor(() => expect(called(op)[0]?.params).toMatchObject({ incident: MINE, ...params }))
    await waitFor(() => expect(called('window.hide_note')).toHaveLength(1))
    await waitFor(() => expect(letter(), 'the next line is a note again').toHaveTextContent('Note'))
  })

  it('a task without one named person is not saved', async () => {
    const { user } = await open()
    await user.keyboard('{Alt>}t{/Alt}roll back AMS{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('Who does it? Name one person')
    expect(called('task.add')).toEqual([])
    expect(called('window.hide_note')).toEqual([])
  })

  it('takes the words along to another incident by Alt and the arrows, mine first', async () => {
    const { user } = await open()
    await user.keyboard('queue drains')
    const order = mineFirst((await over(world).rpc('incident.list', {})) as never, 'dana')
    expect(order[0]!.ref).toBe(MINE)
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(screen.getByText(order[1]!.ref)).toBeInTheDocument()
    await user.keyboard('{Alt>}{ArrowUp}{ArrowUp}{/Alt}')
    expect(screen.getByText(order.at(-1)!.ref), 'it goes round').toBeInTheDocument()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(called('incident.note')[0]?.params).toMatchObject({ incident: order.at(-1)!.ref, text: 'queue drains' }))
  })

  it('goes where the tray or the room sends it', async () => {
    await open()
    await new Promise((resolve) => setTimeout(resolve, 1100))
    world.send('INC-P81C')
    expect(await screen.findByText('INC-P81C')).toBeInTheDocument()
  })

  it('Esc hides and keeps the words, with their letter', async () => {
    const { user } = await open()
    await user.keyboard('{Alt>}d{/Alt}Roll edge-eu back{Escape}')
    expect(called('window.hide_note')).toHaveLength(1)
    expect(called('decision.add')).toEqual([])
    cleanup()
    render(NoteWindow)
    await waitFor(() => expect(line().value).toBe('Roll edge-eu back'))
    expect(letter()).toHaveTextContent('Decision')
  })

  it('what is not saved stays in the line with the reason, and is written once', async () => {
    const { user, container } = await open()
    let tries = 0
    fail = (op) => {
      if (op === 'incident.note' && tries++ === 0) throw new IpcError({ code: 'not_saved', message: 'Not saved: the disk is full.', hint: 'Free space on the disk.' })
    }
    await user.keyboard('FRA is clean{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('Not saved. The disk is full. Free space on the disk.')
    expect(screen.getByText('not saved')).toBeInTheDocument()
    expect(line().value).toBe('FRA is clean')
    expect(called('window.hide_note'), 'it does not hide what is not on record').toEqual([])
    expect(await violations(container)).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Try now' }))
    await waitFor(() => expect(called('window.hide_note')).toHaveLength(1))
    const [first, second] = called('incident.note')
    expect(second!.params['once']).toBe(first!.params['once'])
  })

  it('completes names', async () => {
    const { user } = await open()
    await user.keyboard('{Alt>}t{/Alt}Watch the queue @rav')
    expect(await screen.findByRole('option', { name: /@ravi-ops/ })).toBeInTheDocument()
    await user.keyboard('{Tab}')
    await waitFor(() => expect(line().value).toMatch(/@ravi-ops ?$/))
  })

  it('says so where a command needs the room, and keeps the words', async () => {
    const { user } = await open()
    await user.keyboard('/help')
    await user.keyboard('{Escape}{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('This needs the room.')
    expect(line().value).toBe('/help')
  })

  it('does not write to another incident because the first one ended', async () => {
    const { user } = await open()
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await user.keyboard('all six are back')
    await over(world).rpc('incident.status', { incident: MINE, status: 'resolved' })
    await waitFor(() => expect(screen.queryByText(MINE)).toBeNull())
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent(/^INC-7K3F is over\. Enter again writes to INC-/)
    expect(called('incident.note')).toEqual([])
    await user.keyboard('{Enter}')
    await waitFor(() => expect(called('incident.note')).toHaveLength(1))
  })

  it('keeps what is written where no incident is open', async () => {
    world = seed('quiet')
    const user = userEvent.setup()
    render(NoteWindow)
    expect(await screen.findByText('No incident is open. What you write is kept here.')).toBeInTheDocument()
    await user.keyboard('something is odd{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('No incident is open. Declare one; the words stay here.')
    expect(line().value).toBe('something is odd')
  })
})

describe('the scribe strip', () => {
  it('shows the clocks and the last three entries', async () => {
    const { container } = await open(ScribeStrip)
    const list = within(await screen.findByRole('list', { name: 'Last entries, times in UTC' }))
    await waitFor(() => expect(list.getAllByRole('listitem')).toHaveLength(3))
    const last = the(MINE).entries.filter((entry) => !entry.machine).slice(-3)
    expect(list.getAllByRole('listitem').map((one) => one.querySelector('.text')!.textContent)).toEqual(last.map((entry) => entry.text))
    expect(screen.getByText('Next update')).toBeInTheDocument()
    const task = the(MINE).craft.tasks.filter((one) => one.state === 'open').sort((a, b) => a.due.localeCompare(b.due))[0]!
    expect(await screen.findByText(`@${task.owner}: ${task.text}`)).toBeInTheDocument()
    expect(screen.getAllByText(/due in|overdue/).length).toBeGreaterThanOrEqual(1)
    expect(await violations(container)).toEqual([])
  })

  it('takes twenty entries without a pointer and stays open', async () => {
    const { user } = await open(ScribeStrip)
    const before = the(MINE).entries.length
    for (let i = 0; i < 20; i++) {
      if (i % 5 === 4) await user.keyboard('{Alt>}q{/Alt}')
      await user.keyboard(`entry ${i}{Enter}`)
    }
    await waitFor(() => expect(the(MINE).entries.length).toBe(before + 20))
    expect([...called('incident.note'), ...called('question.add')]).toHaveLength(20)
    expect(calls.filter((one) => one.op === 'incident.note' || one.op === 'question.add').map((one) => one.params['text'])).toEqual(Array.from({ length: 20 }, (_, i) => `entry ${i}`))
    expect(called('window.strip')).toEqual([])
    expect(document.activeElement).toBe(line())
  })

  it('closes by Ctrl W, and Esc only lets the letter go', async () => {
    const { user } = await open(ScribeStrip)
    await user.keyboard('{Alt>}d{/Alt}{Escape}')
    expect(letter()).toHaveTextContent('Note')
    expect(called('window.strip')).toEqual([])
    await user.keyboard('{Control>}w{/Control}')
    expect(called('window.strip')).toHaveLength(1)
  })
})

describe('choosing', () => {
  it('steps round, and begins with the first', () => {
    const list = [{ id: 'a' }, { id: 'b' }] as never[]
    expect(stepFrom(list, 'b', 1)).toEqual({ id: 'a' })
    expect(stepFrom(list, 'a', -1)).toEqual({ id: 'b' })
    expect(stepFrom(list, null, 1)).toEqual({ id: 'a' })
    expect(stepFrom([], null, 1)).toBeNull()
  })
})
