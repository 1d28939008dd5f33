// When to fetch again: one answer at a time, the next only after the last has painted, in bursts at most every 100 ms.

/** Least time between two starts, in milliseconds. */
export const BURST_MS = 100

/** Time and paint, passed in so that tests can hold them. */
export interface Stage {
  now(): number
  later(work: () => void, ms: number): unknown
  /** Resolves once what is in the document now has been painted. */
  painted(): Promise<void>
}

/** Runs `fetch` for requests that come in any rhythm. */
export class Pace {
  #running = false
  #asked = false
  #last = -Infinity
  #ended = false
  readonly #fetch: () => Promise<void>
  readonly #stage: Stage
  readonly #every: () => number

  /** `every` is the least time between two starts, in milliseconds; never under `BURST_MS`. */
  constructor(fetch: () => Promise<void>, stage: Stage = browser, every: () => number = () => BURST_MS) {
    this.#fetch = fetch
    this.#stage = stage
    this.#every = every
  }

  /** Asks for a fetch; requests during one become one more after it. */
  ask() {
    if (this.#asked || this.#ended) return
    this.#asked = true
    if (!this.#running) this.#schedule()
  }

  /** No fetch begins after this. */
  end() {
    this.#ended = true
  }

  #schedule() {
    const wait = this.#last + Math.max(BURST_MS, this.#every()) - this.#stage.now()
    if (wait > 0) this.#stage.later(() => void this.#run(), wait)
    else void this.#run()
  }

  async #run() {
    if (this.#running || this.#ended) return
    this.#running = true
    this.#asked = false
    this.#last = this.#stage.now()
    try {
      await this.#fetch()
      await this.#stage.painted()
    } finally {
      this.#running = false
    }
    if (this.#asked) this.#schedule()
  }
}

/** Paint never comes to a hidden window; it must not wait for it. */
const HIDDEN_MS = 250

/** The browser's own time and paint. */
export const browser: Stage = {
  now: () => performance.now(),
  later: (work, ms) => setTimeout(work, ms),
  painted: () =>
    new Promise((resolve) => {
      const fallback = setTimeout(resolve, HIDDEN_MS)
      requestAnimationFrame(() => {
        clearTimeout(fallback)
        setTimeout(resolve)
      })
    }),
}
