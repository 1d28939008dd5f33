import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import type { Case, World } from '../../ipc/memory/world'
import { actions } from '../../lib/actions.svelte'
import { clock } from '../../lib/clock.svelte'
import { draft } from '../../lib/drafts'
import { route } from '../../lib/route.svelte'
import { toasts } from '../../lib/toasts.svelte'
import IncidentRoom from './IncidentRoom.svelte'

/** axe walks every node in several passes; a busy machine needs its time. */
const AXE_MS = 30_000
let world: World
let calls: { op: string; params: Record<string, unknown> }[]
let wait: number

beforeEach(() => {
  world = seed('busy')
  calls = []
  wait = 0
  useBackend({
    async rpc(op, params) {
      calls.push({ op, params: structuredClone(params) as Record<string, unknown> })
      return over(world, wait).rpc(op, params)
    },
    subscribe: async (since, pushed) => world.listen(since, pushed),
  })
})
// The window answers keys as App does.
const press = (event: KeyboardEvent) => {
  if (!event.defaultPrevented && actions.press(event)) event.preventDefault()
}
let stop = () => {}
beforeEach(() => {
  window.addEventListener('keydown', press)
  stop = clock.start()
})
afterEach(() => {
  cleanup()
  stop()
  window.removeEventListener('keydown', press)
  toasts.list.forEach((toast) => toasts.dismiss(toast.id))
})

const CHECKOUT = 'INC-7K3F'
const UNCLAIMED = 'INC-P81C'
const the = (ref: string): Case => world.cases.find((one) => one.ref === ref)!
const changes = () => calls.filter((one) => !/\.(show|list|timeline)$|^(home|settings|watch)$/.test(one.op))
const line = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write to the timeline' })
const story = () => screen.getByRole('list', { name: 'Timeline' }).textContent ?? ''
const entries = () => [...document.querySelectorAll<HTMLElement>('[data-entry]')]
const focused = () => document.activeElement?.closest<HTMLElement>('[data-entry]')?.textContent ?? ''

async function open(ref = CHECKOUT) {
  const user = userEvent.setup()
  const { container } = render(IncidentRoom, { id: ref })
  await screen.findByRole('list', { name: 'Timeline' })
  await waitFor(() => expect(line()).toBeTruthy())
  return { user, container }
}

describe('opening a room', () => {
  it('shows what is on record, and nothing that is not', async () => {
    await open()
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Checkout returns 502 for EU customers')
    expect(story()).toContain('FRA rolled back')
    expect(screen.getByText('@ravi-ops', { selector: '.n' })).toBeTruthy()
  })

  it('says that nothing is promised where nothing is', async () => {
    await open('INC-4QX2')
    expect(within(screen.getByRole('complementary', { name: 'Incident details' })).getAllByText('none').length).toBeTruthy()
    expect(within(screen.getByRole('main')).queryByText(/due in/)).toBeNull()
  })

  it('waits without a spinner and without made-up words', async () => {
    wait = 60
    render(IncidentRoom, { id: CHECKOUT })
    expect(screen.getByRole('main').getAttribute('aria-busy')).toBe('true')
    await screen.findByRole('heading', { level: 1 })
  })

  it('says that there is no such incident, with a way on', async () => {
    render(IncidentRoom, { id: 'INC-0000' })
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('There is no incident INC-0000.')
    expect(within(alert).getByRole('button', { name: 'Try again' })).toBeTruthy()
  })

  it('says what to do where a tab is empty', async () => {
    const { user } = await open(UNCLAIMED)
    await user.click(screen.getByRole('tab', { name: /Key moments/ }))
    await screen.findByText('No key moments yet.')
  })

  it('marks what came in since the last look', async () => {
    localStorage.setItem(`muster.looked.${the(CHECKOUT).id}`, String(the(CHECKOUT).entries.at(-3)!.seq))
    await open()
    await screen.findByText(/New since you looked, [12] entr/)
  })

  it('follows what others write', async () => {
    await open()
    world.write(the(CHECKOUT), { kind: 'note', text: 'AMS is back as well', actor: 'tomas-edge' })
    await waitFor(() => expect(story()).toContain('AMS is back as well'))
  })

  it('draws no more than 300 entries of a long record', async () => {
    const c = the(CHECKOUT)
    const last = c.entries.at(-1)!
    for (let i = 0; i < 600; i++) c.entries.push({ ...last, id: `more-${i}`, seq: last.seq + i, text: `Entry ${i}` })
    await open()
    const box = document.querySelector<HTMLElement>('.scroller .scroll')!
    for (let i = 0; i < 8; i++) {
      box.scrollTop = 0
      box.dispatchEvent(new Event('scroll'))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(entries().length).toBeGreaterThan(100)
    expect(entries().length).toBeLessThanOrEqual(300)
  }, 30_000)

  it('draws a new entry, and leaves the lines of all others alone', async () => {
    await open()
    const lines = entries()
    const touched: string[] = []
    const watcher = new MutationObserver((changes) => touched.push(...changes.filter(({ target }) => lines.some((line) => line.contains(target))).map((one) => one.attributeName ?? one.type)))
    watcher.observe(screen.getByRole('list', { name: 'Timeline' }), { subtree: true, childList: true, attributes: true, characterData: true })
    world.write(the(CHECKOUT), { kind: 'note', text: 'AMS is back as well', actor: 'tomas-edge' })
    await waitFor(() => expect(story()).toContain('AMS is back as well'))
    watcher.disconnect()
    expect(entries().slice(0, lines.length), 'the same nodes').toEqual(lines)
    expect(new Set(touched), 'only how many there are, and which of them Tab reaches').toEqual(new Set(['aria-setsize', 'tabindex']))
  })

  it('says of every entry where it stands in the whole record, also once another was written', async () => {
    const c = the(CHECKOUT)
    const last = c.entries.at(-1)!
    for (let i = 1; i <= 600; i++) c.entries.push({ ...last, id: `more-${i}`, seq: last.seq + i, text: `Entry ${i}` })
    await open()
    world.seq = last.seq + 600
    world.write(c, { kind: 'note', text: 'The last one' })
    await waitFor(() => expect(story()).toContain('The last one'))
    const total = c.entries.length
    const drawn = entries().filter((one) => one.getAttribute('aria-setsize') === String(total))
    expect(drawn).toHaveLength(entries().length)
    expect(drawn.map((one) => Number(one.getAttribute('aria-posinset')))).toEqual(drawn.map((_, i) => total - drawn.length + 1 + i))
  })
})

describe('by keys alone', () => {
  it('writes a note: N, words, Enter', async () => {
    const { user } = await open()
    await user.keyboard('n')
    expect(document.activeElement).toBe(line())
    await user.keyboard('LHR is clean, too{Enter}')
    await waitFor(() => expect(story()).toContain('LHR is clean, too'))
    expect(line().value).toBe('')
  })

  it('takes command of what nobody commands: C', async () => {
    const { user } = await open(UNCLAIMED)
    expect(screen.getAllByText('Nobody commands').length).toBeGreaterThan(0)
    await user.keyboard('c')
    await waitFor(() => expect(the(UNCLAIMED).commander).toMatchObject({ name: 'dana', state: 'confirmed' }))
    await waitFor(() => expect(screen.queryByText('Nobody commands')).toBeNull())
  })

  it('sets the severity by the matrix: V, arrows, Enter', async () => {
    const { user } = await open()
    await waitFor(() => expect(calls.some((one) => one.op === 'settings')).toBe(true))
    await user.keyboard('v')
    const grid = await screen.findByRole('grid')
    await waitFor(() => expect(grid.contains(document.activeElement)).toBe(true))
    await user.keyboard('{ArrowDown}{ArrowRight}{Enter}')
    await waitFor(() => expect(the(CHECKOUT).severity).toBe('sev2'))
    expect(screen.queryByRole('grid')).toBeNull()
    expect(toasts.list.at(-1)).toMatchObject({ text: 'Severity SEV2', action: { label: 'Undo', keys: ['Z'] } })
  })

  it('moves to a state at an earlier time: L, arrow, time, Enter', async () => {
    const { user } = await open()
    await user.keyboard('l{ArrowDown}')
    await user.type(screen.getByRole('textbox', { name: 'Since when' }), '-12m{Enter}')
    await waitFor(() => expect(the(CHECKOUT).status).toBe('mitigated'))
    expect(Math.abs(Date.parse(the(CHECKOUT).mitigated_at!) - (Date.now() - 720_000))).toBeLessThan(5_000)
  })

  it('walks the record and pins, corrects, copies: arrows, K, E, Y', async () => {
    const copied = vi.fn<(text: string) => Promise<void>>().mockResolvedValue()
    const { user } = await open()
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: copied } })
    entries()[entries().findIndex((one) => one.textContent?.includes('FRA rolled back')) + 1]!.focus()
    await user.keyboard('{ArrowUp}')
    expect(focused()).toContain('FRA rolled back')
    await user.keyboard('k')
    await waitFor(() => expect(the(CHECKOUT).entries.find((one) => one.text.startsWith('FRA'))!.pinned).toBe(true))
    await user.keyboard('y')
    await waitFor(() => expect(copied.mock.calls[0]![0]).toMatch(/^\d\d:\d\d UTC FRA rolled back.*\(@tomas-edge, INC-7K3F\)$/))
    await user.keyboard('e')
    const words = await screen.findByRole('textbox', { name: 'Words' })
    await user.clear(words)
    await user.type(words, 'FRA rolled back, AMS is next{Enter}')
    await waitFor(() => expect(story()).toContain('edited, was “FRA rolled back'))
  })

  it('fills a role that somebody took by voice: R', async () => {
    const { user } = await open()
    await user.keyboard('r')
    await user.selectOptions(await screen.findByRole('combobox', { name: /Role/ }), 'scribe')
    await user.type(screen.getByRole('combobox', { name: 'Who' }), '@jo-scribe')
    expect(screen.getByText('@jo-scribe is new here and will be added.')).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: 'Said so by voice' }))
    await user.click(screen.getByRole('button', { name: /Assign/ }))
    await waitFor(() => expect(changes().at(-1)).toEqual({ op: 'role.assign', params: { incident: CHECKOUT, role: 'scribe', name: 'jo-scribe', for_name: 'jo-scribe', by: 'voice' } }))
    await screen.findByText('@jo-scribe', { selector: '.n' })
  })

  it('goes to the next incident: Alt and an arrow', async () => {
    const { user } = await open()
    await screen.findAllByText('INC-4QX2')
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(route.current).toMatchObject({ name: 'incident' })
    expect(route.current).not.toMatchObject({ id: CHECKOUT })
  })

  it('Esc leaves the line for the record, and keeps the words', async () => {
    const { user } = await open()
    await user.keyboard('nhalf a thought{Escape}')
    expect(document.activeElement?.hasAttribute('data-entry')).toBe(true)
    expect(draft(`note:${the(CHECKOUT).id}`).read()).toBe('half a thought')
  })

  it('no digit, no punctuation and no key while typing changes anything', async () => {
    const { user } = await open()
    await user.keyboard('1234567890.,;:!?-+')
    expect(changes()).toEqual([])
    await user.click(line())
    await user.keyboard('vlcrkey 1')
    expect(line().value).toBe('vlcrkey 1')
    expect(changes()).toEqual([])
  })
})

describe('what is refused or lost', () => {
  it('says why an action is not possible, instead of doing nothing', async () => {
    const { user } = await open()
    await user.type(line(), '/reopen{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('It is open.')
    expect(changes()).toEqual([])
    expect(line().value, 'the words stay').toBe('/reopen')
  })

  it('says so where a key has nothing to act on', async () => {
    const { user } = await open()
    await user.keyboard('k{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('No entry is chosen.')
  })

  it('keeps what was not saved, says why, and writes it once when it can', async () => {
    world.notSaving = 'The disk is full.'
    const { user } = await open()
    await user.type(line(), 'LHR is clean{Enter}')
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('Not saved. The disk is full.')
    expect(alert.textContent).toMatch(/Tried again in \d s/)
    expect(line().value).toBe('LHR is clean')
    expect(screen.getByText('not saved')).toBeTruthy()
    world.notSaving = null
    await user.click(within(alert).getByRole('button', { name: 'Try now' }))
    await waitFor(() => expect(story()).toContain('LHR is clean'))
    const keys = changes().filter((one) => one.op === 'incident.note').map((one) => one.params['once'])
    expect(new Set(keys).size).toBe(1)
    expect(the(CHECKOUT).entries.filter((one) => one.text === 'LHR is clean')).toHaveLength(1)
  })

  it('finds the words again after a reload', async () => {
    draft(`note:${the(CHECKOUT).id}`).write('half a thought')
    await open()
    expect(line().value).toBe('half a thought')
  })

  it('takes words out for good only after a reason, and then shows the gap, who and why', async () => {
    const { user } = await open()
    await user.type(line(), 'Sample order 4000 1234 fails{Enter}')
    await waitFor(() => expect(story()).toContain('4000 1234'))
    await user.type(line(), '/redact{Enter}')
    const dialog = await screen.findByRole('dialog')
    expect(dialog.textContent).toContain('This cannot be taken back.')
    const words = within(dialog).getByRole<HTMLTextAreaElement>('textbox', { name: /Entry of/ })
    words.setSelectionRange(13, 22)
    await user.click(within(dialog).getByRole('button', { name: 'Hide selection' }))
    await user.click(within(dialog).getByRole('button', { name: /Take out for good/ }))
    expect(changes().some((one) => one.op === 'entry.redact'), 'not without a reason').toBe(false)
    await user.type(within(dialog).getByRole('textbox', { name: 'Why' }), 'card number{Enter}')
    await waitFor(() => expect(story()).toContain('redacted by @dana'))
    expect(story()).toContain('card number')
    expect(document.body.textContent).not.toContain('4000 1234')
    expect(screen.getByRole('img', { name: 'redacted words' })).toBeTruthy()
  })
})

describe('what wants a look', () => {
  function showing(more: object) {
    const home = over(world)
    useBackend({
      subscribe: home.subscribe,
      async rpc(op, params) {
        calls.push({ op, params: params as Record<string, unknown> })
        const answer = await home.rpc(op, params)
        return op === 'incident.show' ? { ...(answer as object), ...more } : answer
      },
    })
  }

  it('shows two edits that did not know of each other, and lets a person decide', async () => {
    showing({ conflicts: [{ field: 'severity', kept: 'SEV1', other: 'SEV2', by: 'kofi', at: '2026-03-04T14:07:00.000Z' }] })
    const { user, container } = await open()
    expect(screen.getByRole('list', { name: 'Wants a look' }).textContent).toContain('SEV1 holds; @kofi set SEV2 at 14:07, not knowing of it.')
    expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })).violations.map((one) => one.id)).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Use SEV2' }))
    await waitFor(() => expect(changes().at(-1)).toMatchObject({ op: 'incident.severity', params: { severity: 'sev2' } }))
  }, AXE_MS)

  it('suggests calmly, and can be put aside', async () => {
    showing({ suggestions: [{ kind: 'resolve', text: 'All its alerts have ended. Resolved?' }, { kind: 'confirm_command', text: 'Nobody confirmed who commands.' }] })
    const { user } = await open()
    const list = screen.getByRole('list', { name: 'Wants a look' })
    expect(within(list).getAllByRole('listitem'), 'command is asked in the header already').toHaveLength(1)
    await user.click(within(list).getByRole('button', { name: 'Not yet' }))
    expect(screen.queryByText(/All its alerts have ended/)).toBeNull()
    expect(changes(), 'nothing happens by itself').toEqual([])
  })
})

describe('the rail', () => {
  it('offers to confirm an acting commander', async () => {
    const { user } = await open('INC-4QX2')
    const rail = within(screen.getByRole('complementary', { name: 'Incident details' }))
    expect(rail.getByText('nobody confirmed')).toBeTruthy()
    await user.click(rail.getByRole('button', { name: /Confirm/ }))
    await waitFor(() => expect(the('INC-4QX2').commander.state).toBe('confirmed'))
  })

  it('attaches waiting alerts, and detaches them again', async () => {
    const { user } = await open()
    const rail = within(screen.getByRole('complementary', { name: 'Incident details' }))
    await user.click(rail.getByRole('button', { name: 'Attach' }))
    const dialog = await screen.findByRole('dialog')
    const box = (await within(dialog).findAllByRole('checkbox'))[0]!
    await user.click(box)
    await user.click(within(dialog).getByRole('button', { name: /Attach 1 group/ }))
    await waitFor(() => expect(changes().some((one) => one.op === 'alert.attach')).toBe(true))
    await waitFor(() => expect(rail.getAllByRole('button', { name: /^Detach/ })).toHaveLength(2))
    await user.click(rail.getAllByRole('button', { name: /^Detach/ })[1]!)
    await waitFor(() => expect(changes().some((one) => one.op === 'alert.detach')).toBe(true))
  })

  it('records customer impact', async () => {
    const { user } = await open(UNCLAIMED)
    await user.click(screen.getAllByRole('button', { name: 'Record' })[0]!)
    const dialog = await screen.findByRole('dialog')
    await user.type(within(dialog).getByRole('textbox', { name: /Since/ }), '-30m')
    await user.type(within(dialog).getByRole('textbox', { name: /Share/ }), '120')
    expect(within(dialog).getByText('A share goes from 0 to 100.')).toBeTruthy()
    await user.clear(within(dialog).getByRole('textbox', { name: /Share/ }))
    await user.type(within(dialog).getByRole('textbox', { name: /Share/ }), '18')
    await user.click(within(dialog).getByRole('button', { name: /Start impact/ }))
    await waitFor(() => expect(the(UNCLAIMED).impact[0]).toMatchObject({ share: 18, to: null }))
    await screen.findByText(/18% of customers are affected/)
  })
})

it('nothing keeps a screen reader out', async () => {
  const { user, container } = await open()
  const rules = { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } }
  const found = async (node: Element) => (await axe.run(node, rules)).violations.flatMap((one) => one.nodes.map((at) => `${one.id} ${at.html.slice(0, 160)}`))
  expect(await found(container)).toEqual([])
  await user.keyboard('v')
  await screen.findByRole('dialog')
  expect(await found(container)).toEqual([])
  await user.keyboard('{Escape}l')
  expect(await found(container)).toEqual([])
  await user.keyboard('{Escape}r')
  await screen.findByRole('combobox', { name: 'Who' })
  expect(await found(document.body)).toEqual([])
  await user.keyboard('{Escape}')
  await user.type(line(), '/r')
  expect(await found(container)).toEqual([])
}, AXE_MS)

describe('alerts and changes of the room', () => {
  it('W says why the chosen alerts did or did not make a noise, and what would change that', async () => {
    const { user } = await open()
    const rail = within(screen.getByRole('complementary', { name: 'Incident details' }))
    ;(await rail.findByRole('button', { name: 'Why: payments-api 5xx ratio above 5%' })).focus()
    await user.keyboard('w')
    const dialog = await screen.findByRole('dialog', { name: 'Why did it ring, or not?' })
    expect(await within(dialog).findByText(/it belongs to INC-7K3F, which has a notice of its own/)).toBeTruthy()
    expect(within(dialog).getByText(/Detach it from INC-7K3F/)).toBeTruthy()
    expect((await axe.run(dialog, { rules: { 'color-contrast': { enabled: false } } })).violations).toEqual([])
  }, AXE_MS)

  it('tells what was changed near the start, the nearest first', async () => {
    await open()
    const changed = within(await screen.findByRole('region', { name: 'Changes near the start' }))
    expect(changed.getAllByRole('listitem').map((one) => one.textContent)).toEqual([expect.stringMatching(/Change 419.*4 min before, edge-eu, success, github/), expect.stringMatching(/Deploy checkout-web.*28 min before/)])
  })
})
