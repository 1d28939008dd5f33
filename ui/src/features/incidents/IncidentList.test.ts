import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { useBackend } from '../../ipc'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import { route } from '../../lib/route.svelte'
import { violations } from '../../lib/testing/axe'
import { IncidentList } from '.'

const keys = userEvent.setup()
const rows = () => screen.getAllByRole('listitem').map((li) => /INC-\w{4}/.exec(li.textContent ?? '')?.[0])

beforeEach(() => route.replace({ name: 'incidents' }))

async function show(name: string) {
  useBackend(over(seed(name)))
  const shown = render(IncidentList)
  await waitFor(() => expect(screen.queryByText(/open,|No incident yet/)).not.toBeNull())
  return shown
}

test('all incidents, newest first; axe finds nothing', async () => {
  const { container } = await show('busy')
  expect(rows().slice(0, 3)).toEqual(['INC-P81C', 'INC-4QX2', 'INC-7K3F'])
  expect(screen.getByText('5 open, 4 past')).toBeInTheDocument()
  expect(await violations(container)).toEqual([])
})

test('words, state and severity filter, and the words are kept', async () => {
  await show('busy')
  await keys.type(screen.getByLabelText('Filter by words'), '#search-index')
  expect(rows()).toEqual(['INC-4QX2', 'INC-H5R1'])
  await keys.click(screen.getByRole('radio', { name: 'Past' }))
  expect(rows()).toEqual(['INC-H5R1'])
  await keys.selectOptions(screen.getByLabelText('Severity'), 'sev1')
  expect(screen.getByText('Nothing fits')).toBeInTheDocument()
  await keys.click(screen.getByRole('button', { name: 'Show all' }))
  expect(rows()).toHaveLength(9)
})

test('a row opens the room', async () => {
  await show('busy')
  await keys.click(screen.getByText('Search index lost one shard'))
  expect(route.current).toMatchObject({ name: 'incident' })
})

test('an empty home says what to do', async () => {
  const { container } = await show('empty')
  expect(screen.getByText('No incident yet')).toBeInTheDocument()
  expect(await violations(container)).toEqual([])
})
