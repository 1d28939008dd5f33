import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { IpcError, useBackend } from '../../../ipc'
import { over } from '../../../ipc/memory'
import { seed } from '../../../ipc/memory/seed'
import type { World } from '../../../ipc/memory/world'
import { clock } from '../../../lib/clock.svelte'
import { violations } from '../../../lib/testing/axe'
import { toasts } from '../../../lib/toasts.svelte'
import type { Room } from '../room.svelte'
import Host from './host.testing.svelte'
import { looksLikeChat } from './looks'
import { LIMIT, Pasting } from './pasting.svelte'
import { readShift, shiftWords } from './shifting'

const ID = 'INC-7K3F'
/** Afternoon in Berlin, so that the day's pasted times lie before it. */
const NOW = Date.parse('2026-11-23T16:00:00Z')
const SLACK = `Tomas Berg  2:58 PM
first 502s in eu-west edge logs, fra + ams
Lena Ortiz  3:06 PM
first customer report, spain, card fails at last step
Chip  3:07 PM
omw
Dana Weiss  3:36 PM
decision: roll edge-eu back to 418`

/** Tells the list its height and that of its lines, as a browser does and jsdom does not. */
class Measuring {
  readonly #told: ResizeObserverCallback
  constructor(told: ResizeObserverCallback) {
    this.#told = told
  }
  observe(target: Element) {
    const contentRect = { width: 760, height: target.getAttribute('role') === 'listbox' ? 300 : 30 } as DOMRectReadOnly
    queueMicrotask(() => this.#told([{ target, contentRect } as ResizeObserverEntry], this as never))
  }
  unobserve() {}
  disconnect() {}
}
beforeAll(() => {
  Object.assign(document.defaultView!, { ResizeObserver: Measuring })
  Object.defineProperty(HTMLElement.prototype, 'offsetParent', { configurable: true, get(this: HTMLElement) { return this.parentNode } })
})

let world: World
let calls: { op: string; params: Record<string, unknown> }[]
let fail: ((op: string) => void) | null

beforeEach(() => {
  // The window's clock follows the home's: on any other day the times below would be shown with their date.
  clock.now = NOW
  world = seed('busy', () => NOW)
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
  // Words not recorded are kept for later: here for nobody.
  const kept = new Pasting(() => ID, the().id)
  kept.take('', 0)
  kept.end()
  toasts.list.forEach((toast) => toasts.dismiss(toast.id))
})

const called = (op: string) => calls.filter((one) => one.op === op)
const the = () => world.cases.find((one) => one.ref === ID)!
const dialog = () => screen.findByRole('dialog')
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'What was said' })
const lines = () => screen.findByRole('listbox', { name: 'Lines to record, times in UTC' })
const counts = () => screen.getAllByRole('status').map((one) => one.textContent!.trim()).find((text) => /line/.test(text))

const recordedLine = async () => (await screen.findByText(/^Recorded \d/, { selector: 'b' })).parentElement!

async function open(text?: string) {
  const user = userEvent.setup()
  const room = await new Promise<Room>((ready) => render(Host, { id: ID, ready }))
  room.open({ kind: 'paste', ...(text === undefined ? {} : { extra: { text } }) })
  await dialog()
  return { user, room }
}

async function paste(text: string) {
  const opened = await open()
  await waitFor(() => expect(document.activeElement).toBe(field()))
  await opened.user.paste(text)
  return opened
}

describe('paste in', () => {
  it('shows who said what and when, before anything is recorded', async () => {
    await paste(SLACK)
    const list = within(await lines())
    const rows = list.getAllByRole('option').map((row) => [...row.querySelectorAll('.time, bdi')].map((one) => one.textContent))
    expect(rows[0]).toEqual(['13:58', '@tomas-edge', 'first 502s in eu-west edge logs, fra + ams'])
    expect(rows[2]).toEqual(['14:07', 'Chip', 'omw'])
    expect(counts()).toBe('4 lines, 4 new. 4 ticked')
    expect(screen.getByRole('combobox', { name: 'Format' })).toHaveDisplayValue('Slack, copied text, by its look')
    expect(called('paste'), 'nothing is recorded by looking').toEqual([])
    expect(await violations(await dialog())).toEqual([])
  })

  it('ticks by Space and records by Ctrl Enter, once', async () => {
    const { user } = await paste(SLACK)
    const list = await lines()
    list.focus()
    await user.keyboard('{ArrowDown}{ArrowDown} ')
    expect(list.getAttribute('aria-activedescendant')).toMatch(/-2$/)
    expect(counts()).toBe('4 lines, 4 new. 3 ticked')
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await recordedLine()).toHaveTextContent('Recorded 3, 1 left out.')
    expect(called('paste')[0]!.params).toMatchObject({ incident: ID, format: 'slack', skip: [2], zone: 'Europe/Berlin' })
    expect(called('paste')[0]!.params['once']).toBeTruthy()
    const said = the().entries.filter((entry) => entry.kind === 'chat')
    expect(said.map((entry) => [entry.on_behalf_of, entry.means, entry.occurred_at.slice(11, 16)])).toEqual([['tomas-edge', 'paste', '13:58'], ['lena-support', 'paste', '14:06'], ['dana', 'paste', '14:36']])
    expect(await violations(await dialog())).toEqual([])
  })

  it('dims what is on the record already, and records an overlap once', async () => {
    const { user, room } = await paste(SLACK)
    await lines()
    await user.keyboard('{Control>}{Enter}{/Control}')
    await recordedLine()
    room.close()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    room.open({ kind: 'paste', extra: { text: `${SLACK}\nRavi Menon  3:41 PM\nFRA rolled back, ratio 0.4 %` } })
    const list = within(await lines())
    await waitFor(() => expect(list.getAllByText('on the record already')).toHaveLength(4))
    expect(counts()).toBe('5 lines, 1 new, 4 on the record already. 1 ticked')
    await user.click(list.getAllByRole('option')[0]!)
    expect(counts(), 'what is known cannot be ticked').toMatch(/1 ticked$/)
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await recordedLine()).toHaveTextContent('Recorded 1, 4 known already.')
  })

  it('asks once for day and zone, and reads the times anew', async () => {
    const { user } = await paste(SLACK)
    await lines()
    expect(screen.getByRole('group', { name: 'Asked once' })).toHaveTextContent('These times have no day and no zone.')
    const zone = screen.getByRole('combobox', { name: 'Zone' })
    await user.clear(zone)
    await user.type(zone, 'UTC')
    await waitFor(async () => expect((await lines()).textContent).toContain('14:58'))
    const day = screen.getByRole('textbox', { name: 'Day' })
    await user.clear(day)
    await user.type(day, '2026-11-2')
    expect(screen.getByRole('button', { name: /^Record/ })).toHaveAttribute('aria-disabled', 'true')
    expect(screen.getAllByRole('alert')[0]).toHaveTextContent('Write the day as 2026-11-23.')
    await user.type(day, '2')
    await waitFor(async () => expect((await lines()).textContent).toContain('yesterday 14:58'))
  })

  it('a transcript is not recorded before somebody says when it began', async () => {
    const { user } = await open('WEBVTT\n\n00:00:05.000 --> 00:00:09.000\n<v Dana Weiss>I command.</v>\n\n00:01:00.000 --> 00:01:02.000\n<v Ravi Menon>Frankfurt is back.</v>')
    await lines()
    expect(counts()).toBe('2 lines, 2 new. Say when the recording began.')
    expect(screen.queryByRole('textbox', { name: 'Day' }), 'what it says is not asked').toBeNull()
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(called('paste')).toEqual([])
    await user.type(screen.getByRole('textbox', { name: 'The recording began, UTC' }), '14:00')
    await waitFor(async () => expect((await lines()).textContent).toContain('14:01'))
    expect(counts()).toBe('2 lines, 2 new. 2 ticked')
  })

  it('maps a speaker once, for all their lines', async () => {
    const { user } = await paste(SLACK)
    await lines()
    await user.click(screen.getByText('1 not known'))
    const who = screen.getByRole<HTMLInputElement>('combobox', { name: 'Who Chip is' })
    expect(who.value).toBe('nobody known')
    await user.clear(who)
    await user.type(who, 'rav{ArrowDown}{Enter}')
    expect(who.value).toBe('@ravi-ops')
    await waitFor(() => expect(called('paste.preview').at(-1)!.params['people']).toEqual([['Chip', 'ravi-ops']]))
    await waitFor(async () => expect((await lines()).textContent).toContain('@ravi-ops'))
  })

  it('can be read as another format', async () => {
    const { user } = await paste(SLACK)
    await lines()
    await user.selectOptions(screen.getByRole('combobox', { name: 'Format' }), 'vtt')
    await waitFor(() => expect(called('paste.preview').at(-1)!.params['format']).toBe('vtt'))
  })

  it('says the limit before it sends anything, and holds ten megabytes without laying them out', async () => {
    const { user } = await open()
    await waitFor(() => expect(document.activeElement).toBe(field()))
    await user.paste('14:07 dana: x\n'.repeat(750_000))
    expect(await screen.findByRole('alert')).toHaveTextContent('This is 11 MB; at once Muster reads up to 4.2 MB. Paste it in parts: where they overlap, nothing is recorded twice.')
    expect(screen.queryByRole('textbox', { name: 'What was said' }), 'no field holds it').toBeNull()
    expect(screen.getByText('11 MB, 750,001 lines')).toBeInTheDocument()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(called('paste.preview'), 'nothing was sent').toEqual([])
    await user.click(screen.getByRole('button', { name: 'Clear' }))
    expect(field().value).toBe('')
  })

  it('measures in bytes, not in letters', async () => {
    await open('é'.repeat(LIMIT / 2 + 1))
    expect(await screen.findByRole('alert')).toHaveTextContent('This is 4.2 MB')
    expect(called('paste.preview')).toEqual([])
  })

  it('says which lines were cut, and lays out no more of them than is seen', async () => {
    await open(`14:07 dana: ${'long '.repeat(20_000)}\n14:08 mei: ok`)
    const [long, short] = within(await lines()).getAllByRole('option')
    expect(long).toHaveTextContent(/cut at 64 KB$/)
    expect(long!.textContent.length, 'its beginning').toBeLessThan(600)
    expect(short).not.toHaveTextContent('cut')
    expect(screen.getByText('One message was cut at 64 KB, and says so at its end. Attach the whole as a file.')).toBeInTheDocument()
  })

  it('draws of twenty thousand lines only what is in sight', async () => {
    const { user } = await open(Array.from({ length: 20_000 }, (_, i) => `14:07 dana: line ${i}`).join('\n'))
    const list = await lines()
    expect(within(list).getAllByRole('option').length).toBeLessThan(80)
    expect(within(list).getAllByRole('option')[0]).toHaveAttribute('aria-setsize', '20000')
    expect(counts()).toBe('20,000 lines, 20,000 new. 20,000 ticked')
    list.focus()
    await user.keyboard('{Control>}a{/Control}')
    expect(counts()).toMatch(/ 0 ticked$/)
    await user.keyboard('{End} ')
    expect(counts()).toMatch(/ 1 ticked$/)
    expect(document.getElementById(list.getAttribute('aria-activedescendant')!), 'the line in focus is always there').toHaveAttribute('aria-posinset', '20000')
  })

  it('keeps the words while nothing can be saved, and records them once', async () => {
    const { user } = await paste(SLACK)
    await lines()
    let tries = 0
    fail = (op) => {
      if (op === 'paste' && tries++ === 0) throw new IpcError({ code: 'not_saved', message: 'Not saved: the disk is full.', hint: 'Free space on the disk.' })
    }
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByText('Not saved.')).toBeInTheDocument()
    expect(field().value).toBe(SLACK)
    await user.click(screen.getByRole('button', { name: 'Try now' }))
    await recordedLine()
    const [first, second] = called('paste')
    expect(second!.params['once'], 'the same words have the same key').toBe(first!.params['once'])
  })

  it('keeps the words for later, and says why they could not be read', async () => {
    const { room } = await paste(SLACK)
    await lines()
    room.close()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    fail = (op) => {
      if (op === 'paste.preview') throw new IpcError({ code: 'invalid_field', message: 'No line could be read.', hint: 'Choose another format.' })
    }
    room.open({ kind: 'paste' })
    await waitFor(() => expect(field().value).toBe(SLACK))
    expect(await screen.findByText('Not read.')).toBeInTheDocument()
  })

  it('says in sentences what was cleaned', async () => {
    await paste('14:07 dana: paid \u202E501 orders')
    expect(await screen.findByText('Signs that turn the direction of text were taken out.')).toBeInTheDocument()
  })
})

describe('the time shift', () => {
  const recorded = async () => {
    const opened = await paste(SLACK)
    await lines()
    await opened.user.keyboard('{Control>}{Enter}{/Control}')
    await opened.user.click(await screen.findByRole('button', { name: 'Shift their times' }))
    const asked = within(await screen.findByRole('dialog', { name: 'Shift times' }))
    await waitFor(() => expect(asked.getAllByRole('listitem')).toHaveLength(2))
    return { ...opened, asked }
  }

  it('shows where the first and the last go, moves all, and can be taken back', async () => {
    const { user, asked } = await recorded()
    expect(asked.getAllByRole('listitem').map((one) => one.textContent)).toEqual(['First13:58:00 → 12:58:00first 502s in eu-west edge logs, fra + ams', 'Last14:36:00 → 13:36:00decision: roll edge-eu back to 418'])
    expect(await violations(await dialog())).toEqual([])
    asked.getByRole('radio', { name: '−1 h' }).focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(called('entry.shift')[0]?.params).toMatchObject({ incident: ID, by_seconds: -3600 }))
    expect(called('entry.shift')[0]!.params['events']).toHaveLength(4)
    expect(await screen.findByText('4 entries moved 1 h earlier')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: /Undo/ }))
    await waitFor(() => expect(called('entry.shift')[1]?.params['by_seconds']).toBe(3600))
  })

  it('takes any span, and not one that lies ahead of now', async () => {
    const { user, asked } = await recorded()
    await user.click(asked.getByRole('radio', { name: 'Other' }))
    const by = asked.getByRole('textbox', { name: 'By how much' })
    await user.type(by, '-1h30m')
    expect(asked.getAllByRole('listitem')[0]).toHaveTextContent('13:58:00 → 12:28:00')
    await user.clear(by)
    await user.type(by, '+25h')
    expect(asked.getByRole('alert')).toHaveTextContent('The last one would lie ahead of now.')
    expect(asked.getByRole('button', { name: /^Shift/ })).toHaveAttribute('aria-disabled', 'true')
    await user.clear(by)
    await user.type(by, 'soon')
    expect(asked.getByRole('alert')).toHaveTextContent('Use -1h30m, +20m or up to 26h.')
  })

  it('says where none of the entries is known', async () => {
    const { room } = await open()
    room.open({ kind: 'shift', about: 'gone' })
    expect(await screen.findByText(/None of these entries is on the record/)).toBeInTheDocument()
  })

  it.each([['-1h', -3600], ['+20m', 1200], ['−1 h 30', -5400], ['90', 5400], ['0', null], ['', null], ['-', null], ['27h', null], ['1d', null]])('reads %o as %o seconds', (typed, seconds) => expect(readShift(typed)).toBe(seconds))
  it('says it in words', () => expect([shiftWords(-5400), shiftWords(1200)]).toEqual(['1 h 30 min earlier', '20 min later']))
})

describe('what looks like a chat', () => {
  it.each([
    ['Slack', SLACK, true],
    ['a log', '14:07:01 ERROR upstream\n14:07:02 ERROR upstream\n14:07:03 WARN slow\n14:07:09 ok', true],
    ['a transcript', 'WEBVTT\n\n00:00:05.000 --> 00:00:09.000\n<v Dana>I command.\n\n00:01:00.000 --> 00:01:02.000\nback', true],
    ['a note of many lines', 'We believe the pool is too small.\nIt was halved on Monday.\nNils looks at 14:30.\nThen we decide.\nMei writes.', false],
    ['three lines', 'Dana  2:58 PM\nhello\nthere', false],
  ])('%s', (_, text, looks) => expect(looksLikeChat(text)).toBe(looks))
})
