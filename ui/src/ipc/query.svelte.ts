// What is on screen and stays true: fetched once, fetched again when a tag it carries was touched.

import type { HomeView, Operations, WatchView } from './bindings.gen'
import { call } from './client'
import { IpcError } from './error'
import { EVERYTHING, feed } from './feed'
import { browser, BURST_MS, Pace } from './pace'

type Op = keyof Operations

export interface QueryOptions {
  /** Least time between two fetches, in milliseconds: longer for what is only half in sight. Not under 100. */
  every?: () => number
}

/** One question and its last answer. Old data stays while the next is on its way, and beside an error. */
export class Query<K extends Op> {
  data = $state.raw<Operations[K][1]>()
  error = $state.raw<IpcError>()
  /** True only before the first answer. */
  loading = $state(true)
  /** When the last answer came, in this machine's milliseconds. */
  fetchedAt = $state<number>()

  readonly #op: K
  readonly #params: () => Operations[K][0] | null
  readonly #tags: (data: Operations[K][1]) => string[]
  readonly #pace: Pace
  #asked = ''
  #waiting: (() => void)[] = []

  constructor(op: K, params: () => Operations[K][0] | null, tags: (data: Operations[K][1]) => string[], options: QueryOptions = {}) {
    this.#op = op
    this.#params = params
    this.#tags = tags
    this.#pace = new Pace(() => this.#fetch(), browser, options.every ?? (() => BURST_MS))

    $effect(() => {
      const asked = JSON.stringify(params())
      if (asked === 'null' || asked === this.#asked) return
      if (this.#asked !== '') this.#forget()
      this.#asked = asked
      this.#pace.ask()
    })
    $effect(() => {
      const quiet = feed.listen((touched) => this.#touched(touched) && this.#pace.ask())
      const shown = () => !document.hidden && this.data !== undefined && this.#missed && this.#pace.ask()
      document.addEventListener('visibilitychange', shown)
      return () => {
        quiet()
        document.removeEventListener('visibilitychange', shown)
        this.#pace.end()
      }
    })
  }

  #missed = false

  /** Asks again; resolves when the next answer, or error, is in place. */
  refetch(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#pace.ask()
    })
  }

  #touched(tags: ReadonlySet<string>): boolean {
    const mine = tags.has(EVERYTHING) || (this.data === undefined ? this.error !== undefined : this.#tags(this.data).some((tag) => tags.has(tag)))
    if (mine && document.hidden) {
      this.#missed = true
      return false
    }
    return mine
  }

  /** Other parameters: the answer to the old ones must not be shown as theirs. */
  #forget() {
    this.data = undefined
    this.error = undefined
    this.loading = true
  }

  async #fetch() {
    const params = this.#params()
    const asked = JSON.stringify(params)
    const waiting = this.#waiting.splice(0)
    this.#missed = false
    try {
      if (params === null) return
      const data = await call(this.#op, params)
      noticed(this.#op, data)
      if (asked !== this.#asked) return
      this.data = data
      this.error = undefined
      this.fetchedAt = Date.now()
      this.loading = false
    } catch (thrown) {
      if (asked !== this.#asked) return
      this.error = IpcError.from(thrown)
      this.loading = false
    } finally {
      waiting.forEach((resolve) => resolve())
    }
  }
}

/** Answers that carry the home's number tell the feed how far the record is. */
function noticed(op: Op, data: unknown) {
  if (op === 'home') feed.seen((data as HomeView).seq)
  else if (op === 'watch') feed.seen((data as WatchView).home.seq)
}

/**
 * Makes a query that lives as long as the component (or effect root) that makes it.
 * `params` is tracked; `null` asks nothing. `tags` says which changes touch the answer.
 */
export function query<K extends Op>(op: K, params: () => Operations[K][0] | null, tags: (data: Operations[K][1]) => string[], options?: QueryOptions): Query<K> {
  return new Query(op, params, tags, options)
}
