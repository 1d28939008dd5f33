import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { call, feed, undo, useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import type { World } from '../../ipc/memory/world'
import { actions } from '../../lib/actions.svelte'
import { route } from '../../lib/route.svelte'
import { violations } from '../../lib/testing/axe'
import { toasts } from '../../lib/toasts.svelte'
import { Watch } from '.'

let world: World
const keys = userEvent.setup()

beforeEach(() => {
  toasts.list.forEach((toast) => toasts.dismiss(toast.id))
})

async function show(name: string) {
  world = seed(name)
  useBackend(over(world))
  const ondeclare = vi.fn()
  const view = await call('watch', {})
  const shown = render(Watch, { props: { view, ondeclare } })
  feed.seen(world.seq)
  if (view.inbox.length) await screen.findByRole('button', { name: /absorbed since/ })
  const refresh = async () => shown.rerender({ view: await call('watch', {}), ondeclare })
  return { ...shown, view, ondeclare, refresh }
}
const press = (key: string, more: object = {}) => actions.press({ key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, target: document.activeElement, ...more }, false)
const row = (text: string) => screen.getByText(text).closest('li')!
const on = async (text: string) => {
  screen.getByText(text).closest('button')!.focus()
  await waitFor(() => expect(row(text)).toHaveClass('open'))
}
const order = () => screen.getAllByRole('button', { name: /suggested/ }).map((b) => b.querySelector('.ti')!.textContent)
const EDGE = 'edge-eu upstream queue and checkout latency'
const DISK = 'Disk above 85% on log shippers'
const focused = () => document.activeElement?.textContent ?? ''

test.each(['busy', 'quiet', 'deaf', 'empty', 'demo', 'storm', 'silent', 'asleep', 'cutoff'])('%s: axe finds nothing', async (name) => {
  const { container } = await show(name)
  expect(await violations(container)).toEqual([])
})

test('the sentence says what needs a person', async () => {
  await show('busy')
  expect(screen.getByText('Three things need you:')).toBeInTheDocument()
  expect(screen.getByText('unclaimed', { selector: 'p .crit' })).toBeInTheDocument()
})

test('an unclaimed incident is taken by C, and says so', async () => {
  const { refresh } = await show('busy')
  press('ArrowDown')
  await waitFor(() => expect(focused()).toContain('INC-7K3F'))
  press('ArrowDown')
  await waitFor(() => expect(focused()).toContain('INC-P81C'))
  press('c')
  await waitFor(() => expect(toasts.list.at(-1)?.text).toBe('You command INC-P81C'))
  await refresh()
  expect(within(row('Sign-in with SSO fails for customers in Spain')).getByText('@dana')).toBeInTheDocument()
})

test('the focused group is open and shows its keys, the others do not', async () => {
  await show('busy')
  await on(EDGE)
  const open = within(row(EDGE))
  expect(open.getByText('INC-7K3F')).toBeInTheDocument()
  expect(row(EDGE).textContent).toMatch(/Looks like part of INC-7K3F: same services and upstream: checkout-web, edge-eu\. On its own SEV2: 10% of checkouts in Europe/)
  for (const name of [/^Attach to INC-7K3F A/, /^Attach 2 groups alike/, /^Declare new/, /^Acknowledge E/, /^Snooze S/, /^Mute M/, /^Noise X/, /^Not mine O/, /^Why W/]) expect(open.getByRole('button', { name })).toBeVisible()
  expect(within(row(DISK)).queryByRole('button', { name: /Attach/ })).toBeNull()
})

test('a group says who sent it, how it goes and how bad it may be, also to those who listen', async () => {
  await show('busy')
  expect(within(row(EDGE)).getByText('37 alerts: alertmanager-eu, shop and help-desk')).toBeInTheDocument()
  expect(within(row(EDGE)).getByRole('img', { name: /began in the last 30 minutes/ })).toBeInTheDocument()
  expect(screen.getAllByRole('button', { name: /SEV2 ?suggested/ })).toHaveLength(2)
})

test('similar incidents of the past say what helped', async () => {
  await show('busy')
  await on(EDGE)
  expect(within(row(EDGE)).getByText('Orders API answered slowly from Frankfurt')).toBeInTheDocument()
  expect(within(row(EDGE)).getByText('Took FRA out of rotation for 12 minutes')).toBeInTheDocument()
})

test('a new group goes to its place while the focus stays on its row', async () => {
  const { refresh } = await show('busy')
  await on(DISK)
  const held = document.activeElement
  world.groups.push({ ...world.groups[1]!, id: 'fresh', title: 'Database down', suggested: 'sev1', state: 'waiting' })
  world.push(['alerts', 'watch'])
  await refresh()
  await waitFor(() => expect(order()[0], 'the gravest is first').toBe('Database down'))
  expect(document.activeElement).toBe(held)
})

test('the row with the focus does not move on screen when a group comes above it', async () => {
  const { refresh, container } = await show('busy')
  await on(DISK)
  // jsdom draws nothing: rows are 46 pixels, and the style that makes the column itself scroll is not there.
  const column = container.querySelector<HTMLElement>('.cols')!
  const at = (li: Element) => [...column.querySelectorAll('section[aria-label="Triage inbox"] > ul > li')].indexOf(li) * 46 - column.scrollTop
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    return { top: at(this), bottom: 0 } as DOMRect
  })
  const before = at(row(DISK))
  world.groups.push({ ...world.groups[1]!, id: 'fresh', title: 'Database down', suggested: 'sev1', state: 'waiting' })
  world.push(['alerts', 'watch'])
  await refresh()
  await waitFor(() => expect(screen.getByText('Database down')).toBeInTheDocument())
  await waitFor(() => expect(column.scrollTop).toBe(46))
  expect(at(row(DISK))).toBe(before)
})

test('a row that is decided hands the focus on, and Z brings it back', async () => {
  const { refresh } = await show('busy')
  await on('Webhook retries above normal for one tenant')
  press('x')
  await waitFor(() => expect(world.quiet.at(-1)).toMatchObject({ shape: 'dismissed', reason: 'noise' }))
  expect(toasts.list.at(-1)?.text).toBe('Dismissed as noise, quiet until it ends')
  await refresh()
  await waitFor(() => expect(focused(), 'the row that took its place').toContain(DISK))
  await undo.take()
  await waitFor(() => expect(order()).toContain('Webhook retries above normal for one tenant'))
})

test('A attaches to the incident it looks like; Shift A takes all alike along', async () => {
  await show('busy')
  await on(EDGE)
  press('A', { shiftKey: true })
  await waitFor(() => expect(world.groups.filter((g) => g.incident === 'INC-7K3F').map((g) => g.title)).toEqual(expect.arrayContaining([EDGE, 'Webhook retries above normal for one tenant'])))
  expect(toasts.list.at(-1)).toMatchObject({ text: '2 groups attached to INC-7K3F', action: { label: 'Undo' } })
  await undo.take()
  await waitFor(() => expect(order()).toContain(EDGE))
})

test('A asks to which incident where nothing says so', async () => {
  await show('busy')
  await on(DISK)
  press('a')
  const dialog = await screen.findByRole('dialog', { name: 'Attach to which incident?' })
  expect(await violations(dialog)).toEqual([])
  await keys.click(within(dialog).getByRole('button', { name: /INC-9VD0/ }))
  await waitFor(() => expect(world.groups.find((g) => g.title === DISK)!.incident).toBe('INC-9VD0'))
  expect(toasts.list.at(-1)).toMatchObject({ text: 'Attached to INC-9VD0', action: { label: 'Undo' } })
})

test('S offers lengths; the focus comes back where nothing is chosen', async () => {
  await show('busy')
  await on(DISK)
  press('s')
  const menu = await screen.findByRole('menu', { name: 'Snooze for how long' })
  expect(within(menu).getAllByRole('menuitem').map((item) => item.textContent?.trim())).toEqual(['15 min', '30 min', '1 h', 'Until it ends', 'For another time…'])
  await keys.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
  await waitFor(() => expect(focused()).toContain(DISK))
})

test('a length that is offered snoozes at once', async () => {
  await show('busy')
  await on(DISK)
  press('s')
  await keys.click(await screen.findByRole('menuitem', { name: '30 min' }))
  await waitFor(() => expect(world.quiet.at(-1)).toMatchObject({ shape: 'snoozed', title: DISK }))
  expect(Math.round((Date.parse(world.quiet.at(-1)!.until_at) - Date.now()) / 60_000)).toBe(30)
  expect(toasts.list.at(-1)?.text).toBe('Snoozed for 30 min')
})

test('a length of one’s own, a mute with its reason, and an owner are asked for', async () => {
  await show('busy')
  await on(DISK)
  press('s')
  await keys.click(await screen.findByRole('menuitem', { name: /another time/ }))
  const snooze = within(await screen.findByRole('dialog', { name: 'Snooze for how long?' }))
  await keys.clear(snooze.getByLabelText('For'))
  await keys.type(snooze.getByLabelText('For'), 'a while')
  expect(snooze.getByText(/Write it like 20 min/)).toBeInTheDocument()
  await keys.clear(snooze.getByLabelText('For'))
  await keys.type(snooze.getByLabelText('For'), '3 h{Enter}')
  await waitFor(() => expect(toasts.list.at(-1)?.text).toBe('Snoozed for 3 h'))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())

  await on('Certificate for hooks.northwind.example expires in 6 days')
  press('m')
  const mute = within(await screen.findByRole('dialog', { name: 'Mute' }))
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  await keys.type(mute.getByLabelText('Why'), 'renewal is ordered{Enter}')
  await waitFor(() => expect(world.quiet.at(-1)).toMatchObject({ shape: 'muted', reason: 'renewal is ordered', until_over: true }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())

  await on('Webhook retries above normal for one tenant')
  press('o')
  const hand = within(await screen.findByRole('dialog', { name: 'Whose is it?' }))
  expect(hand.getByRole('combobox', { name: 'Who' }), 'the owner of the catalogue').toHaveValue('@aya-web')
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  await keys.click(hand.getByRole('button', { name: /Hand it on/ }))
  await waitFor(() => expect(world.quiet.at(-1)).toMatchObject({ shape: 'not_mine', reason: 'handed to @aya-web' }))
})

test('a refusal of an order stands in its dialog, and what was typed stays', async () => {
  await show('busy')
  await on(DISK)
  press('m')
  const mute = within(await screen.findByRole('dialog', { name: 'Mute' }))
  await keys.type(mute.getByLabelText('Why'), 'known')
  await keys.click(mute.getByRole('radio', { name: 'For a while' }))
  await keys.clear(mute.getByLabelText('For'))
  await keys.type(mute.getByLabelText('For'), '40 d')
  await keys.click(mute.getByRole('button', { name: /^Mute/ }))
  expect((await mute.findByRole('alert')).textContent).toContain('Quiet lasts 30 days at most')
  expect(mute.getByLabelText('Why')).toHaveValue('known')
})

test('W says why in one sentence and what would change that', async () => {
  await show('busy')
  await on(DISK)
  press('w')
  const why = within(await screen.findByRole('group', { name: 'Why' }))
  expect(await why.findByText(/warning alerts make no noise here/)).toBeInTheDocument()
  expect(why.getByText(/Set SEV4 to show notices in Settings, or let a rule raise it/)).toBeInTheDocument()
  expect(why.getByText(/Disks can wait for the morning/)).toBeInTheDocument()
  press('w')
  await waitFor(() => expect(screen.queryByRole('group', { name: 'Why' })).toBeNull())
})

test('marked groups are decided together, with one way back', async () => {
  await show('busy')
  await on(DISK)
  press(' ')
  await on('Certificate for hooks.northwind.example expires in 6 days')
  press(' ')
  expect(await screen.findByText('2 groups marked')).toBeInTheDocument()
  expect(within(row(DISK)).getByText('Marked.')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: /^Noise 2/ })).toBeVisible()
  const before = world.quiet.length
  press('x')
  await waitFor(() => expect(world.quiet).toHaveLength(before + 2))
  expect(toasts.list.at(-1)?.text).toBe('2 groups dismissed as noise, quiet until it ends')
  await waitFor(() => expect(screen.queryByText(/groups marked/)).toBeNull())
  await undo.take()
  await waitFor(() => expect(world.quiet).toHaveLength(before))
})

test('Ctrl A marks all, Esc marks none, Ctrl D declares from all that are marked', async () => {
  const { ondeclare } = await show('busy')
  await on(DISK)
  press('a', { ctrlKey: true })
  expect(await screen.findByText('5 groups marked')).toBeInTheDocument()
  press('e')
  await waitFor(() => expect(world.groups.filter((g) => g.state === 'acknowledged')).toHaveLength(5))
  expect(toasts.list.at(-1)?.text).toBe('5 groups acknowledged')
  await on(DISK)
  press('a', { ctrlKey: true })
  press('Escape')
  await waitFor(() => expect(screen.queryByText(/groups marked/)).toBeNull())
  press(' ')
  await screen.findByText('1 group marked')
  press('ArrowUp')
  press('d', { ctrlKey: true })
  expect(ondeclare.mock.calls.at(-1)![0].map((group: { title: string }) => group.title)).toEqual([DISK])
})

test('with one open incident A attaches at once', async () => {
  const { refresh } = await show('busy')
  world.cases.filter((c) => c.ref !== 'INC-7K3F').forEach((c) => (c.status = 'closed'))
  await refresh()
  screen.getByText('Disk above 85% on log shippers').closest('button')!.focus()
  press('a')
  await waitFor(() => expect(world.groups.find((g) => g.title.startsWith('Disk'))!.incident).toBe('INC-7K3F'))
})

test('a refusal stands at its row', async () => {
  await show('busy')
  world.notSaving = 'The disk is full.'
  screen.getByText('Disk above 85% on log shippers').closest('button')!.focus()
  press('e')
  expect((await within(row('Disk above 85% on log shippers')).findByRole('alert')).textContent).toContain('Not saved: the disk is full.')
})

test('Enter shows the alerts as text, never as markup', async () => {
  await show('busy')
  world.groups.find((g) => g.title.startsWith('edge-eu'))!.alerts[0]!.title = '<img src=x onerror=alert(1)>'
  await keys.click(screen.getByText('edge-eu upstream queue and checkout latency'))
  expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeInTheDocument()
  expect(document.querySelector('img')).toBeNull()
})

test('the first run has three doors', async () => {
  const { ondeclare } = await show('empty')
  await keys.click(screen.getByRole('button', { name: /Declare an incident/ }))
  expect(ondeclare).toHaveBeenCalledOnce()
  expect(screen.getByRole('button', { name: /Try the demo/ })).toBeInTheDocument()
  expect(screen.getByRole('button', { name: /Connect Alertmanager/ })).toBeInTheDocument()
})

test('what is muted says why and until when, and can end', async () => {
  const { refresh } = await show('busy')
  const muted = within(screen.getByRole('region', { name: 'Muted' }))
  expect(muted.getByText(/Noise: staging is being rebuilt, @tomas-edge, until it ends/)).toBeInTheDocument()
  await keys.click(muted.getByRole('button', { name: 'End quiet: BackupVerify on staging' }))
  await waitFor(() => expect(world.quiet.map((one) => one.title)).toEqual(['Tuesday work on ledger-db']))
  await refresh()
  await waitFor(() => expect(order()).toContain('BackupVerify on staging'))
})

test('what was absorbed is counted, and leads to why', async () => {
  await show('busy')
  await keys.click(screen.getByRole('button', { name: /212 absorbed since .*, see why/ }))
  expect(route.current).toEqual({ name: 'quiet' })
})

test('a storm that is held says until when and what it counts, and ends', async () => {
  const { refresh } = await show('storm')
  const storm = within(screen.getByRole('status', { name: 'Storm' }))
  expect(storm.getByText(/Storm held until (\w+ )?\d\d:\d\d\./)).toBeInTheDocument()
  expect(storm.getByText(/counted, none lost/)).toBeInTheDocument()
  expect(order(), 'a service that the storm had not reached breaks through').toEqual(expect.arrayContaining([expect.stringContaining('SSO')]))
  expect(order()).not.toContain('Kubelets in eu-west do not answer')
  await keys.click(storm.getByRole('button', { name: 'End the storm' }))
  await refresh()
  await waitFor(() => expect(order()).toContain('Kubelets in eu-west do not answer'))
  expect(screen.queryByRole('status', { name: 'Storm' })).toBeNull()
})

test('a silent source is one line on a busy Watch', async () => {
  await show('silent')
  expect(screen.getByRole('status', { name: 'Hearing' }).textContent).toMatch(/alertmanager-us was last heard \d+ min ago\. It should have spoken since/)
})

test('cut off: one fault, what still holds, and whom to ring', async () => {
  await show('cutoff')
  expect(screen.getByRole('heading', { name: /^This machine is cut off since \d\d:\d\d$/ })).toBeInTheDocument()
  expect(screen.queryByText('All quiet')).toBeNull()
  expect(screen.getByText('What still holds')).toBeInTheDocument()
  await keys.click(await screen.findByRole('button', { name: 'Code to call @lena-support' }))
  expect(await screen.findByRole('img', { name: /Code to scan: \+1 202/ })).toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: 'Try the network again' }))
  expect(await screen.findByText('2 sources answered.')).toBeInTheDocument()
})

test('after sleep it catches up, and says which source was heard since', async () => {
  await show('asleep')
  expect(screen.getByRole('heading', { name: 'Catching up' })).toBeInTheDocument()
  const sources = within(screen.getByRole('list', { name: 'Sources' }))
  expect(sources.getByText('alertmanager-eu').closest('li')!.textContent).toMatch(/heard (\d+ s ago|just now)$/)
  expect(sources.getByText('shop').closest('li')!.textContent).toMatch(/last heard/)
})
