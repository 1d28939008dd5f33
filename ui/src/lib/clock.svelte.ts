// The one clock of the window: ticks once a second, follows the home's time, stands still while hidden.

import { untrack } from 'svelte'

class Clock {
  /** The home's time in milliseconds since 1970. */
  now = $state(Date.now())
  #offset = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Follows the home: `now` as it said, at the moment it was received. Jitter below half a second is let be. */
  correct(now: string) {
    const offset = Date.parse(now) - Date.now()
    if (Number.isFinite(offset) && Math.abs(offset - this.#offset) > 500) {
      this.#offset = offset
      this.#tick()
    }
  }

  /** Starts to tick; returns what stops it. An effect that starts it does not depend on the time. */
  start(): () => void {
    const visible = () => (document.hidden ? clearTimeout(this.#timer) : this.#run())
    document.addEventListener('visibilitychange', visible)
    untrack(() => this.#run())
    return () => {
      clearTimeout(this.#timer)
      document.removeEventListener('visibilitychange', visible)
    }
  }

  #run() {
    clearTimeout(this.#timer)
    this.#tick()
    // On the full second, so that all digits change together.
    this.#timer = setTimeout(() => this.#run(), 1000 - (this.now % 1000) + 4)
  }

  #tick() {
    this.now = Date.now() + this.#offset
  }
}

/** Read `clock.now` where digits run. */
export const clock = new Clock()
