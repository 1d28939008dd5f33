// What changed, as the back end says it: one subscription for the window, taken up again from the last number after any loss.

import type { Pushed } from './bindings.gen'
import { backend } from './client'

type Listener = (tags: ReadonlySet<string>) => void

/** Waits between attempts to subscribe, in milliseconds: quick at first, then patient. */
const RETRY_MS = [250, 1000, 3000, 10_000]

class Feed {
  #seq = 0
  #listeners = new Set<Listener>()
  #stop: (() => void) | undefined
  #generation = 0
  #failures = 0

  /** The number of the last change known. */
  get seq(): number {
    return this.#seq
  }

  /** Hears of every change; returns what ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#end()
    }
  }

  /** Another home stands behind the window now: its numbers begin at `seq`. */
  another(seq: number) {
    this.#seq = seq
    if (this.#listeners.size > 0) void this.#subscribe()
  }

  /** An answer shows the home at `seq`. If pushes are behind it for long, the subscription is taken up again. */
  seen(seq: number) {
    if (this.#seq === 0) this.#seq = seq
    else if (seq > this.#seq) {
      const before = this.#seq
      setTimeout(() => this.#seq === before && void this.#subscribe(), 2000)
    }
  }

  #start() {
    document.addEventListener('visibilitychange', this.#shown)
    void this.#subscribe()
  }

  #end() {
    document.removeEventListener('visibilitychange', this.#shown)
    this.#generation += 1
    this.#stop?.()
    this.#stop = undefined
  }

  #shown = () => {
    if (!document.hidden) void this.#subscribe()
  }

  async #subscribe() {
    const generation = ++this.#generation
    this.#stop?.()
    this.#stop = undefined
    try {
      const stop = await (await backend()).subscribe(this.#seq, (push) => generation === this.#generation && this.#take(push))
      if (generation !== this.#generation) return stop()
      this.#stop = stop
      this.#failures = 0
    } catch {
      const wait = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)]
      setTimeout(() => generation === this.#generation && void this.#subscribe(), wait)
    }
  }

  #take(push: Pushed) {
    this.#seq = Math.max(this.#seq, push.seq)
    const tags = new Set(push.tags)
    this.#listeners.forEach((listener) => listener(tags))
  }
}

/** The window's feed. */
export const feed = new Feed()
