import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { feed, undo, useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import { actions } from '../../lib/actions.svelte'
import { clock } from '../../lib/clock.svelte'
import { route } from '../../lib/route.svelte'
import { violations } from '../../lib/testing/axe'
import { toasts } from '../../lib/toasts.svelte'
import { People } from '.'

/** A Monday afternoon in Berlin. */
const NOW = Date.parse('2026-11-23T14:50:00Z')
const keys = userEvent.setup()

beforeEach(() => {
  route.replace({ name: 'people' })
  clock.now = NOW
  toasts.list.forEach((toast) => toasts.dismiss(toast.id))
})

async function show(name = 'busy') {
  const world = seed(name, () => NOW)
  if (name === 'busy') world.people.push({ handle: 'omar-night', name: 'Omar Haddad', added_at: world.at(), zone: 'Europe/Berlin', shift: 'daily 23:00-07:00' })
  useBackend(over(world))
  const shown = render(People)
  feed.seen(world.seq)
  await waitFor(() => expect(screen.queryByText(/numbers are kept on this machine/)).not.toBeNull())
  return { ...shown, world }
}

/** A key as the window hands it to the registry. */
async function press(key: string) {
  const target = document.activeElement ?? document.body
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  Object.defineProperty(event, 'target', { value: target })
  actions.press(event)
  await new Promise((resolve) => setTimeout(resolve))
}
const rows = () => within(screen.getByRole('list', { name: 'People' })).getAllByRole('button').map((row) => /@([\w-]+)/.exec(row.textContent ?? '')?.[1])

test.each(['busy', 'empty'])('%s: axe finds nothing', async (name) => {
  const { container } = await show(name)
  expect(await violations(container)).toEqual([])
})

test('now shows who is at work or in an incident, all shows the book', async () => {
  await show()
  expect(screen.getByRole('radio', { name: /^Now/ })).toBeChecked()
  expect(rows()).toContain('kofi')
  expect(rows(), 'her shift is not known, but she is in an incident').toContain('lena-support')
  expect(rows(), 'off until tomorrow').not.toContain('omar-night')
  expect(screen.getByRole('button', { name: /@lena-support/ })).toHaveTextContent(/shift not known.*INC-7K3F.*not told yet/)
  await keys.click(screen.getByRole('radio', { name: 'All 10' }))
  expect(rows()).toHaveLength(10)
  expect(screen.getByRole('button', { name: /@omar-night/ })).toHaveTextContent('from 23:00')
  expect(screen.getByRole('button', { name: /@mei-comms/ })).toHaveTextContent(/INC-7K3F.*said yes by voice/)
})

test('by keys: filter, down, ring by phone; the code stands beside its number', async () => {
  const { container } = await show()
  await press('f')
  expect(screen.getByLabelText('Filter people')).toHaveFocus()
  await keys.keyboard('tomas{ArrowDown}')
  await waitFor(() => expect(screen.getByRole('button', { name: /@tomas-edge/ })).toHaveFocus())
  await press('p')
  const card = within(await screen.findByRole('complementary', { name: 'Card' }))
  const code = await card.findByRole('img', { name: 'Code to scan: +49 30 23125 044' })
  expect(code.querySelector('path')!.getAttribute('d')).toMatch(/^M0 0h7v1h-7z/)
  expect(card.getByText('+49 30 23125 044')).toBeInTheDocument()
  expect(card.getByRole('button', { name: 'Show the code smaller' }), 'it is large').toBeInTheDocument()
  expect(await violations(container)).toEqual([])
  await press('m')
  expect(await card.findByRole('img', { name: 'Code to scan: tomas@northwind.example' })).toBeInTheDocument()
  expect(card.getByText('tomas@northwind.example', { selector: '.big' })).toBeInTheDocument()
  await press('v')
  expect(await card.findByText(/BEGIN:VCARD/)).toBeInTheDocument()
  await press('Escape')
  expect(card.getByRole('button', { name: 'Show the code larger' })).toBeInTheDocument()
  await press('Escape')
  await waitFor(() => expect(screen.queryByRole('complementary', { name: 'Card' })).toBeNull())
  expect(screen.getByRole('button', { name: /@tomas-edge/ })).toHaveFocus()
})

test('a call, a text and a mail leave through the system; who has no number says so', async () => {
  const { world } = await show()
  await keys.click(screen.getByRole('button', { name: /@ravi-ops/ }))
  await keys.click(await screen.findByRole('button', { name: 'Call from here' }))
  await keys.click(screen.getByRole('button', { name: /^Text/ }))
  await keys.click(await screen.findByRole('button', { name: 'Write from here' }))
  await waitFor(() => expect(world.links).toEqual(['tel:+493023125022', 'sms:+493023125022']))
  await keys.click(screen.getByRole('radio', { name: /^All/ }))
  await keys.click(screen.getByRole('button', { name: /@ines-data/ }))
  expect(await screen.findByText('The book has no phone number.')).toBeInTheDocument()
})

test('Y copies what is on screen as lines', async () => {
  await show()
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await keys.type(screen.getByLabelText('Filter people'), 'kofi')
  ;(document.activeElement as HTMLElement).blur()
  await press('y')
  await waitFor(() => expect(write).toHaveBeenCalledWith(expect.stringMatching(/^@kofi Kofi Mensah, Incident Commander, Subject Matter Expert, \+44 7700 900 162, 14:50 London, on shift until 21:00/)))
  expect(toasts.list.at(-1)?.text).toBe('Copied 1 person')
})

test('a card is edited in place; what cannot be a shift is refused there; it can be taken back', async () => {
  const { world, container } = await show()
  const nils = () => world.people.find((p) => p.handle === 'nils-payments')!
  screen.getByRole('button', { name: /@nils-payments/ }).focus()
  await press('e')
  const form = within(await screen.findByRole('form', { name: 'Edit @nils-payments' }))
  await waitFor(() => expect(form.getByLabelText('Full name')).toHaveFocus())
  expect(await violations(container)).toEqual([])
  await keys.clear(form.getByLabelText(/Shift/))
  await keys.type(form.getByLabelText(/Shift/), 'mornings{Enter}')
  expect(await form.findByText(/Write it like mon-fri 09:00-17:00/)).toBeInTheDocument()
  expect(nils().shift).toBe('mon-fri 09:00-18:00')
  await keys.clear(form.getByLabelText(/Shift/))
  await keys.type(form.getByLabelText(/Shift/), 'mon-thu 08:00-16:00')
  await keys.clear(form.getByRole('combobox', { name: 'Time zone' }))
  await keys.type(form.getByRole('combobox', { name: 'Time zone' }), 'lisbon{ArrowDown}{Enter}')
  expect(form.getByRole('combobox', { name: 'Time zone' })).toHaveValue('Europe/Lisbon')
  await keys.click(form.getByRole('checkbox', { name: 'Scribe' }))
  await keys.click(form.getByRole('button', { name: /Save the card/ }))
  await waitFor(() => expect(nils()).toMatchObject({ shift: 'mon-thu 08:00-16:00', zone: 'Europe/Lisbon', roles: ['scribe', 'expert'] }))
  await waitFor(() => expect(screen.getByRole('button', { name: /@nils-payments/, current: true })).toHaveFocus())
  await undo.take()
  await waitFor(() => expect(nils()).toMatchObject({ shift: 'mon-fri 09:00-18:00', zone: 'Europe/Helsinki', roles: ['expert'] }))
})

test('words on a card are kept when the form is left', async () => {
  await show()
  screen.getByRole('button', { name: /@kofi/ }).focus()
  await press('e')
  await keys.type(await screen.findByLabelText('Chat handle'), '@kof')
  await press('Escape')
  await waitFor(() => expect(screen.queryByRole('form')).toBeNull())
  await press('e')
  expect(await screen.findByLabelText('Chat handle')).toHaveValue('@kof')
  expect(screen.getByText('What you typed before is still here.')).toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: 'Cancel' }))
  await press('e')
  expect(await screen.findByLabelText('Chat handle')).toHaveValue('')
})

test('a person is added; a name that cannot be used or is taken is refused in place', async () => {
  const { world } = await show()
  await press('a')
  const form = within(await screen.findByRole('form', { name: 'Add a person' }))
  const short = form.getByLabelText('Short name')
  await waitFor(() => expect(short).toHaveFocus())
  await keys.type(short, '@kofi')
  expect(form.getByText('@kofi is in the book already.')).toBeInTheDocument()
  await keys.clear(short)
  await keys.type(short, 'sam platform{Enter}')
  expect(await form.findByText(/letters, digits/)).toBeInTheDocument()
  await keys.clear(short)
  await keys.type(short, '@sam-platform')
  await keys.type(form.getByLabelText('Phone'), '+49 30 23125 018{Enter}')
  await waitFor(() => expect(world.people.find((p) => p.handle === 'sam-platform')?.phone).toBe('+49 30 23125 018'))
  expect(await screen.findByRole('region', { name: 'Card of @sam-platform' })).toBeInTheDocument()
})

test('a person leaves the book only after a question', async () => {
  const { world } = await show()
  await keys.click(screen.getByRole('radio', { name: /^All/ }))
  screen.getByRole('button', { name: /@lena-support/ }).focus()
  await press('Delete')
  const dialog = await screen.findByRole('dialog', { name: 'Remove @lena-support from the book?' })
  expect(world.people).toHaveLength(10)
  await keys.click(within(dialog).getByRole('button', { name: 'Remove the person' }))
  await waitFor(() => expect(world.people.map((p) => p.handle)).not.toContain('lena-support'))
  expect(toasts.list.at(-1)?.text).toContain('stays on record')
})

test('by keys: an import is seen before it is made', async () => {
  const { world } = await show()
  await press('i')
  const dialog = await screen.findByRole('dialog', { name: 'Import people' })
  await fireEvent.input(within(dialog).getByLabelText('Or paste its text'), { target: { value: 'handle,name,phone\nkofi,Kofi Mensah,+44 7700 900 999\nsam-platform,Sam Idris,+49 30 23125 018\ndana,Dana Weiss,\n,,' } })
  within(dialog).getByLabelText('Or paste its text').focus()
  await keys.keyboard('{Control>}{Enter}{/Control}')
  const preview = within(await within(dialog).findByRole('region', { name: 'Preview' }))
  expect(preview.getByRole('status')).toHaveTextContent('1 new, 1 changed, 1 the same')
  expect(preview.getByText('Line 5 names nobody and was left out.')).toBeInTheDocument()
  expect(preview.getAllByRole('listitem').map((li) => li.textContent?.replace(/\s+/g, ' ').trim())).toEqual(['@sam-platform Sam Idris new', '@kofi Kofi Mensah changed', '@dana Dana Weiss the same'].map((text) => expect.stringContaining(text.split(' ')[0]!)))
  expect(world.people.some((p) => p.handle === 'sam-platform'), 'nothing is written by a preview').toBe(false)
  expect(await violations(dialog)).toEqual([])
  await keys.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(world.people.find((p) => p.handle === 'kofi')?.phone).toBe('+44 7700 900 999')
  expect(toasts.list.at(-1)?.text).toBe('1 person added, 1 card changed')
})

test('a file is read in the window and previewed at once; what is none is refused in words', async () => {
  await show('empty')
  await keys.click(screen.getByRole('button', { name: /Import people I/ }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Import people' }))
  await keys.upload(dialog.getByLabelText('CSV or vCard file'), new File(['BEGIN:VCARD\nFN:Nils Aho\nTEL;TYPE=work:+49 30 23125 031\nEND:VCARD'], 'nils.vcf', { type: 'text/vcard' }))
  expect(await dialog.findByText('@nils-aho')).toBeInTheDocument()
  expect(dialog.getByText('nils.vcf')).toBeInTheDocument()
  const drop = dialog.getByRole('group', { name: 'A file of people' })
  await fireEvent.drop(drop, { dataTransfer: { files: [new File(['%PDF-1.7'], 'plan.txt')] } })
  expect(await dialog.findByText(/This is neither a CSV/)).toBeInTheDocument()
  expect(dialog.queryByRole('region', { name: 'Preview' })).toBeNull()
})

test('a PagerDuty token is hidden, refused in place, and gone with the dialog', async () => {
  const { world } = await show()
  await press('i')
  const dialog = within(await screen.findByRole('dialog', { name: 'Import people' }))
  await keys.click(dialog.getByRole('radio', { name: 'PagerDuty' }))
  const token = dialog.getByLabelText('PagerDuty API token')
  expect(token).toHaveAttribute('type', 'password')
  expect(dialog.getByText(/It is not kept/)).toBeInTheDocument()
  await keys.type(token, 'wrong{Enter}')
  expect(await dialog.findByText(/PagerDuty did not take this token/)).toBeInTheDocument()
  await keys.clear(token)
  await keys.type(token, 'u+abcdef{Enter}')
  expect(await dialog.findByText('@sam-platform')).toBeInTheDocument()
  await keys.click(dialog.getByRole('button', { name: /Import 1 person/ }))
  await waitFor(() => expect(world.people.map((p) => p.handle)).toContain('sam-platform'))
  expect(JSON.stringify({ ...localStorage }), 'the token lies nowhere').not.toContain('u+abcdef')
  await press('i')
  const again = within(await screen.findByRole('dialog', { name: 'Import people' }))
  await keys.click(again.getByRole('radio', { name: 'PagerDuty' }))
  expect(again.getByLabelText('PagerDuty API token')).toHaveValue('')
})
