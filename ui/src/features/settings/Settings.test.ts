import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import { actions } from '../../lib/actions.svelte'
import { route } from '../../lib/route.svelte'
import { violations } from '../../lib/testing/axe'
import { theme } from '../../lib/theme.svelte'
import { toasts } from '../../lib/toasts.svelte'
import { Settings } from '.'

const keys = userEvent.setup()

async function show(section: string, name = 'busy') {
  const world = seed(name)
  useBackend(over(world))
  route.replace({ name: 'settings', section })
  const shown = render(Settings)
  await waitFor(() => expect(shown.container.querySelector('main section')).not.toBeNull())
  await waitFor(() => expect(screen.queryByText('Looking…')).toBeNull())
  return { ...shown, world }
}

test.each(['overview', 'reach', 'appearance', 'keys', 'data', 'notices', 'matrix', 'sources', 'people'])('%s: axe finds nothing', async (section) => {
  const { container } = await show(section)
  expect(await violations(container)).toEqual([])
})

test('whether a call arrives is never said better than it is', async () => {
  const { world } = await show('reach', 'deaf')
  expect(screen.getByText(/to look at/)).toBeInTheDocument()
  expect(screen.getByText('none connected')).toBeInTheDocument()
  expect(world.sources).toHaveLength(0)
  await keys.click(screen.getByRole('button', { name: /Ring me now/ }))
  expect(await screen.findByText(/If you neither see nor hear it/)).toBeInTheDocument()
})

test('a rule is set, and can be taken back', async () => {
  const { world } = await show('notices')
  await keys.selectOptions(screen.getByLabelText('System notice for SEV3'), 'low')
  await waitFor(() => expect(world.rules.sev3.loudness).toBe('low'))
  expect(toasts.list.at(-1)?.action?.label).toBe('Undo')
  await keys.selectOptions(screen.getByLabelText('Repeat for SEV1'), '')
  await waitFor(() => expect(world.rules.sev1.repeat_minutes).toBeNull())
  expect(screen.queryByLabelText('Repeat for SEV3'), 'only SEV1 and SEV2 repeat').toBeNull()
})

test('the matrix is a table with named rows and columns', async () => {
  await show('matrix')
  expect(screen.getAllByRole('columnheader').map((h) => h.textContent)).toEqual(['Over 10%', '1 to 10%', 'A few', 'Only us'])
  expect(within(screen.getByRole('row', { name: /Core, degraded/ })).getAllByRole('cell').map((c) => c.textContent?.trim())).toEqual(['SEV1', 'SEV2', 'SEV3', 'SEV4'])
})

test('a hotkey is recorded; one that types a character is refused in place', async () => {
  const { world } = await show('keys')
  await keys.click(await screen.findByRole('button', { name: /Change the hotkey/ }))
  const field = screen.getByRole('textbox', { name: /Press the new combination/ })
  await fireEvent.keyDown(field, { key: '@', code: 'KeyQ', ctrlKey: true, altKey: true })
  expect(screen.getByText(/AltGr on many keyboards/)).toBeInTheDocument()
  expect(world.machine.hotkey).toBe('Ctrl+Alt+Shift+M')
  await fireEvent.keyDown(field, { key: 'K', code: 'KeyK', ctrlKey: true, altKey: true, shiftKey: true })
  await waitFor(() => expect(world.machine.hotkey).toBe('Ctrl+Alt+Shift+K'))
  expect(await screen.findByRole('button', { name: 'Change the hotkey, now Ctrl+Alt+Shift+K' })).toBeInTheDocument()
})

test('a hotkey that another program holds keeps the old one and says so', async () => {
  const { world } = await show('keys')
  await keys.click(await screen.findByRole('button', { name: /Change the hotkey/ }))
  await fireEvent.keyDown(screen.getByRole('textbox', { name: /Press the new/ }), { key: 'Q', code: 'KeyQ', ctrlKey: true, altKey: true, shiftKey: true })
  expect(await screen.findByText(/Another program holds/)).toBeInTheDocument()
  expect(world.machine.hotkey).toBe('Ctrl+Alt+Shift+M')
})

test('on Wayland the command to bind is given', async () => {
  await show('keys', 'wayland')
  expect(await screen.findByText('muster declare --window')).toBeInTheDocument()
  expect(screen.getByText(/Wayland/)).toBeInTheDocument()
})

test('single letters can be turned off', async () => {
  const { world } = await show('keys')
  await keys.click(screen.getByRole('switch', { name: /Single letters/ }))
  await waitFor(() => expect(world.machine.single_keys).toBe(false))
  expect(actions.singleKeys).toBe(false)
  actions.singleKeys = true
})

test('a source is added, its token shown once', async () => {
  const { world } = await show('sources')
  await keys.click(screen.getByRole('button', { name: 'Add' }))
  await keys.type(await screen.findByLabelText('Name'), 'alertmanager-eu')
  await keys.click(screen.getByRole('button', { name: 'Add and show the token' }))
  expect(await screen.findByText(/There is a source alertmanager-eu already/), 'a refusal stands in the form').toBeInTheDocument()
  await keys.clear(screen.getByLabelText('Name'))
  await keys.type(screen.getByLabelText('Name'), 'alertmanager-ap')
  await keys.click(screen.getByRole('button', { name: 'Add and show the token' }))
  const dialog = await screen.findByRole('dialog', { name: 'Token of alertmanager-ap' })
  const token = world.source('alertmanager-ap').token
  expect(within(dialog).getByText(token)).toBeInTheDocument()
  expect(await violations(dialog)).toEqual([])
  await keys.click(within(dialog).getByRole('button', { name: 'I have stored it' }))
  await waitFor(() => expect(screen.queryByText(token)).toBeNull())
  expect(await screen.findByText('not heard yet')).toBeInTheDocument()
})

test('a source is removed only after a question', async () => {
  const { world } = await show('sources')
  await keys.click(screen.getByRole('button', { name: 'More about alertmanager-us' }))
  await keys.click(await screen.findByText('Remove…'))
  const dialog = await screen.findByRole('dialog', { name: 'Remove alertmanager-us?' })
  expect(world.sources).toHaveLength(2)
  await keys.click(within(dialog).getByRole('button', { name: 'Remove the source' }))
  await waitFor(() => expect(world.sources.map((s) => s.name)).toEqual(['alertmanager-eu']))
})

test('a test tells how far it came, and what was refused is shown raw, as text', async () => {
  const { world } = await show('sources')
  world.machine.listener_enabled = false
  await keys.click(screen.getByRole('button', { name: 'More about alertmanager-eu' }))
  await keys.click(await screen.findByText('Send a test alert'))
  expect(await screen.findByText(/The listener is off, so nothing can arrive\./)).toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: '1 refused' }))
  expect((await screen.findByText(/"summary":"<b>disk<\/b>"/)).tagName).toBe('PRE')
})

test('the record is verified, backed up and rebuilt', async () => {
  const { world } = await show('data')
  await keys.click(screen.getByRole('button', { name: 'Verify' }))
  expect(await screen.findByText(/every one as it was written/)).toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: /Back up now/ }))
  expect(((await screen.findByLabelText('File')) as HTMLInputElement).value).toMatch(/northwind\/backups\/by-hand-.*\.db$/)
  await keys.click(screen.getByRole('button', { name: 'Back up' }))
  await waitFor(() => expect(world.backups).toHaveLength(4))
  await keys.click(await screen.findByRole('button', { name: /Rebuild…/ }))
  await keys.click(within(await screen.findByRole('dialog', { name: 'Rebuild all views?' })).getByRole('button', { name: 'Rebuild' }))
  await waitFor(() => expect(toasts.list.at(-1)?.text).toContain('Rebuilt'))
})

test('a person is added; a name that cannot be used is refused in place', async () => {
  const { world } = await show('people')
  await keys.type(screen.getByLabelText('Short name'), 'sam platform')
  await keys.click(screen.getByRole('button', { name: 'Add' }))
  expect(await screen.findByText(/letters, digits/)).toBeInTheDocument()
  await keys.clear(screen.getByLabelText('Short name'))
  await keys.type(screen.getByLabelText('Short name'), '@sam-platform')
  await keys.click(screen.getByRole('button', { name: 'Add' }))
  await waitFor(() => expect(world.people.some((p) => p.handle === 'sam-platform')).toBe(true))
})

test('the theme is chosen at once and kept', async () => {
  const { world } = await show('appearance')
  await keys.click(screen.getByRole('radio', { name: 'Light' }))
  expect(document.documentElement.dataset.theme).toBe('light')
  await waitFor(() => expect(world.machine.theme).toBe('light'))
  theme.choose('dark')
})
