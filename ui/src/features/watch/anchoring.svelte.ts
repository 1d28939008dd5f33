// Keeps the row with the focus where it is on screen while the lists around it change.

import { tick, untrack } from 'svelte'
import { held } from '../../lib/anchor'

export class Anchoring {
  /** Room lent above and below the lists, in pixels, for as long as the focus is in them. */
  above = $state(0)
  below = $state(0)

  readonly #column: () => HTMLElement | undefined
  #row: Element | null = null
  #focus: HTMLElement | null = null
  #top = 0

  /** `changes` reads whatever may move rows; `holds` says whether the focus is in the lists. */
  constructor(column: () => HTMLElement | undefined, holds: () => boolean, changes: () => unknown) {
    this.#column = column
    $effect.pre(() => {
      changes()
      untrack(() => this.#take(holds()))
    })
    $effect(() => {
      changes()
      untrack(() => this.#put())
    })
    $effect(() => {
      if (holds()) return
      this.above = 0
      this.below = 0
    })
  }

  #take(holds: boolean) {
    const at = document.activeElement
    this.#focus = holds && at instanceof HTMLElement && this.#column()?.contains(at) ? at : null
    this.#row = this.#focus?.closest('li') ?? null
    this.#top = this.#row?.getBoundingClientRect().top ?? 0
  }

  #put() {
    const [row, focus, column] = [this.#row, this.#focus, this.#column()]
    this.#row = null
    if (!row?.isConnected || !column) return
    // A row that was put elsewhere in the document loses the focus.
    if (focus?.isConnected && document.activeElement !== focus) focus.focus({ preventScroll: true })
    const delta = row.getBoundingClientRect().top - this.#top
    if (Math.abs(delta) < 1) return
    const scroller = getComputedStyle(column).overflowY === 'visible' ? column.parentElement! : column
    const to = held(delta, { top: scroller.scrollTop, max: room(scroller), above: this.above, below: this.below })
    this.above = to.above
    this.below = to.below
    // The room must be there before it can be scrolled into.
    void tick().then(() => (scroller.scrollTop = to.top))
  }
}

/** How far a place can be scrolled; negative where what it holds does not fill it. */
function room(scroller: HTMLElement): number {
  const bottom = scroller.lastElementChild?.getBoundingClientRect().bottom ?? 0
  const end = bottom - scroller.getBoundingClientRect().top + scroller.scrollTop + (parseFloat(getComputedStyle(scroller).paddingBottom) || 0)
  return end - scroller.clientHeight
}
