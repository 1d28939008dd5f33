import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { feed, undo, useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import type { World } from '../../ipc/memory/world'
import { actions } from '../../lib/actions.svelte'
import { violations } from '../../lib/testing/axe'
import { toasts } from '../../lib/toasts.svelte'
import { Quiet } from '.'

let world: World
const keys = userEvent.setup()

beforeEach(() => toasts.list.forEach((toast) => toasts.dismiss(toast.id)))

async function show(name = 'busy') {
  world = seed(name)
  useBackend(over(world))
  const shown = render(Quiet)
  feed.seen(world.seq)
  await waitFor(() => expect(screen.queryByText(/absorbed since/)).not.toBeNull())
  return shown
}
const press = (key: string) => actions.press({ key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, target: document.activeElement }, false)
const rows = () => within(screen.getByRole('region', { name: 'Quiet now' })).getAllByRole('listitem').map((row) => row.textContent ?? '')
const focused = () => document.activeElement?.textContent ?? ''

test.each(['busy', 'empty', 'storm'])('%s: axe finds nothing', async (name) => {
  const { container } = await show(name)
  expect(await violations(container)).toEqual([])
})

test('the list is oldest first; each says what, why, by whom, until when, and what it holds', async () => {
  await show()
  await waitFor(() => expect(rows().length).toBeGreaterThan(3))
  expect(rows()[0]).toMatch(/Maintenance.*Tuesday work on ledger-db.*index rebuild.*@ravi-ops/)
  expect(rows()[1]).toMatch(/Noise.*BackupVerify on staging.*staging is being rebuilt.*@tomas-edge.*until it ends.*1 group, 6 firing/)
  expect(rows().join(), 'what nobody ordered is in the same list').toMatch(/Parent is down.*Rule “Staging makes no noise”|Rule “Staging makes no noise”.*Parent is down/s)
})

test('one is ended by key, and what nobody ordered says how it ends', async () => {
  await show()
  press('ArrowDown')
  await waitFor(() => expect(focused()).toContain('ledger-db'))
  press('ArrowDown')
  await waitFor(() => expect(focused()).toContain('BackupVerify'))
  press('Delete')
  await waitFor(() => expect(world.quiet).toHaveLength(1))
  expect(toasts.list.at(-1)?.text).toBe('BackupVerify on staging may make a noise again')
  await waitFor(() => expect(focused(), 'the focus goes to what took its place').toMatch(/comes and goes/))
  expect(actions.available.some((action) => action.id === 'quiet.end'), 'flapping is not ended by order').toBe(false)
  expect(screen.getByText('Nobody ordered it. It ends when it stays.')).toBeInTheDocument()
})

test('a refusal stands at its row', async () => {
  await show()
  world.notSaving = 'The disk is full.'
  press('ArrowDown')
  press('Delete')
  expect((await screen.findByRole('alert')).textContent).toContain('Not saved: the disk is full.')
})

test('every group that is kept out says why, and what would change that', async () => {
  await show()
  const kept = within(screen.getByRole('region', { name: 'Kept out of the inbox' }))
  ;(await kept.findByText('Image resize latency on edge nodes')).closest('button')!.focus()
  press('w')
  expect(await kept.findByText(/edge-eu, which it rests on, is down and has its own alarm/)).toBeInTheDocument()
  expect(kept.getByText(/It rings if it still fires when edge-eu is back/)).toBeInTheDocument()
  kept.getByText('BackupVerify on staging').closest('button')!.focus()
  press('w')
  await keys.click(await kept.findByRole('button', { name: 'End the quiet' }))
  await waitFor(() => expect(world.quiet.map((one) => one.title)).toEqual(['Tuesday work on ledger-db']))
})

test('a mute by conditions: what does not read is refused in the form, what reads is quiet and can be taken back', async () => {
  await show()
  press('m')
  const dialog = await screen.findByRole('dialog', { name: 'Keep something quiet' })
  expect(await violations(dialog)).toEqual([])
  await keys.type(within(dialog).getByRole('combobox', { name: /Conditions/ }), 'webhooks{Escape}')
  await keys.clear(within(dialog).getByLabelText('For'))
  await keys.type(within(dialog).getByLabelText('For'), '4 h')
  await keys.click(within(dialog).getByRole('button', { name: /Keep it quiet/ }))
  expect((await within(dialog).findByRole('alert')).textContent).toContain('"webhooks" is no condition')
  await keys.clear(within(dialog).getByRole('combobox', { name: /Conditions/ }))
  await keys.type(within(dialog).getByRole('combobox', { name: /Conditions/ }), 'service=webhooks{Escape}')
  await keys.click(within(dialog).getByRole('button', { name: /Keep it quiet/ }))
  await waitFor(() => expect(world.quiet.at(-1)).toMatchObject({ shape: 'muted', over: { when: 'service=webhooks' }, reason: 'known' }))
  await waitFor(() => expect(rows().at(-1)).toContain('3 groups, 9 firing'))
  await undo.take()
  await waitFor(() => expect(world.quiet).toHaveLength(2))
})

test('maintenance every week writes its rule; quiet hours let what is bad through', async () => {
  await show()
  press('p')
  const dialog = within(await screen.findByRole('dialog', { name: 'Keep something quiet' }))
  await keys.click(dialog.getByRole('radio', { name: 'Every week' }))
  await keys.click(dialog.getByRole('checkbox', { name: 'Tue' }))
  expect(dialog.getByText('FREQ=WEEKLY;BYDAY=TU')).toBeInTheDocument()
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  await keys.type(dialog.getByRole('combobox', { name: /Conditions/ }), 'service=search-index{Escape}')
  await keys.type(dialog.getByLabelText('Why'), 'reindexing')
  await keys.click(dialog.getByRole('button', { name: /Keep it quiet/ }))
  await waitFor(() => expect(world.quiet.at(-1)).toMatchObject({ shape: 'maintenance', rule: 'FREQ=WEEKLY;BYDAY=TU', minutes: 120, reason: 'reindexing' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  press('h')
  const night = within(await screen.findByRole('dialog', { name: 'Keep something quiet' }))
  await keys.click(night.getByRole('radio', { name: 'Critical' }))
  await keys.click(night.getByRole('button', { name: /Keep it quiet/ }))
  await waitFor(() => expect(world.quiet.at(-1)).toMatchObject({ shape: 'quiet_hours', over: { everything: true }, below: 'critical', rule: 'FREQ=DAILY' }))
})
