import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { useBackend } from '../ipc'
import { over } from '../ipc/memory'
import { seed } from '../ipc/memory/seed'
import { draft } from '../lib/drafts'
import { route } from '../lib/route.svelte'
import { violations } from '../lib/testing/axe'
import { theme } from '../lib/theme.svelte'
import { toasts } from '../lib/toasts.svelte'
import App from './App.svelte'
import { overlays } from './overlays.svelte'

const keys = userEvent.setup()

beforeEach(() => {
  route.replace({ name: 'watch' })
  overlays.open = null
  toasts.list.forEach((toast) => toasts.dismiss(toast.id))
})

async function show(name: string, props: { recovered?: boolean } = {}) {
  const world = seed(name)
  useBackend(over(world))
  const shown = render(App, { props })
  await waitFor(() => expect(screen.queryByText('Opening the home…')).toBeNull())
  return { ...shown, world }
}
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.body, { key, ...more })

test.each(['busy', 'quiet', 'empty', 'demo', 'full', 'corrupt'])('%s: axe finds nothing in the whole window', async (name) => {
  const { container } = await show(name)
  await waitFor(() => expect(container.querySelector('main')).not.toBeNull())
  expect(await violations(container)).toEqual([])
})

test('sections are reached by chords, Esc goes back', async () => {
  await show('busy')
  await press('g')
  await press('n')
  expect(await screen.findByRole('main', { name: 'Incidents' })).toBeInTheDocument()
  await press('g')
  await press('e')
  expect(await screen.findByRole('main', { name: 'People' })).toBeInTheDocument()
  await press('g')
  await press('s')
  expect(await screen.findByRole('navigation', { name: 'Settings' })).toBeInTheDocument()
  await press('Escape')
  expect(await screen.findByRole('main', { name: 'People' })).toBeInTheDocument()
  await press('Escape')
  expect(await screen.findByRole('main', { name: 'Incidents' })).toBeInTheDocument()
})

test('the palette finds actions, incidents and what the record says', async () => {
  await show('busy')
  await press('k', { ctrlKey: true })
  const field = await screen.findByRole('combobox')
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  await keys.type(field, '502 ratio')
  expect(await screen.findByText('On the record')).toBeInTheDocument()
  await keys.clear(field)
  await keys.type(field, 'go to inc')
  expect(screen.getByRole('option', { selected: true }).textContent).toContain('Go to Incidents')
  await keys.keyboard('{Enter}')
  await waitFor(() => expect(route.current.name).toBe('incidents'))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('letters do not act beneath a dialog', async () => {
  const { world } = await show('busy')
  await press('ArrowDown')
  await press('ArrowDown')
  await press('?', { shiftKey: true })
  const help = await screen.findByRole('dialog', { name: 'All keys' })
  expect(within(help).getByText('Take command')).toBeInTheDocument()
  await press('c')
  expect(world.case('INC-P81C').commander.state).toBe('unclaimed')
  expect(await violations(help)).toEqual([])
})

test('declaring from a group gives the focus back to its row', async () => {
  await show('busy')
  const row = screen.getByText('Disk above 85% on log shippers').closest('button')!
  row.focus()
  await press('d', { ctrlKey: true })
  const dialog = await screen.findByRole('dialog', { name: 'Declare an incident' }, { timeout: 5000 })
  await waitFor(() => expect(within(dialog).getByDisplayValue(/Disk above 85% on log shippers/)).toHaveFocus())
  await keys.keyboard('{Escape}')
  await waitFor(() => expect(row).toHaveFocus())
})

test('what was done is taken back with Z', async () => {
  const { world } = await show('busy')
  screen.getByText('Disk above 85% on log shippers').closest('button')!.focus()
  await press('x')
  await waitFor(() => expect(world.quiet).toHaveLength(3))
  await waitFor(() => expect(screen.getByRole('button', { name: /^Undo/ })).toBeInTheDocument())
  await press('z')
  await waitFor(() => expect(world.quiet).toHaveLength(2))
})

test('the storm is one key, seen in the foot, and ended by name', async () => {
  const { world } = await show('busy')
  await press('S', { ctrlKey: true, altKey: true, shiftKey: true })
  await waitFor(() => expect(world.quiet.some((one) => one.shape === 'storm')).toBe(true))
  expect(await within(screen.getByRole('contentinfo')).findByText(/^Storm held until (\w+ )?\d\d:\d\d, \d+ counted$/)).toBeInTheDocument()
  await press('k', { ctrlKey: true })
  await keys.type(await screen.findByRole('combobox'), 'end the storm{Enter}')
  await waitFor(() => expect(world.quiet.some((one) => one.shape === 'storm')).toBe(false))
})

test('what is quiet is a screen of its own, and leads back', async () => {
  await show('busy')
  await press('g')
  await press('q')
  expect(await screen.findByRole('main', { name: 'What is quiet' })).toBeInTheDocument()
  await press('?', { shiftKey: true })
  const help = within(await screen.findByRole('dialog', { name: 'All keys' }))
  for (const title of ['End what is quiet', 'Why it made no noise', 'Plan maintenance', 'I know, hold this storm']) expect(help.getByText(title)).toBeInTheDocument()
  await keys.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await press('Escape')
  expect(await screen.findByText('Triage inbox')).toBeInTheDocument()
})

test('a report is taken down from anywhere', async () => {
  await show('busy')
  await press('k', { ctrlKey: true })
  await keys.type(await screen.findByRole('combobox'), 'report a problem{Enter}')
  expect(await screen.findByRole('dialog', { name: 'Report a problem' })).toBeInTheDocument()
})

test('Ctrl Shift L switches the theme and the home keeps it', async () => {
  const { world } = await show('busy')
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'))
  await press('L', { ctrlKey: true, shiftKey: true })
  expect(document.documentElement.dataset.theme).toBe('light')
  await waitFor(() => expect(world.machine.theme).toBe('light'))
  theme.choose('dark')
})

test('the demo says that it is one, and leads back', async () => {
  const { world } = await show('demo')
  expect(screen.getByText('This is the demo.')).toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: 'Back to my home' }))
  await waitFor(() => expect(world.demo).toBe(false))
  await waitFor(() => expect(screen.queryByText('This is the demo.')).toBeNull())
})

test('not saving is a lasting alert', async () => {
  await show('full')
  expect(screen.getAllByRole('alert').map((a) => a.textContent).join()).toContain('The disk is full.')
  expect(within(screen.getByRole('contentinfo')).getByText('Not saving.')).toBeInTheDocument()
})

test('a window that reloaded itself says so, and that the draft is there', async () => {
  draft('note:INC-7K3F').write('first 502s')
  await show('busy', { recovered: true })
  expect(screen.getByText(/Nothing on record was lost; your draft is still here\./)).toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(screen.queryByText(/The window reloaded itself/)).toBeNull()
})

test('a home that does not open shows the rescue screen, and comes back from it', async () => {
  const { world } = await show('corrupt')
  expect(await screen.findByRole('heading', { name: 'This home cannot be read' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /Declare/ }), 'nothing can be declared into no home').toBeNull()
  world.broken = null
  await keys.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Three things need you:')).toBeInTheDocument()
})

test('tray and notices send the window to an incident', async () => {
  const { world } = await show('busy')
  await press('k', { ctrlKey: true })
  await screen.findByRole('dialog')
  world.send('INC-9VD0')
  await waitFor(() => expect(route.current).toEqual({ name: 'incident', id: 'INC-9VD0' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  world.send('watch')
  await waitFor(() => expect(route.current).toEqual({ name: 'watch' }))
})

test('the foot says what was heard; an empty home has no Incidents yet', async () => {
  await show('empty')
  expect(screen.getByText('Saved here. No sources connected')).toBeInTheDocument()
  expect(within(screen.getByRole('navigation', { name: 'Main' })).getAllByRole('button').map((b) => b.textContent?.trim())).toEqual(['Watch', 'People', 'Settings'])
})
