// Where a person is on Watch: the row that keys act on, and the groups marked to be decided on together.

import { tick, untrack } from 'svelte'
import type { IncidentSummary, TriageView, WatchView } from '../../ipc'
import { go } from '../../lib/route.svelte'
import { heir } from '../../lib/heir'

/** A row: an incident or a group, by its id. */
export type RowId = string

export class Watching {
  /** The row that keys act on. */
  at = $state<RowId | null>(null)
  /** Whether the focus is in the lists: then nothing moves under it. */
  inside = $state(false)
  /** The group whose alerts are shown. */
  opened = $state<RowId | null>(null)
  /** The group whose why is shown. */
  explained = $state<RowId | null>(null)
  #marked = $state.raw<ReadonlySet<RowId>>(new Set())

  readonly #view: () => WatchView
  readonly #waiting: () => TriageView[]
  #order: RowId[] = []

  active: IncidentSummary[] = $derived.by(() => this.#view().active)
  inbox: TriageView[] = $derived.by(() => this.#waiting())
  rows: RowId[] = $derived.by(() => [...this.active.map((row) => row.id), ...this.inbox.map((row) => row.group.id)])

  incident: IncidentSummary | null = $derived(this.active.find((one) => one.id === this.at) ?? null)
  triage: TriageView | null = $derived(this.inbox.find((one) => one.group.id === this.at) ?? null)
  /** Marked groups that still wait. */
  marked: TriageView[] = $derived(this.inbox.filter((one) => this.#marked.has(one.group.id)))
  /** What a key decides on: the marked groups, else the one that has the focus. */
  targets: TriageView[] = $derived(this.marked.length ? this.marked : this.triage ? [this.triage] : [])

  constructor(view: () => WatchView, waiting: () => TriageView[]) {
    this.#view = view
    this.#waiting = waiting
    // The focus stays on its row, or goes to what took its place.
    $effect(() => {
      const rows = this.rows
      const before = this.#order
      this.#order = rows
      untrack(() => {
        if (this.at === null || !rows.includes(this.at)) {
          const gone = this.at
          this.at = gone === null ? (rows[0] ?? null) : heir(before, rows, gone)
          if (gone !== null && this.inside) void this.focus()
        }
      })
    })
  }

  /** Moves by rows. */
  move(by: number) {
    const { rows } = this
    if (rows.length === 0) return
    const now = this.at === null ? -1 : rows.indexOf(this.at)
    // The first arrow shows where the keys act; it does not skip the first row.
    const next = this.inside ? Math.min(Math.max(0, now + by), rows.length - 1) : Math.max(0, now)
    this.at = rows[next]!
    void this.focus()
  }

  /** Opens the row: the room of an incident, the alerts of a group. */
  open() {
    if (this.incident) go({ name: 'incident', id: this.incident.id })
    else if (this.triage) this.opened = this.opened === this.at ? null : this.at
  }

  /** Shows why the group did or did not make a noise, or hides it. */
  explain() {
    this.explained = this.explained === this.at ? null : this.at
  }

  isMarked = (group: RowId): boolean => this.#marked.has(group)

  /** Marks the group one stands on, or takes the mark away. */
  mark(group = this.triage?.group.id) {
    if (!group) return
    const next = new Set(this.#marked)
    if (!next.delete(group)) next.add(group)
    this.#marked = next
  }

  /** Marks every group that is shown; again: none. */
  markAll() {
    this.#marked = this.marked.length === this.inbox.length ? new Set() : new Set(this.inbox.map((one) => one.group.id))
  }

  unmark() {
    this.#marked = new Set()
  }

  /** Puts the focus on the row that keys act on. */
  async focus() {
    await tick()
    const row = document.getElementById(`row-${this.at}`)
    row?.focus()
    // The row opens below its line: what helps to decide must be in sight too, once the lists have settled.
    await tick()
    row?.closest('li')?.scrollIntoView?.({ block: 'nearest' })
  }
}
