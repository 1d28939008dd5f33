import { beforeEach, expect, test } from 'vitest'
import { toasts } from '../lib/toasts.svelte'
import { useBackend } from './client'
import { IpcError } from './error'
import { undo } from './undo.svelte'

const done: string[] = []
const step = (id: string) => ({ op: 'quiet.end', params: { id } })

beforeEach(() => {
  done.length = 0
  toasts.list.forEach((toast) => toasts.dismiss(toast.id))
  useBackend({
    async rpc(op, params) {
      const { id } = params as { id: string }
      if (id === 'gone') throw new IpcError({ code: 'not_found', message: 'It is no longer quiet.' })
      done.push(`${op} ${id}`)
    },
    subscribe: async () => () => {},
  })
})

test('several things done in one go are taken back in one go', async () => {
  undo.saidAll('3 groups snoozed', 'Undo: back to the inbox', [step('a'), step('b'), step('c')])
  expect(toasts.list.at(-1)).toMatchObject({ text: '3 groups snoozed', action: { label: 'Undo', keys: ['Z'] } })
  await undo.take()
  expect(done).toEqual(['quiet.end a', 'quiet.end b', 'quiet.end c'])
  expect(toasts.list.at(-1)?.text).toBe('Taken back: back to the inbox')
  expect(undo.last, 'nothing is taken back twice').toBeNull()
})

test('what could not be taken back is said, with how far it came', async () => {
  undo.saidAll('2 groups snoozed', 'Undo: back to the inbox', [step('a'), step('gone')])
  await undo.take()
  expect(toasts.list.at(-1)?.text).toBe('Only 1 of 2 taken back. It is no longer quiet.')
})

test('where there is no way back none is offered', () => {
  undo.said('Acknowledged', { undo: null })
  expect(undo.last).toBeNull()
  expect(toasts.list.at(-1)?.action).toBeUndefined()
})
