import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Attempt, RETRY_MS, SLOW_MS } from './attempt.svelte'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const notSaved = { code: 'not_saved', message: 'Not saved: the disk is full', hint: null, field: null }
const refused = { code: 'refused', message: 'It is already Resolved.', hint: null, field: null }

describe('an attempt', () => {
  it('tries again by itself while nothing was saved, and stops once it is', async () => {
    const attempt = new Attempt()
    const work = vi.fn<() => Promise<void>>().mockRejectedValueOnce(notSaved).mockRejectedValueOnce(notSaved).mockResolvedValue()
    expect(await attempt.start(work)).toBe(false)
    expect([attempt.unsaved, attempt.fault?.message]).toEqual([true, 'Not saved: the disk is full'])
    await vi.advanceTimersByTimeAsync(RETRY_MS)
    expect(work).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(RETRY_MS)
    expect([attempt.state, attempt.fault]).toEqual(['idle', null])
    await vi.advanceTimersByTimeAsync(10 * RETRY_MS)
    expect(work).toHaveBeenCalledTimes(3)
  })

  it('does not repeat what was refused', async () => {
    const attempt = new Attempt()
    const work = vi.fn<() => Promise<void>>().mockRejectedValue(refused)
    await attempt.start(work)
    await vi.advanceTimersByTimeAsync(10 * RETRY_MS)
    expect(work).toHaveBeenCalledTimes(1)
    expect([attempt.state, attempt.unsaved, attempt.retryAt]).toEqual(['failed', false, null])
  })

  it('begins nothing new while a try is running', async () => {
    const attempt = new Attempt()
    let finish = () => {}
    const first = attempt.start(() => new Promise<void>((resolve) => (finish = resolve)))
    const second = vi.fn<() => Promise<void>>().mockResolvedValue()
    expect(await attempt.start(second)).toBe(false)
    expect(second).not.toHaveBeenCalled()
    finish()
    expect(await first).toBe(true)
  })

  it('says so in words when it takes long', async () => {
    const attempt = new Attempt()
    void attempt.start(() => new Promise<void>(() => {}))
    expect(attempt.slow).toBe(false)
    await vi.advanceTimersByTimeAsync(SLOW_MS)
    expect(attempt.slow).toBe(true)
  })

  it('can be let be', async () => {
    const attempt = new Attempt()
    const work = vi.fn<() => Promise<void>>().mockRejectedValue(notSaved)
    await attempt.start(work)
    attempt.drop()
    await vi.advanceTimersByTimeAsync(10 * RETRY_MS)
    expect(work).toHaveBeenCalledTimes(1)
    expect(attempt.state).toBe('idle')
  })
})
