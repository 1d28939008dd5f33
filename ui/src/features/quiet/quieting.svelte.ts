// The screen of what is quiet: where a person is in it, and what they end or add.

import { tick, untrack } from 'svelte'
import { call, type GroupView, IpcError, query, type QuietView, undo } from '../../ipc'
import { heir } from '../../lib/heir'
import type { OrderKind } from './order'

/** A row: `q:` with an order's id or its title, `g:` with a group's id. */
export type RowId = string

export const quietRow = (one: QuietView): RowId => `q:${one.id ?? `${one.shape} ${one.title}`}`
export const groupRow = (one: GroupView): RowId => `g:${one.id}`

export class Quieting {
  readonly list = query('quiet.list', () => ({}), () => ['watch', 'alerts', 'home'])
  readonly inbox = query('alert.inbox', () => ({}), () => ['watch', 'alerts', 'home'])
  readonly groups = query('alert.list', () => ({ all: true }), () => ['alerts', 'watch'])

  /** The row that keys act on. */
  at = $state<RowId | null>(null)
  /** The group whose why is shown. */
  why = $state<RowId | null>(null)
  /** What is being added. */
  adding = $state<OrderKind | null>(null)
  busy = $state<RowId | null>(null)
  faults = $state.raw<Record<RowId, IpcError>>({})

  quiet: QuietView[] = $derived(this.list.data ?? [])
  /** Groups that fire and are kept out of the inbox. */
  kept: GroupView[] = $derived.by(() => {
    if (!this.inbox.data) return []
    const waiting = new Set(this.inbox.data.waiting.map(({ group }) => group.id))
    return (this.groups.data ?? []).filter((group) => group.firing > 0 && group.state !== 'attached' && !waiting.has(group.id))
  })
  rows: RowId[] = $derived([...this.quiet.map(quietRow), ...this.kept.map(groupRow)])
  /** The order one stands on, where a person gave it. */
  order: QuietView | null = $derived(this.quiet.find((one) => quietRow(one) === this.at && one.id !== null) ?? null)
  group: GroupView | null = $derived(this.kept.find((one) => groupRow(one) === this.at) ?? null)

  #order: RowId[] = []

  constructor() {
    $effect(() => {
      const rows = this.rows
      const before = this.#order
      this.#order = rows
      untrack(() => {
        if (this.at !== null && rows.includes(this.at)) return
        const gone = this.at
        this.at = gone === null ? (rows[0] ?? null) : heir(before, rows, gone)
        if (gone !== null && before.length) void this.#focus()
      })
    })
  }

  /** Moves by rows. */
  move(by: number) {
    const { rows } = this
    if (rows.length === 0) return
    const inside = document.activeElement?.closest('[data-row]') != null
    const now = this.at === null ? -1 : rows.indexOf(this.at)
    this.at = rows[inside ? Math.min(Math.max(0, now + by), rows.length - 1) : Math.max(0, now)]!
    void this.#focus()
  }

  /** Shows why the group one stands on made no noise, or hides it. */
  explain(row: RowId | null = this.group && groupRow(this.group)) {
    this.why = this.why === row ? null : row
  }

  /** Ends an order. */
  async end(one: QuietView | null = this.order) {
    if (!one?.id || this.busy) return
    const row = quietRow(one)
    this.busy = row
    const { [row]: _, ...others } = this.faults
    this.faults = others
    try {
      undo.said(`${one.title} may make a noise again`, await call('quiet.end', { id: one.id }))
    } catch (thrown) {
      this.faults = { ...this.faults, [row]: IpcError.from(thrown) }
    } finally {
      this.busy = null
    }
  }

  async #focus() {
    await tick()
    document.querySelector<HTMLElement>(`[data-row="${CSS.escape(this.at ?? '')}"]`)?.focus()
  }
}
