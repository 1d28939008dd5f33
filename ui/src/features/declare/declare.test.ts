import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import type { World } from '../../ipc/memory/world'
import { draft } from '../../lib/drafts'
import DeclareDialog from './DeclareDialog.svelte'
import DeclareWindow from './DeclareWindow.svelte'

let world: World
let calls: { op: string; params: Record<string, unknown> }[]
let hold: Promise<void> | null

beforeEach(() => {
  world = seed('busy')
  calls = []
  hold = null
  const home = over(world)
  useBackend({
    ...home,
    async rpc(op, params) {
      calls.push({ op, params: params as Record<string, unknown> })
      if (op === 'incident.declare') await hold
      return home.rpc(op, params)
    },
  })
})

const called = (op: string) => calls.filter((one) => one.op === op)
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Describe the incident' })
const chosen = () => screen.getByRole('radio', { checked: true }).textContent?.slice(0, 4)
const tokens = () => [...document.querySelectorAll('.tok')].map((one) => one.textContent)

async function open(text?: string) {
  const user = userEvent.setup()
  const { container } = render(DeclareWindow)
  await waitFor(() => expect(screen.getByText('@dana, you')).toBeTruthy())
  if (text) await user.type(field(), text)
  return { user, container }
}

describe('the declare window', () => {
  it('is ready to type in, and shows what it recognises', async () => {
    await open('sev1 checkout 502s for EU @dana #payments')
    expect(document.activeElement).toBe(field())
    await waitFor(() => expect(tokens()).toEqual(['sev1', '@dana', '#payments']))
    expect(chosen()).toBe('SEV1')
    expect(screen.getByRole('button', { name: /Declare SEV1/ })).toBeTruthy()
    expect(screen.getByText('payments')).toBeTruthy()
  })

  it('draws the same letters as the field holds', async () => {
    await open('später 🔥 @nobody-yet')
    expect(document.querySelector('.mirror')!.textContent!.replace('\u200B', '')).toBe(field().value)
    await waitFor(() => expect(screen.getByText('new person')).toBeTruthy())
  })

  it('takes the higher severity when nobody said, and says so', async () => {
    const { user } = await open('checkout is odd')
    expect(screen.getByText(/Unsure takes the higher: SEV2/)).toBeTruthy()
    await user.keyboard('{Alt>}3{/Alt}')
    expect(chosen()).toBe('SEV3')
    expect(screen.queryByText(/Unsure/)).toBeNull()
    expect(field().value, 'Alt and a digit type nothing').toBe('checkout is odd')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(called('incident.declare')).toHaveLength(1))
    expect(called('incident.declare')[0]!.params).toMatchObject({ line: 'checkout is odd', severity: 'sev3' })
  })

  it('a digit alone is a letter of the line', async () => {
    await open('5 of 6 nodes down')
    expect(field().value).toBe('5 of 6 nodes down')
    expect(screen.getByText(/Unsure takes the higher: SEV2/)).toBeTruthy()
  })

  it('says that it may be declared already, and joins by Alt J', async () => {
    const { user } = await open('checkout 502 for customers in EU #payments')
    const open_ = world.cases.find((one) => one.title.toLowerCase().includes('checkout'))!
    await waitFor(() => expect(screen.getByText(/May already be declared/)).toBeTruthy())
    await user.keyboard('{Alt>}j{/Alt}')
    expect(called('window.open')[0]!.params).toEqual({ incident: open_.ref })
    expect(called('window.hide_declare')).toHaveLength(1)
    expect(called('incident.declare')).toHaveLength(0)
    expect(draft('declare').read(), 'the words are kept').toContain('checkout 502')
  })

  it('Tab only moves the focus', async () => {
    const { user } = await open('checkout 502 for customers in EU #payments')
    await user.tab()
    await user.tab()
    expect(calls.filter((one) => !['home', 'declare.preview'].includes(one.op))).toEqual([])
    expect(document.activeElement).not.toBe(field())
  })

  it('declares once however often Enter is pressed', async () => {
    const before = world.cases.length
    let release = () => {}
    hold = new Promise((resolve) => (release = resolve))
    const { user } = await open('sev1 checkout 502s')
    await user.keyboard('{Enter}{Enter}')
    release()
    await screen.findByText(/declared, SEV1/)
    await user.keyboard('{Enter}')
    expect(called('incident.declare')).toHaveLength(1)
    expect(world.cases).toHaveLength(before + 1)
    expect(called('window.open'), 'the echo of a hurried Enter opens nothing').toHaveLength(0)
  })

  it('declares a drill by one key, and says so', async () => {
    const { user } = await open('sev1 checkout 502s')
    await user.keyboard('{Alt>}r{/Alt}')
    expect((screen.getByRole('checkbox', { name: /Drill/ }) as HTMLInputElement).checked).toBe(true)
    await user.keyboard('{Enter}')
    await screen.findByText(/declared, SEV1/)
    expect(called('incident.declare')[0]!.params).toMatchObject({ drill: true })
  })

  it('pages nobody, and offers what comes next by one key each', async () => {
    const copied = vi.fn<(text: string) => Promise<void>>().mockResolvedValue()
    const { user } = await open('sev1 checkout 502s #payments')
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: copied } })
    await user.keyboard('{Enter}')
    await screen.findByText(/You are acting commander/)
    expect(screen.getByText(/Nobody was paged/)).toBeTruthy()
    await user.keyboard('y')
    await waitFor(() => expect(copied).toHaveBeenCalled())
    expect(copied.mock.calls[0]![0], 'in the words of the home').toMatch(/^SEV1 INC-\w{4}: checkout 502s\n@dana commands, acting/)
    await user.keyboard('c')
    await screen.findByText(/You command\./)
    expect(called('command.confirm')).toHaveLength(1)
    expect(draft('declare').read()).toBe('')
  })

  it('hides three seconds later, and is fresh when shown again', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime })
    render(DeclareWindow)
    await user.type(field(), 'sev2 search is stale{Enter}')
    await screen.findByText(/declared, SEV2/)
    await vi.advanceTimersByTimeAsync(3_100)
    expect(called('window.hide_declare')).toHaveLength(1)
    window.dispatchEvent(new Event('focus'))
    await waitFor(() => expect(document.activeElement).toBe(field()))
    expect(field().value).toBe('')
    vi.useRealTimers()
  })

  it('keeps the draft on Esc, selected when it comes back', async () => {
    const { user } = await open('half a thought')
    await user.keyboard('{Escape}')
    expect(called('window.hide_declare')).toHaveLength(1)
    expect(draft('declare').read()).toBe('half a thought')
    window.dispatchEvent(new Event('focus'))
    expect([field().selectionStart, field().selectionEnd]).toEqual([0, 'half a thought'.length])
  })

  it('asks for words before it declares', async () => {
    const { user } = await open()
    await user.keyboard('{Enter}')
    expect((await screen.findByRole('alert')).textContent).toBe('Say in a few words what is wrong.')
    expect(called('incident.declare')).toHaveLength(0)
  })

  it('keeps the line when nothing can be saved, says why, and writes it once when it can', async () => {
    world.notSaving = 'The disk is full.'
    const { user } = await open('sev1 checkout 502s')
    await user.keyboard('{Enter}')
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('Not declared yet. Not saved: the disk is full.')
    expect(alert.textContent).toMatch(/tried again in \d s/)
    expect(field().value).toBe('sev1 checkout 502s')
    world.notSaving = null
    await user.click(screen.getByRole('button', { name: 'Try now' }))
    await screen.findByText(/declared, SEV1/)
    const keys = called('incident.declare').map((one) => one.params['once'])
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size, 'the same key, so that it is written once').toBe(1)
  })

  it('drops answers that come too late', async () => {
    const home = over(world)
    const waiting: (() => void)[] = []
    useBackend({ ...home, async rpc(op, params) {
      if (op === 'declare.preview') await new Promise<void>((resolve) => waiting.push(resolve))
      return home.rpc(op, params)
    } })
    const user = userEvent.setup()
    render(DeclareWindow)
    await user.type(field(), 'sev1 a')
    await waitFor(() => expect(waiting.length).toBeGreaterThan(1))
    await user.clear(field())
    await user.type(field(), 'sev4 b')
    await new Promise((resolve) => setTimeout(resolve, 60))
    waiting.reverse().forEach((resolve) => resolve())
    await waitFor(() => expect(tokens()).toEqual(['sev4']))
    expect(chosen()).toBe('SEV4')
  })

  it('has nothing that keeps a screen reader out, before and after', async () => {
    const { user, container } = await open('sev1 checkout 502 EU customers @dana #new-service')
    const rules = { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } }
    expect((await axe.run(container, rules)).violations.flatMap((one) => one.nodes.map((node) => `${one.id} ${node.html.slice(0, 120)}`))).toEqual([])
    await user.keyboard('{Enter}')
    await screen.findByText(/declared, SEV1/)
    expect((await axe.run(container, rules)).violations.flatMap((one) => one.nodes.map((node) => `${one.id} ${node.html.slice(0, 120)}`))).toEqual([])
  }, 30_000)
})

describe('declaring from alerts', () => {
  it('begins with their words, services and severity, and takes them along', async () => {
    const group = world.groups.find((one) => one.state === 'waiting')!
    const user = userEvent.setup()
    render(DeclareDialog, { open: true, from: [group] })
    const line = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Describe the incident' })
    expect(line.value).toBe(group.title)
    await screen.findByText(new RegExp(`Its alerts suggest ${group.suggested.toUpperCase()}`))
    for (const service of group.services) expect(screen.getByText(service)).toBeTruthy()
    await user.type(line, '{Enter}')
    await screen.findByText(/declared, SEV/)
    expect(called('incident.declare')[0]!.params).toMatchObject({ line: group.title, alerts: [group.id], severity: null })
    expect(world.group(group.id).state).toBe('attached')
  })
  it('takes several groups along, as bad as the worst of them', async () => {
    const groups = world.groups.filter((one) => one.state === 'waiting' && (one.services.includes('edge-eu') || one.services.includes('log-shipper')))
    const user = userEvent.setup()
    render(DeclareDialog, { open: true, from: groups })
    const line = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Describe the incident' })
    expect(line.value, 'the first gives its words').toBe(groups[0]!.title)
    await screen.findByText(/Its alerts suggest SEV2/)
    expect(screen.getByText('49 alerts, 43 firing')).toBeTruthy()
    await user.type(line, '{Enter}')
    await screen.findByText(/declared, SEV/)
    expect(called('incident.declare')[0]!.params).toMatchObject({ alerts: groups.map((one) => one.id) })
  })
})
