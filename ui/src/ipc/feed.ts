// What changed, as the back end says it: one subscription for the window, taken up again from the last number after any loss.
// It begins with the number of the first answer, so that what was just fetched is not fetched again.

import type { Pushed } from './bindings.gen'
import { backend } from './client'

type Listener = (tags: ReadonlySet<string>) => void

/** How long the first subscription waits for an answer to begin with, in milliseconds. */
const FIRST_MS = 1000
/** A tag that touches everything: changes were missed. */
export const EVERYTHING = '*'

/** Waits between attempts to subscribe, in milliseconds: quick at first, then patient. */
const RETRY_MS = [250, 1000, 3000, 10_000]

class Feed {
  #seq = 0
  #listeners = new Set<Listener>()
  #stop: (() => void) | undefined
  #generation = 0
  #failures = 0
  #first: ReturnType<typeof setTimeout> | undefined

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

  /** An answer shows the home at `seq`. If pushes are behind it for long, the subscription is taken up again. */
  seen(seq: number) {
    if (this.#first !== undefined) {
      this.#seq = seq
      this.#begin()
    } else if (seq > this.#seq) {
      const before = this.#seq
      setTimeout(() => this.#seq === before && void this.#subscribe(), 2000)
    }
  }

  #start() {
    document.addEventListener('visibilitychange', this.#shown)
    this.#first = setTimeout(() => this.#begin(), FIRST_MS)
  }

  #begin() {
    clearTimeout(this.#first)
    this.#first = undefined
    void this.#subscribe()
  }

  #end() {
    clearTimeout(this.#first)
    this.#first = undefined
    document.removeEventListener('visibilitychange', this.#shown)
    this.#generation += 1
    this.#stop?.()
    this.#stop = undefined
  }

  #shown = () => {
    if (!document.hidden && this.#first === undefined) void this.#subscribe()
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
