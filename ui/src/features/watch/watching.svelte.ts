// Where a person is on Watch, and what they do there. The lists keep their order while the focus is in them.

import { tick, untrack } from 'svelte'
import { call, type GroupView, type IncidentSummary, IpcError, type Operations, type Receipt, undo, type WatchView } from '../../ipc'
import { go } from '../../lib/route.svelte'
import { heir, steady } from '../../lib/steady'

/** A row: an incident or a group, by its id. */
export type RowId = string

export class Watching {
  /** The row that keys act on. */
  at = $state<RowId | null>(null)
  /** Whether the focus is in the lists: then nothing moves. */
  inside = $state(false)
  /** The group whose alerts are shown. */
  opened = $state<RowId | null>(null)
  /** The group that looks for its incident. */
  attaching = $state.raw<GroupView | null>(null)
  /** What was refused, at its row. */
  faults = $state.raw<Record<RowId, IpcError>>({})
  /** Rows with an operation on its way. */
  busy = $state.raw<ReadonlySet<RowId>>(new Set())

  readonly #view: () => WatchView
  #order: RowId[] = []

  active: IncidentSummary[] = $derived.by(() => this.#held(this.#view().active))
  inbox: GroupView[] = $derived.by(() => this.#held(this.#view().inbox))
  rows: RowId[] = $derived([...this.active, ...this.inbox].map((row) => row.id))

  incident: IncidentSummary | null = $derived(this.active.find((i) => i.id === this.at) ?? null)
  group: GroupView | null = $derived(this.inbox.find((g) => g.id === this.at) ?? null)

  constructor(view: () => WatchView) {
    this.#view = view
    // The focus stays on its row, or goes to what took its place.
    $effect(() => {
      const rows = this.rows
      const before = this.#order
      this.#order = rows
      untrack(() => {
        if (this.at === null || !rows.includes(this.at)) {
          const gone = this.at
          this.at = gone === null ? (rows[0] ?? null) : heir(before, rows, gone)
          if (gone !== null && this.inside) void this.#focus()
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
    void this.#focus()
  }

  /** Opens the row: the room of an incident, the alerts of a group. */
  open() {
    if (this.incident) go({ name: 'incident', id: this.incident.id })
    else if (this.group) this.opened = this.opened === this.group.id ? null : this.group.id
  }

  /** Takes command, or confirms it where it is acting in this person's name. */
  async command(incident: IncidentSummary) {
    const mine = incident.commander.name === this.#view().home.me && incident.commander.state === 'acting'
    await this.#do(incident.id, mine ? 'command.confirm' : 'command.take', { incident: incident.id }, mine ? `You command ${incident.ref}, confirmed` : `You command ${incident.ref}`)
  }

  /** Attaches to the one open incident, or asks to which. */
  async attach(group: GroupView) {
    const open = this.#view().active
    if (open.length === 1) await this.attachTo(group, open[0]!)
    else this.attaching = group
  }

  async attachTo(group: GroupView, incident: IncidentSummary) {
    this.attaching = null
    await this.#do(group.id, 'alert.attach', { incident: incident.id, groups: [group.id] }, `Attached to ${incident.ref}`)
  }

  acknowledge = (group: GroupView) => this.#do(group.id, 'alert.ack', { group: group.id }, 'Acknowledged')
  dismiss = (group: GroupView) => this.#do(group.id, 'alert.dismiss', { group: group.id }, 'Dismissed as noise, quiet until it ends')
  endQuiet = (id: string) => this.#do(id, 'quiet.end', { id }, 'May make a noise again')

  async #do<K extends 'command.take' | 'command.confirm' | 'alert.attach' | 'alert.ack' | 'alert.dismiss' | 'quiet.end'>(row: RowId, op: K, params: Operations[K][0], said: string) {
    if (this.busy.has(row)) return
    this.busy = new Set([...this.busy, row])
    const { [row]: _, ...others } = this.faults
    this.faults = others
    try {
      undo.said(said, (await call(op, params)) as Receipt)
    } catch (thrown) {
      this.faults = { ...this.faults, [row]: IpcError.from(thrown) }
    } finally {
      this.busy = new Set([...this.busy].filter((id) => id !== row))
    }
  }

  #held<T extends { id: string }>(next: T[]): T[] {
    return this.inside ? steady(untrack(() => this.#order), next, (row) => row.id) : next
  }

  async #focus() {
    await tick()
    document.getElementById(`row-${this.at}`)?.focus()
  }
}
