// Words on their way to the record: one try at a time, tried again where nothing was saved, until it is on disk or the person lets it be.

import type { Fault } from './fault'

/** Wait between tries, in milliseconds: a full disk is not freed faster, and the reason stays readable. */
export const RETRY_MS = 5_000
/** After this long the wait is said in words, in milliseconds. */
export const SLOW_MS = 400
/** Nothing was written, and the same call may be made again. */
const AGAIN = new Set(['not_saved', 'busy', 'home_busy'])

/** Whole seconds until the next try, for a countdown. */
export const secondsLeft = (retryAt: number, now: number): number => Math.min(RETRY_MS / 1000, Math.max(1, Math.ceil((retryAt - now) / 1000)))

/** One thing to be saved. The work must carry a key that makes a repeated call count once. */
export class Attempt {
  state = $state<'idle' | 'working' | 'failed'>('idle')
  /** True once the present try takes longer than a person notices. */
  slow = $state(false)
  /** Why the last try failed. */
  fault = $state.raw<Fault | null>(null)
  /** When it is tried again, in milliseconds since 1970; null where it is not. */
  retryAt = $state<number | null>(null)

  #run = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #work: (() => Promise<void>) | null = null

  /** Whether nothing was saved, as against refused. */
  get unsaved(): boolean {
    return this.state === 'failed' && this.fault !== null && AGAIN.has(this.fault.code)
  }

  /** Begins; a try that is still running is not disturbed, and nothing new begins. Resolves to whether this try succeeded. */
  async start(work: () => Promise<void>): Promise<boolean> {
    if (this.state === 'working') return false
    this.#work = work
    return this.#try()
  }

  /** Tries again now. */
  async again(): Promise<boolean> {
    return this.state === 'failed' && this.#work ? this.#try() : false
  }

  /** Lets it be: no further try, no reason shown. A try on its way still ends by itself. */
  drop() {
    clearTimeout(this.#timer)
    this.retryAt = null
    this.fault = null
    this.#work = null
    if (this.state === 'failed') this.state = 'idle'
  }

  async #try(): Promise<boolean> {
    clearTimeout(this.#timer)
    const run = ++this.#run
    const slow = setTimeout(() => run === this.#run && (this.slow = true), SLOW_MS)
    this.state = 'working'
    this.retryAt = null
    try {
      await this.#work!()
      this.fault = null
      this.state = 'idle'
      return true
    } catch (thrown) {
      if (!this.#work) {
        this.state = 'idle'
        return false
      }
      this.fault = thrown as Fault
      this.state = 'failed'
      if (this.unsaved) {
        this.retryAt = Date.now() + RETRY_MS
        this.#timer = setTimeout(() => void this.#try(), RETRY_MS)
      }
      return false
    } finally {
      clearTimeout(slow)
      this.slow = false
    }
  }
}
