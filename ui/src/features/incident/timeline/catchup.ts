// When the timeline reads the record again: the end of it as soon as something is written, all that is drawn once it is calm.

import { Pace } from '../../../ipc/pace'

/**
 * Once nothing was written for this long, all that is drawn is read again, in milliseconds. The end tells of nearly everything; what it
 * cannot tell, such as two key moments that were exchanged between two looks, must not stay on screen.
 */
export const CALM_MS = 2000

export class CatchUp {
  readonly #read: (whole: boolean) => Promise<boolean>
  readonly #pace = new Pace(() => this.#run())
  #whole = false
  #calm: ReturnType<typeof setTimeout> | undefined

  /** `read` looks at the end, or at all that is drawn where it must be whole; it answers whether it was, and throws where it failed. */
  constructor(read: (whole: boolean) => Promise<boolean>) {
    this.#read = read
  }

  /** Something was written; `whole` where it is not known what. */
  ask(whole: boolean) {
    this.#whole ||= whole
    this.#pace.ask()
  }

  /** Nothing is read after this. */
  end() {
    this.#pace.end()
    clearTimeout(this.#calm)
  }

  async #run() {
    const whole = this.#whole
    this.#whole = false
    clearTimeout(this.#calm)
    try {
      if (!(await this.#read(whole))) this.#calm = setTimeout(() => document.hidden || this.ask(true), CALM_MS)
    } catch {
      // What was missed is not known: the next look is at everything.
      this.#whole = true
    }
  }
}
