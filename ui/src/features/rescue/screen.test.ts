import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { call, IpcError, useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import { violations } from '../../lib/testing/axe'
import { Rescue } from '.'

const keys = userEvent.setup()

async function show(name: string) {
  const world = seed(name)
  const back = over(world)
  const rpc = vi.fn(back.rpc)
  useBackend({ ...back, rpc })
  const error = (await call('home', {}).catch((thrown) => thrown)) as IpcError
  const reopen = vi.fn(async () => {})
  return { ...render(Rescue, { props: { error, reopen } }), rpc, reopen, world }
}

test.each(['corrupt', 'newer', 'locked'])('%s: says what is safe, axe finds nothing', async (name) => {
  const { container } = await show(name)
  expect(screen.getByText(/^Nothing (was changed|is lost)/)).toBeInTheDocument()
  expect(await violations(container)).toEqual([])
})

test('a corrupt home is restored from the backup that was chosen, after a question', async () => {
  const { rpc, reopen } = await show('corrupt')
  const backups = await screen.findAllByRole('radio')
  expect(backups).toHaveLength(3)
  expect(backups[0], 'the newest is chosen').toBeChecked()
  await keys.click(backups[1]!)
  await keys.click(screen.getByRole('button', { name: 'Restore the backup' }))
  const dialog = await screen.findByRole('dialog', { name: 'Restore this backup?' })
  expect(rpc, 'nothing happens before the answer').not.toHaveBeenCalledWith('rescue.restore', expect.anything())
  await keys.click(within(dialog).getByRole('button', { name: 'Restore the backup' }))
  await waitFor(() => expect(reopen).toHaveBeenCalled())
  expect(rpc).toHaveBeenCalledWith('rescue.restore', { path: (backups[1] as HTMLInputElement).value })
})

test('what reads can be taken out', async () => {
  await show('corrupt')
  await keys.click(screen.getByRole('button', { name: 'Export what reads' }))
  expect(await screen.findByText(/northwind-export/)).toBeInTheDocument()
})

test('a way out that failed says so', async () => {
  const { rpc } = await show('corrupt')
  rpc.mockRejectedValueOnce({ code: 'not_saved', message: 'The disk is full.', hint: 'Free space.', field: null })
  await keys.click(screen.getByRole('button', { name: 'Export what reads' }))
  expect(await screen.findByText('The disk is full.')).toBeInTheDocument()
})
