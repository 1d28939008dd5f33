import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useBackend } from '../../../ipc'
import { over } from '../../../ipc/memory'
import { seed } from '../../../ipc/memory/seed'
import type { World } from '../../../ipc/memory/world'
import { actions } from '../../../lib/actions.svelte'
import { violations } from '../../../lib/testing/axe'
import { toasts } from '../../../lib/toasts.svelte'
import type { Room } from '../room.svelte'
import { copyOut, lastCopy } from './copyout.svelte'
import { keepForm, lastForm } from './forms'
import Host from './host-copy.testing.svelte'
import { keepPlace } from './places'
import { readMinutes } from './posting'
import { askFor, nameOf, wantedAt, wantedBy } from './wanted'

const ID = 'INC-7K3F'
let world: World
let calls: { op: string; params: Record<string, unknown> }[]
let fail: ((op: string) => void) | null
const press = (event: KeyboardEvent) => {
  if (!event.defaultPrevented && actions.press(event)) event.preventDefault()
}

beforeEach(() => {
  world = seed('busy')
  calls = []
  fail = null
  lastCopy.now = null
  keepForm('chat')
  useBackend({
    async rpc(op, params) {
      calls.push({ op, params: structuredClone(params) as Record<string, unknown> })
      fail?.(op)
      return over(world).rpc(op, params)
    },
    subscribe: async (since, pushed) => world.listen(since, pushed),
  })
  window.addEventListener('keydown', press)
})
afterEach(() => {
  cleanup()
  window.removeEventListener('keydown', press)
  toasts.list.forEach((toast) => toasts.dismiss(toast.id))
  vi.unstubAllGlobals()
})

const called = (op: string) => calls.filter((one) => one.op === op)
const clipboard = () => navigator.clipboard.readText()

async function open() {
  const user = userEvent.setup()
  const room = await new Promise<Room>((ready) => render(Host, { id: ID, ready }))
  return { user, room }
}
const dialog = () => screen.findByRole('dialog')

describe('copy out', () => {
  it('copies at once in the form used last, and asks where it was put', async () => {
    keepForm('slack')
    const { room } = await open()
    await copyOut(room, { piece: 'board' })
    expect(await clipboard(), 'the text of the home, unchanged').toContain('*SEV1 INC-7K3F')
    expect(screen.getByText('Copied the board for Slack.')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: /Posted where\?\s*P/ })).toBeInTheDocument()
    expect(screen.queryByRole('dialog'), 'nothing stands in the way').toBeNull()
  })

  it('pressed again, shows the words in every form by the arrow keys, and remembers the form', async () => {
    const { user, room } = await open()
    await copyOut(room, { piece: 'board' })
    await copyOut(room, { piece: 'board' })
    const shown = within(await dialog())
    const text = await shown.findByRole('region', { name: 'The board for chat' })
    await waitFor(() => expect(text.textContent).toContain('We believe'))
    expect(document.activeElement, 'the arrows change the form at once').toHaveAttribute('aria-checked', 'true')
    await user.keyboard('{ArrowRight}')
    await waitFor(() => expect(shown.getByRole('region', { name: 'The board for Slack' }).textContent).toContain('*SEV1'))
    await user.keyboard('{ArrowRight}{ArrowRight}')
    await waitFor(() => expect(shown.getByText(/^\d text messages$/)).toBeInTheDocument())
    await user.keyboard('{ArrowRight}')
    const aloud = await shown.findByRole('region', { name: 'The board to read aloud' })
    await waitFor(() => expect(aloud.textContent).toMatch(/This is incident 7 K 3 F\.\n\n/))
    expect(aloud).toHaveClass('aloud')
    expect(lastForm(), 'looking is not choosing').toBe('chat')
    await user.keyboard('y')
    await waitFor(async () => expect(await clipboard()).toContain('This is incident 7 K 3 F.'))
    expect(lastForm()).toBe('speech')
    expect(await violations(await dialog())).toEqual([])
  })

  it('puts formatting on the clipboard where the system takes it, and says where it does not', async () => {
    const { user, room } = await open()
    room.open(askFor({ piece: 'board' }))
    const shown = within(await dialog())
    await user.click(shown.getByRole('radio', { name: 'Wiki' }))
    await waitFor(() => expect(shown.getByRole('region').textContent).toContain('We believe'))
    await user.keyboard('y')
    await waitFor(() => expect(screen.getByText('Copied the board as plain text: the system took no formatting.')).toBeInTheDocument())
    vi.stubGlobal('ClipboardItem', class { constructor(readonly parts: object) {} })
    const write = vi.spyOn(navigator.clipboard, 'write').mockResolvedValue()
    await user.keyboard('y')
    await waitFor(() => expect(screen.getByText('Copied the board as rich text.')).toBeInTheDocument())
    expect(Object.keys((write.mock.calls[0]![0][0] as unknown as { parts: object }).parts)).toEqual(['text/plain', 'text/html'])
  })

  it('records where it was put by hand, with the next promise', async () => {
    keepPlace('#inc-checkout')
    const { user, room } = await open()
    await copyOut(room, { piece: 'update' })
    await user.keyboard('p')
    const asked = within(await screen.findByRole('dialog', { name: 'Posted where?' }))
    const place = asked.getByRole<HTMLInputElement>('combobox', { name: 'Place' })
    await waitFor(() => expect(document.activeElement).toBe(place))
    expect(place.value, 'the place used last').not.toBe('')
    await user.keyboard('#inc-ch{ArrowDown}')
    await user.keyboard('{Enter}')
    expect(place.value).toBe('#inc-checkout')
    const minutes = asked.getByRole<HTMLInputElement>('textbox', { name: 'Minutes until the next update' })
    expect(minutes.value, 'as the cadence of the severity says').toBe(String(room.incident!.comms.rhythm_minutes))
    await user.clear(minutes)
    await user.type(minutes, '15')
    expect(await violations(await dialog())).toEqual([])
    await user.click(asked.getByRole('button', { name: /^Record/ }))
    await waitFor(() => expect(called('update.posted')).toHaveLength(1))
    expect(called('update.posted')[0]!.params).toMatchObject({ incident: ID, piece: 'update', place: '#inc-checkout', at: null, next_minutes: 15 })
    expect(called('update.posted')[0]!.params['update'], 'the update that was copied').toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByText(/^The update in #inc-checkout, by hand, \d\d:\d\d\. Next update promised for \d\d:\d\d UTC$/)).toBeInTheDocument()
    await user.keyboard('p')
    expect(screen.queryByRole('dialog'), 'it was said already').toBeNull()
  })

  it('Enter copies what is shown, then asks; a board promises nothing by itself', async () => {
    const { user, room } = await open()
    room.open(askFor({ piece: 'board' }))
    await waitFor(async () => expect(within(await dialog()).getByRole('region').textContent).toContain('We believe'))
    await user.keyboard('{Enter}')
    const asked = within(await screen.findByRole('dialog', { name: 'Posted where?' }))
    expect(await clipboard()).toContain('We believe')
    expect(asked.getByRole('checkbox', { name: 'Promise the next update' })).not.toBeChecked()
    const place = asked.getByRole<HTMLInputElement>('combobox', { name: 'Place' })
    await user.clear(place)
    await user.type(place, 'call with EMEA')
    await user.click(asked.getByRole('button', { name: /^Record/ }))
    await waitFor(() => expect(called('update.posted')[0]?.params).toMatchObject({ piece: 'board', place: 'call with EMEA', next_minutes: null }))
  })

  it('hands a draft to the mail program', async () => {
    const { user, room } = await open()
    room.open(askFor({ piece: 'board' }))
    await dialog()
    await user.keyboard('m')
    await waitFor(() => expect(called('window.link')[0]?.params['url']).toMatch(/^mailto:\?subject=SEV1%20INC-7K3F/))
    expect(screen.getByText('Opened a draft in your mail program.')).toBeInTheDocument()
  })

  it('after the copy of an ask, says that the person was told', async () => {
    const { user, room } = await open()
    const ask = room.incident!.tasks[0]!.knows.ask
    await copyOut(room, { piece: 'ask', about: ask })
    expect(await clipboard()).toMatch(/^SEV1.*\n@\S+, will you take this/)
    await user.keyboard('p')
    expect(room.opened).toEqual({ kind: 'tell', about: ask })
  })

  it('says why there is nothing to copy, and copies nothing', async () => {
    const { room } = await open()
    await navigator.clipboard.writeText('before')
    await copyOut(room, { piece: 'task', about: 'gone' })
    expect(await screen.findByRole('alert')).toHaveTextContent('Not copied. There is no such task here.')
    expect(await clipboard()).toBe('before')
    room.open(askFor({ piece: 'task', about: 'gone' }))
    expect(await within(await dialog()).findByRole('alert')).toHaveTextContent('Nothing to copy. There is no such task here.')
  })
})

describe('what is wanted', () => {
  it('is read from where the focus is', () => {
    document.body.innerHTML = '<div data-copy="task" data-about="t1"><button id="in"></button></div><div data-copy="role" data-role="scribe" id="role"></div><p id="out"></p>'
    const at = (id: string) => wantedAt(document.getElementById(id))
    expect(at('in')).toEqual({ piece: 'task', about: 't1' })
    expect(nameOf(at('role')!)).toBe('the card of the Scribe')
    expect(at('out')).toBeNull()
    expect(wantedAt(null)).toBeNull()
  })

  it('goes into a wish and comes back', () => {
    const wanted = { piece: 'update' as const, about: 'u1', text: 'Frankfurt works again.' }
    expect(wantedBy(askFor(wanted))).toEqual(wanted)
    expect(wantedBy({ kind: 'copy' }), 'the board where nothing is named').toEqual({ piece: 'board' })
    expect(wantedBy({ kind: 'copy', extra: { piece: 'poem' } })).toEqual({ piece: 'board' })
  })

  it.each([['20', 20], ['1h30m', 90], ['2 h', 120], ['0', null], ['1441', null], ['soon', null], ['', null]])('reads %o minutes as %o', (typed, minutes) => expect(readMinutes(typed)).toBe(minutes))
})
