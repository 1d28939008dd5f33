// The way back: what was done last, said in a toast, taken back with Z.

import { toasts } from '../lib/toasts.svelte'
import type { Receipt, UndoView } from './bindings.gen'
import { raw } from './client'
import { IpcError } from './error'

class Undo {
  /** What would be taken back now. */
  last = $state.raw<UndoView | null>(null)

  /** Says what was done; offers the way back where the receipt names one. */
  said(text: string, receipt: Pick<Receipt, 'undo'>) {
    const undo = receipt.undo ?? null
    this.last = undo
    toasts.show(text, undo ? { label: 'Undo', keys: ['Z'], run: () => void this.take(undo) } : undefined)
  }

  /** Takes back what was done last. */
  async take(undo: UndoView | null = this.last) {
    if (!undo) return
    if (this.last === undo) this.last = null
    try {
      await raw(undo.op, undo.params)
      toasts.show(undo.label.replace(/^Undo: ?/, 'Taken back: '))
    } catch (thrown) {
      const error = IpcError.from(thrown)
      toasts.show(`Not taken back. ${error.message}${error.hint ? ` ${error.hint}` : ''}`)
    }
  }
}

/** The window's way back. */
export const undo = new Undo()
