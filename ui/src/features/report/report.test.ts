import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import { violations } from '../../lib/testing/axe'
import { ReportDialog } from '.'
import { freshReport, reportOf } from './report'

const keys = userEvent.setup()

test('what another said is recorded as theirs, what oneself saw as one’s own', () => {
  const form = { ...freshReport(), text: ' Cards fail ', who: '@Lena-Support', by: 'phone' as const, service: '#payments' }
  expect(reportOf(form, 'dana')).toEqual({ text: 'Cards fail', severity: 'error', service: 'payments', for_name: 'lena-support', by: 'phone' })
  expect(reportOf({ ...form, who: '' }, 'dana')).toMatchObject({ for_name: null, by: null })
  expect(reportOf({ ...form, who: 'dana' }, 'dana'), 'oneself by name is oneself').toMatchObject({ for_name: null, by: null })
  expect(reportOf({ ...form, who: 'no name!' }, 'dana')).toBeNull()
  expect(reportOf({ ...form, text: ' ' }, 'dana')).toBeNull()
})

test('a report is taken down by keyboard, and a refusal keeps the words', async () => {
  const world = seed('busy')
  useBackend(over(world))
  render(ReportDialog, { open: true })
  const dialog = within(await screen.findByRole('dialog', { name: 'Report a problem' }))
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  await keys.type(dialog.getByLabelText('What they say'), 'Invoices show the wrong total')
  await keys.type(dialog.getByRole('combobox', { name: 'Who said it' }), '@lena-support')
  await keys.click(await dialog.findByRole('radio', { name: 'By phone' }))
  expect(dialog.getByText('The record will say: @lena-support, by phone, written by you.')).toBeInTheDocument()
  world.notSaving = 'The disk is full.'
  await keys.click(dialog.getByRole('button', { name: /Take it down/ }))
  expect((await dialog.findByRole('alert')).textContent).toContain('The disk is full')
  expect(dialog.getByLabelText('What they say')).toHaveValue('Invoices show the wrong total')
  world.notSaving = null
  await keys.click(dialog.getByRole('button', { name: /Take it down/ }))
  await waitFor(() => expect(world.groups.at(-1)).toMatchObject({ title: '“Invoices show the wrong total”', alerts: [expect.objectContaining({ labels: expect.objectContaining({ reported_by: 'lena-support', means: 'phone' }) })] }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})
