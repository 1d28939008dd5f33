import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useBackend } from '../../../ipc'
import { over } from '../../../ipc/memory'
import { seed } from '../../../ipc/memory/seed'
import type { World } from '../../../ipc/memory/world'
import { actions } from '../../../lib/actions.svelte'
import { clock } from '../../../lib/clock.svelte'
import { draft } from '../../../lib/drafts'
import { violations } from '../../../lib/testing/axe'
import { toasts } from '../../../lib/toasts.svelte'
import IncidentRoom from '../IncidentRoom.svelte'

const ID = 'INC-7K3F'
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

const line = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write to the timeline' })
const mode = () => document.querySelector('.bt .mode')!.textContent
const chips = () => within(screen.getByRole('list', { name: 'Understood' })).getAllByRole('listitem').map((one) => one.textContent)
const called = (op: string) => calls.filter((one) => one.op === op).map((one) => one.params)

async function open() {
  const user = userEvent.setup()
  const { container } = render(IncidentRoom, { id: ID })
  await screen.findByRole('list', { name: 'Timeline' })
  await waitFor(() => expect(line()).toBeTruthy())
  return { user, container }
}

describe('the alphabet in the room', () => {
  const letters: [string, string, string, string, object][] = [
    ['n', 'Note', 'LHR is clean', 'incident.note', { text: 'LHR is clean', pin: false }],
    ['d', 'Decision', 'Fail over | risk: 90 s | polled', 'decision.add', { text: 'Fail over', risk: '90 s', polled: true }],
    ['t', 'Task', 'Check MAD @ravi-ops 10m', 'task.add', { text: 'Check MAD', owner: 'ravi-ops', minutes: 10 }],
    ['q', 'Question', 'Do refunds fail?', 'question.add', { text: 'Do refunds fail?', of: null }],
    ['h', 'Hypothesis', 'DNS', 'hypothesis.add', { text: 'DNS' }],
    ['u', 'Update', 'AMS is back', 'update.write', { text: 'AMS is back' }],
    ['k', 'Key moment', 'AMS is back', 'incident.note', { text: 'AMS is back', pin: true }],
  ]
  it.each(letters)('%s: %s', async (letter, title, words, op, params) => {
    const { user } = await open()
    await user.keyboard(letter)
    expect(document.activeElement).toBe(line())
    expect([mode(), line().value]).toEqual([title, ''])
    await user.keyboard(`${words}{Enter}`)
    await waitFor(() => expect(called(op)).toEqual([expect.objectContaining({ ...params, incident: ID, once: expect.any(String) })]))
    await waitFor(() => expect([line().value, mode()]).toEqual(['', 'Note']))
  })

  it('with Alt while typing changes the letter and keeps the words; Esc goes back to notes', async () => {
    const { user } = await open()
    await user.keyboard('nCheck MAD @ravi-ops{Alt>}t{/Alt}')
    expect([mode(), line().value]).toEqual(['Task', 'Check MAD @ravi-ops'])
    await user.keyboard('{Escape}')
    if (mode() === 'Task') await user.keyboard('{Escape}')
    expect([mode(), line().value, document.activeElement === line()]).toEqual(['Note', 'Check MAD @ravi-ops', true])
    await user.keyboard('{Escape}')
    expect(document.activeElement).not.toBe(line())
    expect(draft(`note:${world.cases.find((one) => one.ref === ID)!.id}`).read()).toBe('Check MAD @ravi-ops')
  })

  it('shows what was understood before Enter, whose words, and by which means', async () => {
    const { user, container } = await open()
    await user.keyboard('t')
    await user.type(line(), '@ravi-ops said: Check MAD @tomas-edge ')
    expect(chips()).toEqual(['@tomas-edge', '15 min, as usual', '@ravi-ops, by voice'])
    expect(await violations(container)).toEqual([])
    await user.keyboard('{Alt>}s{/Alt}')
    expect(chips().at(-1)).toBe('@ravi-ops, by chat')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(called('task.add')).toEqual([expect.objectContaining({ for_name: 'ravi-ops', by: 'chat', owner: 'tomas-edge' })]))
  }, AXE_MS)

  it('refuses a task that nobody owns in place, and keeps the words', async () => {
    const { user } = await open()
    await user.keyboard('tRoll back AMS someone 10m{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('Who does it? Name one person')
    expect([line().value, called('task.add')]).toEqual(['Roll back AMS someone 10m', []])
  })

  it('completes an open item by its words', async () => {
    const { user } = await open()
    await user.type(line(), '/done replay{Enter}')
    const task = world.cases.find((one) => one.ref === ID)!.craft.tasks.find((one) => one.text === 'Replay queued orders')!
    await waitFor(() => expect(called('task.done')).toEqual([expect.objectContaining({ task: task.id })]))
  })
})

describe('the next update', () => {
  it('is promised by Enter, after Tab changed it', async () => {
    const { user, container } = await open()
    await user.keyboard('uAMS is back{Enter}')
    const form = await screen.findByRole('form', { name: 'Promise the next update' })
    expect(form.textContent).toContain('posted nowhere yet')
    expect(await violations(container)).toEqual([])
    expect(called('update.promise'), 'never by itself').toEqual([])
    await user.tab()
    await user.clear(document.activeElement as HTMLInputElement)
    await user.keyboard('30{Enter}')
    await waitFor(() => expect(called('update.promise')).toEqual([{ incident: ID, minutes: 30 }]))
    await waitFor(() => expect(screen.queryByRole('form', { name: 'Promise the next update' })).toBeNull())
    expect(document.activeElement).toBe(line())
  }, AXE_MS)

  it('is let be with Esc', async () => {
    const { user } = await open()
    await user.keyboard('uAMS is back{Enter}')
    await screen.findByRole('form', { name: 'Promise the next update' })
    await user.keyboard('{Escape}')
    expect([screen.queryByRole('form', { name: 'Promise the next update' }), called('update.promise')]).toEqual([null, []])
  })
})
