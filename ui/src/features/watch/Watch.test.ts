import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { call, useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import type { World } from '../../ipc/memory/world'
import { actions } from '../../lib/actions.svelte'
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
  const refresh = async () => shown.rerender({ view: await call('watch', {}), ondeclare })
  return { ...shown, view, ondeclare, refresh }
}
const press = (key: string) => actions.press({ key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, target: document.activeElement }, false)
const row = (text: string) => screen.getByText(text).closest('li')!
const focused = () => document.activeElement?.textContent ?? ''

test.each(['busy', 'quiet', 'deaf', 'empty', 'demo'])('%s: axe finds nothing', async (name) => {
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

test('the focused group shows its keys, the others do not', async () => {
  await show('busy')
  const first = screen.getByText('edge-eu upstream queue and checkout latency')
  await keys.click(first)
  expect(within(row('edge-eu upstream queue and checkout latency')).getByRole('button', { name: /Attach…/, hidden: true })).toBeVisible()
  expect(within(row('Disk above 85% on log shippers')).queryByRole('button', { name: /Attach/ })).toBeNull()
})

test('nothing moves under the focus, and a row that is gone hands it on', async () => {
  const { refresh } = await show('busy')
  const order = () => screen.getAllByRole('button', { name: /suggested/ }).map((b) => b.querySelector('.ti')!.textContent)
  screen.getByText('Webhook retries above normal for one tenant').closest('button')!.focus()
  const before = order()
  world.groups.push({ ...world.groups[1]!, id: 'fresh', title: 'Database down', suggested: 'sev1', state: 'waiting' })
  await refresh()
  expect(order(), 'a graver group comes last while a person is in the list').toEqual([...before, 'Database down'])
  expect(focused()).toContain('Webhook retries')
  press('x')
  await waitFor(() => expect(world.quiet).toHaveLength(2))
  await refresh()
  await waitFor(() => expect(focused(), 'the row that took its place').toContain('Disk above 85%'))
})

test('A asks to which incident, those with a service in common first', async () => {
  await show('busy')
  screen.getByText('edge-eu upstream queue and checkout latency').closest('button')!.focus()
  press('a')
  const dialog = await screen.findByRole('dialog', { name: 'Attach to which incident?' })
  expect(within(dialog).getAllByRole('button')[0]!.textContent).toContain('INC-7K3F')
  expect(await violations(dialog)).toEqual([])
  await keys.click(within(dialog).getAllByRole('button')[0]!)
  await waitFor(() => expect(world.groups.find((g) => g.title.startsWith('edge-eu'))!.incident).toBe('INC-7K3F'))
  expect(toasts.list.at(-1)).toMatchObject({ text: 'Attached to INC-7K3F', action: { label: 'Undo' } })
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

test('what is quiet says why, and can end', async () => {
  const { refresh } = await show('busy')
  expect(screen.getByText(/staging is being rebuilt/)).toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: 'End quiet: BackupVerify on staging' }))
  await waitFor(() => expect(world.quiet).toHaveLength(0))
  await refresh()
  expect(screen.getByText('BackupVerify on staging').closest('section')).toHaveAttribute('aria-label', 'Triage inbox')
})

