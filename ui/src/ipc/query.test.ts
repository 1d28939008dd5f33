import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Backend } from './backend'
import type { Pushed } from './bindings.gen'
import { IpcError, query, useBackend } from '.'
import { place } from './query.testing.svelte'

let push: (change: Pushed) => void = () => {}
let since: number[] = []
const rpc = vi.fn<(op: string, params: object) => Promise<unknown>>()
const back: Backend = {
  rpc,
  subscribe: async (from, pushed) => {
    since.push(from)
    push = pushed
    return () => {}
  },
}
const turn = () => vi.advanceTimersByTimeAsync(300)
const shown = (tag: string) => [{ ref: tag, id: tag }] as never

let stop: (() => void) | undefined
beforeEach(() => {
  vi.useFakeTimers()
  rpc.mockReset()
  since = []
  useBackend(back)
})
afterEach(() => {
  stop?.()
  vi.useRealTimers()
})

test('loading is true only before the first answer', async () => {
  rpc.mockResolvedValueOnce(shown('a'))
  const { value: asked, dispose } = place(() => query('incident.list', () => ({ all: true }), () => ['incidents']))
  stop = dispose
  expect(asked.loading).toBe(true)
  await turn()
  expect(asked.loading).toBe(false)
  expect(asked.data).toEqual(shown('a'))
  rpc.mockImplementationOnce(() => new Promise(() => {}))
  void asked.refetch()
  await turn()
  expect(asked.loading, 'the old answer stays while the next is on its way').toBe(false)
  expect(asked.data).toEqual(shown('a'))
})

test('a touched tag fetches again, another does not', async () => {
  rpc.mockResolvedValue(shown('a'))
  const { value: asked, dispose } = place(() => query('incident.list', () => ({}), () => ['incidents']))
  stop = dispose
  await vi.advanceTimersByTimeAsync(1100)
  push({ seq: 7, tags: ['settings'] })
  await turn()
  expect(rpc).toHaveBeenCalledTimes(1)
  for (let i = 0; i < 20; i++) push({ seq: 8 + i, tags: ['incidents', 'watch'] })
  await turn()
  expect(rpc.mock.calls.length, 'a burst becomes one or two').toBeLessThanOrEqual(3)
  expect(rpc.mock.calls.length).toBeGreaterThanOrEqual(2)
  expect(asked.error).toBeUndefined()
})

test('after a loss everything is looked at again', async () => {
  rpc.mockResolvedValue(shown('a'))
  const { dispose } = place(() => query('incident.show', () => ({ incident: 'a' }), () => ['incident:a']))
  stop = dispose
  await vi.advanceTimersByTimeAsync(1100)
  push({ seq: 9, tags: ['*', 'home'] })
  await turn()
  expect(rpc).toHaveBeenCalledTimes(2)
})

test('the subscription begins with the number of the first answer', async () => {
  rpc.mockResolvedValue({ seq: 41 })
  const { dispose } = place(() => query('home', () => ({}), () => ['home']))
  stop = dispose
  await turn()
  expect(since).toEqual([41])
})

test('an error stands beside the old answer, and goes with the next', async () => {
  rpc.mockResolvedValueOnce(shown('a')).mockRejectedValueOnce({ code: 'busy', message: 'Too much at once.', hint: 'Try again.', field: null }).mockResolvedValueOnce(shown('b'))
  const { value: asked, dispose } = place(() => query('incident.list', () => ({}), () => ['incidents']))
  stop = dispose
  await turn()
  void asked.refetch()
  await turn()
  expect(asked.error).toBeInstanceOf(IpcError)
  expect(asked.error).toMatchObject({ code: 'busy', hint: 'Try again.' })
  expect(asked.data).toEqual(shown('a'))
  void asked.refetch()
  await turn()
  expect(asked.error).toBeUndefined()
  expect(asked.data).toEqual(shown('b'))
})

test('an answer to other parameters is never shown as this one', async () => {
  const answers: Record<string, (value: unknown) => void> = {}
  rpc.mockImplementation((_, params) => new Promise((resolve) => (answers[(params as { incident: string }).incident] = resolve)))
  const { value, dispose } = place((state) => ({ state, asked: query('incident.show', () => (state.id ? { incident: state.id } : null), () => []) }))
  stop = dispose
  await turn()
  expect(rpc, 'null asks nothing').not.toHaveBeenCalled()
  value.state.id = 'one'
  flushSync()
  await turn()
  value.state.id = 'two'
  flushSync()
  expect(value.asked.loading).toBe(true)
  answers.one!(shown('one'))
  await turn()
  expect(value.asked.data, 'the late answer is dropped').toBeUndefined()
  answers.two!(shown('two'))
  await turn()
  expect(value.asked.data).toEqual(shown('two'))
})

test('what changed while the window was hidden is fetched when it is shown', async () => {
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(false)
  rpc.mockResolvedValue(shown('a'))
  const { dispose } = place(() => query('incident.list', () => ({}), () => ['incidents']))
  stop = dispose
  await vi.advanceTimersByTimeAsync(1100)
  hidden.mockReturnValue(true)
  push({ seq: 99, tags: ['incidents'] })
  await turn()
  expect(rpc).toHaveBeenCalledTimes(1)
  hidden.mockReturnValue(false)
  document.dispatchEvent(new Event('visibilitychange'))
  await turn()
  expect(rpc).toHaveBeenCalledTimes(2)
  expect(since.at(-1), 'the subscription goes on from the last number').toBe(99)
})
