// The room of one incident: what is known of it, what is open over it, and the one way to change anything.

import { call, type EntryView, IpcError, query, type Receipt, undo } from '../../ipc'
import type { Change } from './composer/calls'
import { saidOf } from './composer/said'
import { type DialogAsk, whyAsk } from './dialogs/kinds'
import { Timeline } from './timeline/timeline.svelte'
import { refusal } from './words'

/** Something that was refused or failed, said where the person looks. */
export interface Notice {
  text: string
  hint: string | null
}

export class Room {
  readonly shown
  readonly active
  readonly people
  readonly home
  readonly waiting
  readonly matrix
  readonly timeline: Timeline

  /** What lies over the room; one at a time. */
  opened = $state.raw<DialogAsk | null>(null)
  /** The entry that what is open is about, as it was when it was opened. */
  subject = $state.raw<EntryView | null>(null)
  notice = $state.raw<Notice | null>(null)
  /** The entry that keys and commands such as /pin are about. */
  chosen = $state<string | null>(null)
  /** Entries selected together, to be moved in time. */
  selected = $state.raw<ReadonlySet<string>>(new Set())
  /** Suggestions that were put aside for this visit. */
  aside = $state.raw<ReadonlySet<string>>(new Set())
  #asksGroups = $state(false)

  constructor(incident: () => string) {
    this.shown = query('incident.show', () => ({ incident: incident() }), (data) => [`incident:${data.id}`, 'alerts', 'settings'])
    this.active = query('incident.list', () => ({}), () => ['incidents'])
    this.people = query('person.list', () => ({}), () => ['people'])
    this.home = query('home', () => ({}), () => ['home'])
    this.waiting = query('alert.list', () => (this.#asksGroups ? {} : null), () => ['alerts'])
    this.matrix = query('settings', () => (this.shown.data ? {} : null), () => ['settings'])
    this.timeline = new Timeline(incident, () => this.shown.data?.id ?? null)
  }

  get incident() {
    return this.shown.data
  }

  get me(): string {
    return this.home.data?.me ?? ''
  }

  /** The entry that has the focus, as it is on the record now. */
  get entry(): EntryView | null {
    return this.timeline.entries.find((one) => one.id === this.chosen) ?? null
  }

  /** Waiting alerts are asked for once somebody may want to attach them. */
  askGroups() {
    this.#asksGroups = true
  }

  /** Opens something over the room; see `dialogs/kinds.ts`. */
  open(ask: DialogAsk) {
    this.notice = null
    if (ask.kind === 'attach' || ask.kind === 'split') this.askGroups()
    this.subject = this.timeline.entries.find((one) => one.id === ask.about) ?? null
    this.opened = ask
  }

  close() {
    this.opened = null
    this.subject = null
  }

  /** Why `action` is refused now, as the home says; null where it may be done. */
  refusal(action: string | null): string | null {
    return action && this.incident ? refusal(this.incident, action) : null
  }

  /** Makes a change and says what was done, with the way back. Throws where it was not made. */
  async act(change: Change): Promise<Receipt> {
    const receipt = (await call(change.op, change.params as never)) as Receipt
    const said = saidOf(change)
    if (said && receipt.event !== null) undo.said(said, receipt)
    this.notice = null
    // What was just written is what the next key is about.
    if (change.op === 'incident.note' && receipt.event) this.chosen = receipt.event
    return receipt
  }

  /** The same for a key or a button: what was refused is said in the room. */
  async attempt(change: Change, action: string | null = null): Promise<boolean> {
    const no = this.refusal(action)
    if (no) return this.refuse(no)
    try {
      await this.act(change)
      return true
    } catch (thrown) {
      const error = IpcError.from(thrown)
      return this.refuse(error.message, error.hint)
    }
  }

  /** Says why not. */
  refuse(text: string, hint: string | null = null): false {
    this.notice = { text, hint }
    return false
  }

  /** Says why alerts did or did not make a noise: those of a group, else those one stands on. */
  why(group?: string) {
    const ask = whyAsk(this.incident?.alerts ?? [], this.entry, group)
    return ask ? this.open(ask) : this.refuse('No alerts are chosen.', 'Choose them in the timeline or at the right with F6.')
  }

  /** Command by one key: take it, confirm it, or hand it over. */
  command() {
    const { incident } = this
    if (!incident) return
    const { ref } = incident
    if (incident.commander.state === 'unclaimed') void this.attempt({ op: 'command.take', params: { incident: ref } }, 'take_command')
    else if (incident.commander.state === 'acting') void this.attempt({ op: 'command.confirm', params: { incident: ref } }, 'confirm_command')
    else this.open({ kind: 'handoff', ...(incident.handoff ? { about: incident.handoff.id } : {}) })
  }

  /** Goes to where people meet; asks for the place where there is none. */
  async join() {
    const url = this.incident?.bridge
    if (!url) return this.open({ kind: 'bridge' })
    try {
      await call('window.link', { url })
    } catch (thrown) {
      const error = IpcError.from(thrown)
      this.refuse(error.message, error.hint)
    }
  }

  /** Adds entries to the selection, or takes the only one given away where it is selected. */
  select(ids: readonly string[], toggle = false) {
    const next = new Set(this.selected)
    for (const id of ids) {
      if (toggle && next.has(id)) next.delete(id)
      else next.add(id)
    }
    this.selected = next
  }

  unselect() {
    this.selected = new Set()
  }

  /** Opens what moves the selected entries in time. */
  shift() {
    const ids = this.selected.size > 0 ? [...this.selected] : this.entry ? [this.entry.id] : []
    if (ids.length === 0) this.refuse('No entries are selected.', 'X selects the chosen entry, Shift with the arrows selects more.')
    else this.open({ kind: 'shift', about: ids.join(',') })
  }

  /** Opens what needs a permission, or says why not. */
  choose(ask: DialogAsk, action: string | null) {
    const no = this.refusal(action)
    if (no) this.refuse(no)
    else this.open(ask)
  }

  /** Puts a suggestion aside for this visit; the record is not touched. */
  putAside(kind: string) {
    this.aside = new Set([...this.aside, kind])
  }

  /** The chosen entry, or why nothing can be done with it. */
  needsEntry(): EntryView | null {
    if (!this.entry) this.refuse('No entry is chosen.', 'Choose one in the timeline with F6 and the arrows, or by a click.')
    return this.entry
  }

  pin() {
    const entry = this.needsEntry()
    if (entry) void this.attempt({ op: 'entry.pin', params: { event: entry.id, pinned: !entry.pinned } })
  }

  correct() {
    const entry = this.needsEntry()
    if (!entry) return
    if (entry.redacted) this.refuse('The words of this entry were taken out; there is nothing to correct.')
    else if (entry.machine) this.refuse('A machine wrote this entry; it is kept as it was received.')
    else this.open({ kind: 'correct', about: entry.id })
  }

  redact(reason = '') {
    const entry = this.needsEntry()
    if (!entry) return
    if (entry.redacted) this.refuse(`@${entry.redacted.by} took these words out already.`)
    else this.open({ kind: 'redact', about: entry.id, extra: { reason } })
  }
}
