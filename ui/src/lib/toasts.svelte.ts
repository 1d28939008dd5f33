// Short news: what was done, with a way back, and news from elsewhere. Failures are shown at their cause, not here.

/** One toast. */
export interface Toast {
  id: number
  text: string
  /** A way back or onward; its keys are shown. */
  action?: { label: string; keys?: string[]; run: () => void }
}

/** How long a toast stays, in milliseconds: time to read it and to reach the undo key. */
const STAY_MS = 8000
/** Toasts shown at once. */
const SHOWN = 3

class Toasts {
  list = $state.raw<Toast[]>([])
  #next = 1
  #timers = new Map<number, ReturnType<typeof setTimeout>>()

  /** Shows one; returns its id. */
  show(text: string, action?: Toast['action']): number {
    const id = this.#next++
    const dropped = this.list.slice(0, Math.max(0, this.list.length - SHOWN + 1))
    dropped.forEach((toast) => this.dismiss(toast.id))
    this.list = [...this.list, { id, text, ...(action ? { action } : {}) }]
    this.#timers.set(id, setTimeout(() => this.dismiss(id), STAY_MS))
    return id
  }

  /** Takes one away. */
  dismiss(id: number) {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
    this.list = this.list.filter((toast) => toast.id !== id)
  }

  /** Keeps them while a person reads (pointer or focus on them). */
  hold() {
    this.#timers.forEach((timer) => clearTimeout(timer))
    this.#timers.clear()
  }

  /** Lets them go again. */
  release() {
    for (const { id } of this.list) if (!this.#timers.has(id)) this.#timers.set(id, setTimeout(() => this.dismiss(id), STAY_MS))
  }
}

/** The window's toasts. */
export const toasts = new Toasts()
