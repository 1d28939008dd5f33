import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { feed, undo, useBackend } from '../../ipc'
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
  feed.seen(world.seq)
  await waitFor(() => expect(shown.container.querySelector('main section')).not.toBeNull())
  await waitFor(() => expect(screen.queryByText('Looking…')).toBeNull())
  return { ...shown, world }
}

test.each(['overview', 'reach', 'appearance', 'keys', 'data', 'notices', 'matrix', 'clocks', 'sources', 'rules', 'services', 'noise', 'channels', 'bridge', 'people'])('%s: axe finds nothing', async (section) => {
  const { container } = await show(section)
  expect(await violations(container)).toEqual([])
})

test('whether a call arrives is never said better than it is', async () => {
  const { world } = await show('reach', 'deaf')
  expect(screen.getByText(/to look at/)).toBeInTheDocument()
  expect(screen.getByText('none connected')).toBeInTheDocument()
  expect(world.sources).toHaveLength(0)
})

test('a drill is green only once it was clicked, and says what to do where it was not', async () => {
  const { world } = await show('reach')
  expect(screen.getByText(/not tried since Muster started/)).toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: /Ring me now/ }))
  expect(await screen.findByText(/click it within 60 s/), 'shown is not seen').toBeInTheDocument()
  world.drill = 'missed'
  world.push(['home'])
  expect(await screen.findByText(/not clicked within 60 s\. Switch do not disturb off/)).toBeInTheDocument()
  world.drill = 'clicked'
  world.push(['home'])
  expect(await screen.findByText(/3 s after it came/)).toBeInTheDocument()
})

test('senders must speak TLS where that is switched on, and what they have to trust is named', async () => {
  const { world } = await show('sources')
  expect(screen.getByText('Plain HTTP, which does not leave this machine.')).toBeInTheDocument()
  await keys.click(screen.getByRole('switch', { name: 'TLS' }))
  await waitFor(() => expect(world.machine.listener_tls).toBe(true))
  expect(await screen.findByText(/Senders must trust .*listener\.pem/)).toBeInTheDocument()
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

const cells = () => screen.getAllByRole('gridcell').map((cell) => cell.textContent?.trim())

test('by keys: the matrix is walked, set, refused where it turns round, taken back and reset', async () => {
  const { world } = await show('matrix')
  expect(screen.getAllByRole('columnheader').map((h) => h.textContent)).toEqual(['Affected', 'Over 10%', '1 to 10%', 'A few', 'Only us'])
  expect(screen.queryByRole('button', { name: 'Reset to built-in' }), 'it is the built-in one').toBeNull()
  screen.getAllByRole('gridcell')[0]!.focus()
  await keys.keyboard('{ArrowDown}{ArrowRight}')
  const degraded = within(screen.getByRole('row', { name: /Core, degraded/ }))
  expect(degraded.getAllByRole('gridcell')[1]).toHaveFocus()
  await keys.keyboard('3')
  await waitFor(() => expect(world.matrix[1]).toEqual(['sev1', 'sev3', 'sev3', 'sev4']))
  await waitFor(() => expect(degraded.getAllByRole('gridcell').map((c) => c.textContent?.trim())).toEqual(['SEV1', 'SEV3', 'SEV3', 'SEV4']))
  expect(await screen.findByRole('button', { name: 'Reset to built-in' })).toBeInTheDocument()
  await keys.keyboard('{End}1')
  expect(await screen.findByText(/More people cannot be less bad: look at core, degraded for only us/)).toBeInTheDocument()
  expect(world.matrix[1], 'nothing changed').toEqual(['sev1', 'sev3', 'sev3', 'sev4'])
  expect(cells()[7]).toBe('SEV4')
  await undo.take()
  await waitFor(() => expect(cells()[5]).toBe('SEV2'))
  await keys.keyboard('{ArrowLeft}4')
  await waitFor(() => expect(world.matrix[1]![2]).toBe('sev4'))
  await keys.click(await screen.findByRole('button', { name: 'Reset to built-in' }))
  await waitFor(() => expect(cells().slice(4, 8)).toEqual(['SEV1', 'SEV2', 'SEV3', 'SEV4']))
})

test('keys that follow fast do not lose each other', async () => {
  const { world } = await show('matrix')
  screen.getAllByRole('gridcell')[15]!.focus()
  await keys.keyboard('5{ArrowUp}5{ArrowLeft}4{ArrowLeft}4')
  await waitFor(() => expect(world.matrix[2]).toEqual(['sev2', 'sev4', 'sev4', 'sev5']))
})

test('a rhythm is written as people do; what is no length, or too long, is refused in place', async () => {
  const { world } = await show('clocks')
  const rhythm = () => world.rhythms.find((r) => r.severity === 'sev1')!
  const every = screen.getByLabelText('Update every, SEV1')
  expect(every).toHaveValue('20 min')
  await keys.clear(every)
  await keys.type(every, 'soon')
  expect(screen.getByText('Write it like 20 min, 4 h or 3 d.')).toBeInTheDocument()
  await keys.clear(every)
  await keys.type(every, '1h30{Enter}')
  await waitFor(() => expect(rhythm().cadence.every_minutes).toBe(90))
  await waitFor(() => expect(every).toHaveValue('1 h 30'))
  await keys.clear(every)
  await keys.type(every, '9 d{Enter}')
  expect(await screen.findByText(/A clock runs 1 to 10080 minutes/)).toBeInTheDocument()
  expect(rhythm().cadence.every_minutes).toBe(90)
  await undo.take()
  await waitFor(() => expect(rhythm().cadence.every_minutes).toBe(20))
})

test('a target may be absent, and its clock rests where the team says', async () => {
  const { world } = await show('clocks')
  const targets = () => world.rhythms.find((r) => r.severity === 'sev2')!.targets
  await keys.clear(screen.getByLabelText('Acknowledged within, SEV2'))
  await keys.tab()
  await waitFor(() => expect(targets().acknowledge_minutes).toBeNull())
  await waitFor(() => expect(screen.getByLabelText('Acknowledged within, SEV2')).toHaveValue(''))
  await keys.click(screen.getByRole('button', { name: 'The clock of SEV2, 8 h, rests in: Monitoring' }))
  await keys.click(await screen.findByText('Mitigated'))
  await waitFor(() => expect(targets().pauses).toEqual(['mitigated', 'monitoring']))
})

const SECRET = 'https://hooks.slack.com/services/T0/B0/abcdefghijkl'

test('a channel is added by an address that is never shown again', async () => {
  const { world, container } = await show('channels')
  await keys.click(screen.getByRole('button', { name: 'Add' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a channel' }))
  const url = dialog.getByLabelText('Webhook address')
  expect(url).toHaveAttribute('type', 'password')
  expect(dialog.getByText(/not shown again/)).toBeInTheDocument()
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  await keys.type(dialog.getByLabelText('Name'), 'incidents')
  await keys.type(url, SECRET)
  await keys.click(dialog.getByRole('button', { name: /Add the channel/ }))
  expect(await dialog.findByText(/A channel named incidents exists already/)).toBeInTheDocument()
  await keys.clear(dialog.getByLabelText('Name'))
  await keys.type(dialog.getByLabelText('Name'), 'checkout')
  await keys.click(dialog.getByRole('button', { name: /Add the channel/ }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(world.channels.map((c) => c.name)).toContain('checkout')
  expect(await screen.findByText('checkout')).toBeInTheDocument()
  expect(document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }), 'the secret is nowhere in the window').not.toContain('abcdefghijkl')
  await keys.click(screen.getByRole('button', { name: 'Add' }))
  expect((await screen.findByLabelText('Webhook address'))).toHaveValue('')
  expect(container).toBeInTheDocument()
})

test('an address of another kind is refused in place; mail needs addresses', async () => {
  const { world } = await show('channels')
  await keys.click(screen.getByRole('button', { name: 'Add' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a channel' }))
  await keys.type(dialog.getByLabelText('Name'), 'leads')
  await keys.click(dialog.getByRole('radio', { name: 'Discord' }))
  await keys.type(dialog.getByLabelText('Webhook address'), SECRET)
  await keys.click(dialog.getByRole('button', { name: /Add the channel/ }))
  expect(await dialog.findByText(/is no address of this kind/)).toBeInTheDocument()
  await keys.click(dialog.getByRole('radio', { name: 'Mail' }))
  await keys.type(dialog.getByLabelText('Addresses'), 'leads@northwind.example')
  await keys.click(dialog.getByRole('button', { name: /Add the channel/ }))
  await waitFor(() => expect(world.channels.find((c) => c.name === 'leads')).toMatchObject({ kind: 'mail', to: 'leads@northwind.example' }))
})

test('a channel is tested in words, and removed only after a question', async () => {
  const { world } = await show('channels')
  await keys.click(screen.getByRole('button', { name: 'Test incidents' }))
  expect(await screen.findByText('hooks.slack.com took the test message.')).toBeInTheDocument()
  world.channels[0]!.ready = false
  await keys.click(screen.getByRole('button', { name: 'Test incidents' }))
  expect(await screen.findByText('Its address does not lie on this machine.')).toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: 'More about incidents' }))
  await keys.click(await screen.findByText('Remove…'))
  await keys.click(within(await screen.findByRole('dialog', { name: 'Remove incidents?' })).getByRole('button', { name: 'Remove the channel' }))
  await waitFor(() => expect(world.channels.some((channel) => channel.name === 'incidents')).toBe(false))
})

test('a meeting place is one room, a Jitsi server or none', async () => {
  const { world } = await show('bridge')
  await keys.click(screen.getByRole('radio', { name: 'One room for all' }))
  await keys.type(screen.getByLabelText('Address of the room'), 'the usual one{Enter}')
  expect(await screen.findByText(/A meeting place is an https address/)).toBeInTheDocument()
  expect(world.bridge).toBe('none')
  await keys.click(screen.getByRole('radio', { name: 'A Jitsi room each' }))
  await keys.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(world.bridge).toEqual({ jitsi: { server: 'https://meet.jit.si' } }))
  await waitFor(() => expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled())
  await undo.take()
  await waitFor(() => expect(screen.getByRole('radio', { name: 'None' })).toBeChecked())
})

test('the machine is kept awake, and it is said that it cannot wake anyone asleep', async () => {
  const { world } = await show('reach')
  expect(screen.getByText('Muster cannot wake anyone while this machine sleeps.')).toBeInTheDocument()
  await keys.click(screen.getByRole('switch', { name: 'Keep this machine awake' }))
  await waitFor(() => expect(world.machine.keep_awake).toBe(false))
})

test('a hotkey is recorded; one that types a character is refused in place', async () => {
  const { world } = await show('keys')
  await keys.click(await screen.findByRole('button', { name: /Change the hotkey to declare/ }))
  const field = screen.getByRole('textbox', { name: /Press the new combination/ })
  await fireEvent.keyDown(field, { key: '@', code: 'KeyQ', ctrlKey: true, altKey: true })
  expect(screen.getByText(/AltGr on many keyboards/)).toBeInTheDocument()
  expect(world.machine.hotkey).toBe('Ctrl+Alt+Shift+M')
  await fireEvent.keyDown(field, { key: 'K', code: 'KeyK', ctrlKey: true, altKey: true, shiftKey: true })
  await waitFor(() => expect(world.machine.hotkey).toBe('Ctrl+Alt+Shift+K'))
  expect(await screen.findByRole('button', { name: 'Change the hotkey to declare, now Ctrl+Alt+Shift+K' })).toBeInTheDocument()
})

test('a hotkey that another program holds keeps the old one and says so', async () => {
  const { world } = await show('keys')
  await keys.click(await screen.findByRole('button', { name: /Change the hotkey to declare/ }))
  await fireEvent.keyDown(screen.getByRole('textbox', { name: /Press the new/ }), { key: 'Q', code: 'KeyQ', ctrlKey: true, altKey: true, shiftKey: true })
  expect(await screen.findByText(/Another program holds/)).toBeInTheDocument()
  expect(world.machine.hotkey).toBe('Ctrl+Alt+Shift+M')
})

test('the hotkey for a note is set by itself, and is not the one to declare', async () => {
  const { world } = await show('keys')
  await keys.click(await screen.findByRole('button', { name: 'Change the hotkey to note, now Ctrl+Alt+Shift+N' }))
  await fireEvent.keyDown(screen.getByRole('textbox', { name: /Press the new/ }), { key: 'M', code: 'KeyM', ctrlKey: true, altKey: true, shiftKey: true })
  expect(await screen.findByText(/is another hotkey of Muster/)).toBeInTheDocument()
  await keys.click(await screen.findByRole('button', { name: /Change the hotkey to note/ }))
  await fireEvent.keyDown(screen.getByRole('textbox', { name: /Press the new/ }), { key: 'J', code: 'KeyJ', ctrlKey: true, altKey: true, shiftKey: true })
  await waitFor(() => expect(world.machine).toMatchObject({ hotkey: 'Ctrl+Alt+Shift+M', note_hotkey: 'Ctrl+Alt+Shift+J' }))
})

test('on Wayland the command to bind is given', async () => {
  await show('keys', 'wayland')
  expect(await screen.findByText('muster declare --window')).toBeInTheDocument()
  expect(await screen.findByText('muster note-window')).toBeInTheDocument()
  expect(await screen.findByText('muster storm on')).toBeInTheDocument()
  expect(screen.getAllByText(/Wayland/)).toHaveLength(3)
})

test('single letters can be turned off', async () => {
  const { world } = await show('keys')
  await keys.click(screen.getByRole('switch', { name: /Single letters/ }))
  await waitFor(() => expect(world.machine.single_keys).toBe(false))
  expect(actions.singleKeys).toBe(false)
  actions.singleKeys = true
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

test('who sits here is chosen; the book is a screen of its own', async () => {
  const { world } = await show('people')
  await keys.selectOptions(screen.getByLabelText('You are'), 'kofi')
  await waitFor(() => expect(world.machine.me).toBe('kofi'))
  await keys.click(screen.getByRole('button', { name: /^Open/ }))
  expect(route.current).toEqual({ name: 'people' })
})

test('the theme is chosen at once and kept', async () => {
  const { world } = await show('appearance')
  await keys.click(screen.getByRole('radio', { name: 'Light' }))
  expect(document.documentElement.dataset.theme).toBe('light')
  await waitFor(() => expect(world.machine.theme).toBe('light'))
  theme.choose('dark')
})
