// What a person decides on Watch: on one group or on all that are marked, each time with one way back.

import { type AddQuiet, call, type IncidentSummary, IpcError, type Receipt, type Step, type TriageView, undo, type WatchView } from '../../ipc'
import { minutesText } from '../../lib/minutes'
import { aimOf, said, withAlike } from './triage'
import type { RowId, Watching } from './watching.svelte'

/** A question that a decision needs. */
export type Question =
  | { kind: 'attach'; groups: string[]; title: string; services: string[] }
  | { kind: 'snooze' | 'mute' | 'hand'; of: TriageView[] }

const BACK = 'Undo: back in the inbox'

export class Deciding {
  asking = $state.raw<Question | null>(null)
  /** Whether the menu of how long to snooze is open, at the row that has the focus. */
  snoozing = $state(false)
  /** What was refused, at its row. */
  faults = $state.raw<Record<RowId, IpcError>>({})
  /** Rows with an operation on its way. */
  busy = $state.raw<ReadonlySet<RowId>>(new Set())
  /** What could not be changed of several, and why. */
  refused = $state.raw<string[]>([])

  readonly #watching: Watching
  readonly #view: () => WatchView

  constructor(watching: Watching, view: () => WatchView) {
    this.#watching = watching
    this.#view = view
  }

  /** Takes command, or confirms it where it is acting in this person's name. */
  async command(incident: IncidentSummary) {
    const mine = incident.commander.name === this.#view().home.me && incident.commander.state === 'acting'
    const receipt = () => call(mine ? 'command.confirm' : 'command.take', { incident: incident.id })
    await this.#at([incident.id], async () => undo.said(mine ? `You command ${incident.ref}, confirmed` : `You command ${incident.ref}`, await receipt()))
  }

  /** Attaches to the likely or the only open incident, or asks to which. */
  async attach(all = this.#watching.targets) {
    await this.#attach(all, all.map((one) => one.group.id))
  }

  /** Attaches the group one stands on and all that look like it. */
  async attachAlike(one = this.#watching.triage) {
    if (one) await this.#attach([one], withAlike(one))
  }

  async attachTo(reference: string, groups: string[]) {
    this.asking = null
    await this.#at(groups, async () => {
      undo.said(said('attached', groups.length, ` to ${reference}`), await call('alert.attach', { incident: reference, groups }))
    })
  }

  /** Somebody looks at it: this person. */
  async acknowledge(all = this.#watching.targets) {
    const groups = all.filter((one) => one.group.state === 'waiting').map((one) => one.group.id)
    await this.#at(groups, async () => {
      const receipts: Receipt[] = []
      for (const group of groups) receipts.push(await call('alert.ack', { group }))
      undo.saidAll(said('acknowledged', groups.length), 'Undo: nobody looks', receipts.flatMap((receipt) => receipt.undo ?? []))
    })
  }

  /** Dismisses as noise. */
  dismiss = (all = this.#watching.targets) => this.#at(ids(all), () => this.quiet(all, { shape: 'dismissed' }, 'dismissed as noise', ', quiet until it ends'))

  /** Snoozes for so many minutes; null: until it ends. */
  snooze = (minutes: number | null, all = this.#watching.targets) => this.#at(ids(all), () => this.quiet(all, { shape: 'snoozed', minutes }, 'snoozed', minutes === null ? ' until it ends' : ` for ${minutesText(minutes)}`))

  /** Orders quiet over groups and says so; throws where it was refused. */
  async quiet(all: readonly TriageView[], order: Omit<AddQuiet, 'over'>, done: string, then = '') {
    const receipt = await call('quiet.add', { ...order, over: { groups: ids(all) } })
    const steps: Step[] = receipt.events.map((id) => ({ op: 'quiet.end', params: { id } }))
    undo.saidAll(said(done, receipt.changed, then), BACK, steps)
    this.refused = receipt.refused
    this.#watching.unmark()
  }

  /** Ends an order to be quiet. */
  endQuiet = (id: string) => this.#at([id], async () => undo.said('May make a noise again', await call('quiet.end', { id })))

  ask(kind: 'snooze' | 'mute' | 'hand', of = this.#watching.targets) {
    if (of.length) this.asking = { kind, of }
  }

  async #attach(all: readonly TriageView[], groups: string[]) {
    const aim = aimOf(all, this.#view().active)
    if (groups.length === 0) return
    if (aim) await this.attachTo(aim, groups)
    else this.asking = { kind: 'attach', groups, title: groups.length === 1 ? all[0]!.group.title : `${groups.length} groups`, services: all.flatMap((one) => one.group.services) }
  }

  /** Does something for rows; what is refused stands at the row that keys act on, or at the first of them. */
  async #at(rows: readonly RowId[], work: () => Promise<void>) {
    if (rows.length === 0 || rows.some((row) => this.busy.has(row))) return
    const place = rows.find((row) => row === this.#watching.at) ?? rows[0]!
    this.busy = new Set([...this.busy, ...rows])
    this.refused = []
    const { [place]: _, ...others } = this.faults
    this.faults = others
    try {
      await work()
      if (rows.some((row) => this.#watching.isMarked(row))) this.#watching.unmark()
    } catch (thrown) {
      this.faults = { ...this.faults, [place]: IpcError.from(thrown) }
    } finally {
      this.busy = new Set([...this.busy].filter((id) => !rows.includes(id)))
    }
  }
}

const ids = (all: readonly TriageView[]) => all.map((one) => one.group.id)
