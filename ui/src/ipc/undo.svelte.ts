// The way back: what was done last, said in a toast, taken back with Z.

import { toasts } from '../lib/toasts.svelte'
import type { Receipt, UndoView } from './bindings.gen'
import { raw } from './client'
import { IpcError } from './error'

/** One operation that takes something back. */
export type Step = Pick<UndoView, 'op' | 'params'>

/** What takes back everything that was done in one go. */
export interface WayBack {
  label: string
  steps: readonly Step[]
}

class Undo {
  /** What would be taken back now. */
  last = $state.raw<WayBack | null>(null)

  /** Says what was done; offers the way back where the receipt names one. */
  said(text: string, receipt: Pick<Receipt, 'undo'>) {
    const { undo } = receipt
    this.saidAll(text, undo?.label ?? '', undo ? [undo] : [])
  }

  /** Says what was done to several; one press takes all of it back. Without steps there is no way back. */
  saidAll(text: string, label: string, steps: readonly Step[]) {
    const way = steps.length ? { label, steps } : null
    this.last = way
    toasts.show(text, way ? { label: 'Undo', keys: ['Z'], run: () => void this.take(way) } : undefined)
  }

  /** Takes back what was done last. */
  async take(way: WayBack | null = this.last) {
    if (!way) return
    if (this.last === way) this.last = null
    let back = 0
    try {
      for (const step of way.steps) {
        await raw(step.op, step.params)
        back += 1
      }
      toasts.show(way.label.replace(/^Undo: ?/, 'Taken back: '))
    } catch (thrown) {
      const error = IpcError.from(thrown)
      const how_far = back === 0 ? 'Not taken back.' : `Only ${back} of ${way.steps.length} taken back.`
      toasts.show(`${how_far} ${error.message}${error.hint ? ` ${error.hint}` : ''}`)
    }
  }
}

/** The window's way back. */
export const undo = new Undo()
