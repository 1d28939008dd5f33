import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { feed, undo, useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import { route } from '../../lib/route.svelte'
import { violations } from '../../lib/testing/axe'
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
  return { ...shown, world }
}
const dialog = async (name: string | RegExp) => within(await screen.findByRole('dialog', { name }))
const gone = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())

test('a source is added, its token shown once', async () => {
  const { world } = await show('sources')
  await keys.click(screen.getByRole('button', { name: 'Add' }))
  await keys.type(await screen.findByLabelText('Name'), 'alertmanager-eu')
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  await keys.click(screen.getByRole('button', { name: /Add and show the token/ }))
  expect(await screen.findByText(/There is a source alertmanager-eu already/), 'a refusal stands in the form').toBeInTheDocument()
  await keys.clear(screen.getByLabelText('Name'))
  await keys.type(screen.getByLabelText('Name'), 'alertmanager-ap')
  await keys.click(screen.getByRole('button', { name: /Add and show the token/ }))
  const shown = await screen.findByRole('dialog', { name: 'Token of alertmanager-ap' })
  const token = world.source('alertmanager-ap').token
  expect(within(shown).getByText(token)).toBeInTheDocument()
  expect(await violations(shown)).toEqual([])
  await keys.click(within(shown).getByRole('button', { name: 'I have stored it' }))
  await waitFor(() => expect(screen.queryByText(token)).toBeNull())
  expect(await screen.findByText('not heard yet')).toBeInTheDocument()
})

test('a source is removed only after a question', async () => {
  const { world } = await show('sources')
  await keys.click(screen.getByRole('button', { name: 'More about alertmanager-us' }))
  await keys.click(await screen.findByText('Remove…'))
  const sure = await dialog('Remove alertmanager-us?')
  expect(world.sources).toHaveLength(5)
  await keys.click(sure.getByRole('button', { name: 'Remove the source' }))
  await waitFor(() => expect(world.sources.map((s) => s.name)).not.toContain('alertmanager-us'))
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

test('sources are told apart by how they are heard, and each says when it was', async () => {
  await show('sources', 'silent')
  const list = (name: string) => within(screen.getByRole('list', { name })).getAllByRole('listitem').map((row) => row.textContent ?? '')
  expect(list('Push sources')).toHaveLength(3)
  expect(list('Push sources')[1]).toMatch(/alertmanager-us.*silent since/)
  expect(list('Asked sources')[0]).toMatch(/prometheus-ap.*https:\/\/prometheus\.ap\.northwind\.example, every 30 s/)
  expect(list('Tried sources')[0]).toMatch(/shop.*HTTP probe.*checkout-web/)
})

test('a form asks only what its kind needs, and a source that is asked is tested at once', async () => {
  const { world } = await show('sources')
  await keys.click(screen.getByRole('button', { name: 'Add' }))
  const add = await dialog('Add a source')
  expect(add.queryByLabelText('Address to ask')).toBeNull()
  await keys.click(add.getByRole('radio', { name: 'Asked' }))
  await keys.selectOptions(add.getByLabelText('Kind'), 'json-pull')
  expect(add.getByLabelText('Mapping')).toBeInTheDocument()
  expect(add.getByLabelText('Token')).toHaveAttribute('type', 'password')
  await keys.selectOptions(add.getByLabelText('Kind'), 'prometheus-pull')
  expect(add.queryByLabelText('Mapping')).toBeNull()
  await keys.type(add.getByLabelText('Name'), 'prometheus-eu')
  await keys.type(add.getByLabelText('Address to ask'), 'https://prometheus.unreachable.example')
  await keys.type(add.getByLabelText('Every, seconds'), 'often')
  expect(add.getByText('Use a whole number.')).toBeInTheDocument()
  await keys.clear(add.getByLabelText('Every, seconds'))
  await keys.type(add.getByLabelText('Every, seconds'), '30')
  await keys.click(add.getByRole('button', { name: /Add and test it/ }))
  await waitFor(() => expect(world.source('prometheus-eu').settings).toMatchObject({ url: 'https://prometheus.unreachable.example', every_secs: 30 }))
  await gone()
  expect(await screen.findByText(/does not answer: connection refused/)).toBeInTheDocument()
  expect(screen.getByText(/whether this machine needs a VPN for it/)).toBeInTheDocument()
})

test('a probe says what it expects; settings are changed and taken back', async () => {
  const { world } = await show('sources')
  await keys.click(screen.getByRole('button', { name: 'More about shop' }))
  await keys.click(await screen.findByText('Settings…'))
  const edit = await dialog('Settings of shop')
  expect(edit.getByLabelText('Within, milliseconds')).toHaveValue('2000')
  await keys.clear(edit.getByLabelText('Text that must be there'))
  await keys.type(edit.getByLabelText('Text that must be there'), 'Northwind')
  await keys.click(edit.getByRole('button', { name: /Save/ }))
  await waitFor(() => expect(world.source('shop').settings.expect).toMatchObject({ text: 'Northwind', within_ms: 2000, status: 200 }))
  await gone()
  await undo.take()
  await waitFor(() => expect(world.source('shop').settings.expect?.text).toBeNull())
})

test('a rule is tried over the last 30 days before it is saved', async () => {
  const { world } = await show('rules')
  expect(screen.getAllByRole('listitem').map((row) => row.textContent)[0]).toMatch(/Staging makes no noise.*env=staging.*quiet: nobody depends on staging/)
  await keys.click(screen.getByRole('button', { name: 'Add' }))
  const rule = await dialog('Add a rule')
  expect(rule.getByText('Give it a name.')).toBeInTheDocument()
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  await keys.type(rule.getByLabelText('Name'), 'Webhooks wait')
  await keys.type(rule.getByRole('combobox', { name: /Which alerts/ }), 'service=webhooks')
  expect(rule.getByText(/Say what it does/)).toBeInTheDocument()
  await keys.type(rule.getByLabelText('Keeps quiet, because'), 'partners know')
  expect(await rule.findByText(/Would have kept quiet \d+/)).toBeInTheDocument()
  expect(rule.getByText(/This rule fits \d+ alerts, such as “Webhook retries/)).toBeInTheDocument()
  await keys.click(rule.getByRole('button', { name: /Save the rule/ }))
  await waitFor(() => expect(world.triage.rules.at(-1)).toEqual({ name: 'Webhooks wait', when: 'service=webhooks', quiet: 'partners know' }))
  await gone()
  await undo.take()
  await waitFor(() => expect(world.triage.rules).toHaveLength(3))
})

test('conditions that do not read are refused in the form', async () => {
  await show('rules')
  await keys.click(screen.getByRole('button', { name: 'More about Disks can wait for the morning' }))
  await keys.click(await screen.findByText('Change…'))
  const rule = await dialog('Rule Disks can wait for the morning')
  const when = rule.getByRole('combobox', { name: /Which alerts/ })
  expect(when).toHaveValue('title~"disk above*" severity<=warning')
  await keys.clear(when)
  await keys.type(when, 'disks')
  expect(await rule.findByText(/"disks" is no condition/)).toBeInTheDocument()
})

test('rules are moved, removed after their dry run, and written as text', async () => {
  const { world } = await show('rules')
  const names = () => world.triage.rules.map((rule) => rule.name)
  await keys.click(await screen.findByRole('button', { name: 'More about Staging makes no noise' }))
  await keys.click(await screen.findByText('Move down'))
  await waitFor(() => expect(names()[0]).toBe('Disks can wait for the morning'))
  await keys.click(screen.getByRole('button', { name: 'More about Staging makes no noise' }))
  await keys.click(await screen.findByText('Remove…'))
  const sure = await dialog('Remove rule Staging makes no noise?')
  expect(await sure.findByText(/Would have changed the severity of \d+/)).toBeInTheDocument()
  await keys.click(sure.getByRole('button', { name: /Remove the rule/ }))
  await waitFor(() => expect(names()).toHaveLength(2))
  await gone()
  await keys.click(screen.getByRole('button', { name: 'As text' }))
  const text = await dialog('Rules as text')
  const area = text.getByLabelText('Rules')
  await keys.clear(area)
  await keys.type(area, 'when service')
  expect(await text.findByText(/Line 1 does not read: when service/)).toBeInTheDocument()
  await keys.clear(area)
  await keys.type(area, '[[[[rule]]\nname = "All of sso"\nwhen = "service=sso"\nseverity = "critical"')
  await waitFor(() => expect(text.getByText(/Would have changed the severity/)).toBeInTheDocument())
  await keys.click(text.getByRole('button', { name: /Save the rules/ }))
  await waitFor(() => expect(names()).toEqual(['All of sso']))
})

test('until when rules keep quiet is said, also when it is over, and said anew by a button', async () => {
  const { world } = await show('rules')
  expect(await screen.findByText(/^What these rules keep quiet is quiet until/)).toBeInTheDocument()
  world.triage.rulesSetAt = world.now() - 100 * 24 * 3600_000
  world.push(['settings'])
  expect(await screen.findByText(/^What these rules kept quiet has rung since/), 'never that it holds where it does not').toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: 'Keep for 90 days' }))
  expect(await screen.findByText(/^What these rules keep quiet is quiet until/)).toBeInTheDocument()
})

test('the catalogue says whose a service is, and which nobody watches', async () => {
  const { world } = await show('services')
  await screen.findByRole('table')
  const row = (name: string) => screen.getByRole('button', { name: `More about ${name}` }).closest('tr')!
  expect(row('checkout-web')).toHaveTextContent(/Checkout.*@nils-payments, Payments.*edge-eu, payments.*alertmanager-eu/)
  expect(screen.getByText(/Nobody watches \d services/)).toBeInTheDocument()
  expect(row('search-index')).toHaveTextContent('nobody watches')
  await keys.click(screen.getByRole('button', { name: 'More about sso' }))
  await keys.click(await screen.findByText('Change…'))
  const card = await dialog('Service sso')
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  await keys.type(card.getByRole('combobox', { name: 'Owner' }), '@kofi')
  await keys.clear(card.getByLabelText('Rests on'))
  await keys.type(card.getByLabelText('Rests on'), 'sso')
  await keys.click(card.getByRole('button', { name: /Save/ }))
  expect((await card.findByRole('alert')).textContent).toContain('A service does not rest on itself')
  await keys.clear(card.getByLabelText('Rests on'))
  await keys.click(card.getByRole('button', { name: /Save/ }))
  await waitFor(() => expect(world.triage.services.get('sso')?.owner).toBe('kofi'))
  await gone()
  await undo.take()
  await waitFor(() => expect(world.triage.services.get('sso')?.owner).toBeNull())
})

test('a catalogue is looked at before it is taken', async () => {
  const { world } = await show('services')
  await keys.click(screen.getByRole('button', { name: 'Import…' }))
  const load = await dialog('Import services')
  await keys.click(load.getByLabelText('Text'))
  await keys.paste('services:\n  - name: invoices\n    owner: mei-comms\n    depends_on: [payments]\n  - name: edge-eu\n    team: Edge\n')
  expect(await load.findByText(/1 service would be added, 1 changed, 0 stay/)).toBeInTheDocument()
  expect(world.triage.services.has('invoices'), 'nothing is taken by looking').toBe(false)
  await keys.click(load.getByRole('button', { name: /Take 2 services/ }))
  await waitFor(() => expect(world.triage.services.get('invoices')).toMatchObject({ owner: 'mei-comms', depends_on: ['payments'] }))
  await waitFor(() => expect(toasts.list.at(-1)?.text).toBe('1 service added, 1 changed'))
})

test('noise is counted, and what would make less of it is text to copy', async () => {
  await show('noise')
  await screen.findByRole('table')
  expect(screen.getByRole('row', { name: /DiskAbove85/ })).toHaveTextContent(/412.*58.*1.*354.*22.*9/)
  expect(screen.getByText('92 noises would have been saved')).toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: 'Proposal for DiskAbove85: saves 55' }))
  expect(screen.getByText(/Wait that long before it fires/)).toBeInTheDocument()
  expect(screen.getByLabelText('Lines for DiskAbove85').textContent).toBe('- alert: DiskAbove85\n  for: 20m')
  expect(screen.getByRole('button', { name: 'Copy the lines for DiskAbove85' })).toBeInTheDocument()
  expect(screen.getByText('Restart the search indexer').closest('li')).toHaveTextContent(/INC-H5R1 and INC-4QX2.*6 times/)
})
