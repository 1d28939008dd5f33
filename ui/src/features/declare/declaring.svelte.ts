// One declaration from the first letter to the record: the line, what is recognised in it, the save, and the moment after.

import { call, type DeclarePreview, type GroupView, IpcError, type IncidentView, type Severity, type TokenView } from '../../ipc'
import { Attempt } from '../../lib/attempt.svelte'
import { draft } from '../../lib/drafts'
import { carry, oneLine } from './tokens'

/** Rest between letters before the line is read, in milliseconds: under the time between two keys of a fast typist. */
export const READ_MS = 30
/** How long the confirmation stays unless somebody reaches for it, in milliseconds. */
export const STAY_MS = 3_000
/** A second Enter this soon after the declaration is the same keypress of a hurried hand, in milliseconds. */
const ECHO_MS = 700

/** What the place around the form does: the small window hides itself, the dialog closes. */
export interface Around {
  hide: () => void
  /** Shows an incident in the main window. */
  open: (incident: string) => void
}

export class Declaring {
  line = $state('')
  /** Chosen by key or click; wins over what the line says. */
  chosen = $state<Severity | null>(null)
  /** An exercise: marked everywhere, and kept out of every number. */
  drill = $state(false)
  preview = $state.raw<DeclarePreview | null>(null)
  /** Why the line could not be read; it can still be declared. */
  unread = $state.raw<IpcError | null>(null)
  /** Enter was pressed before there was anything to declare. */
  nudged = $state(false)
  declared = $state.raw<IncidentView | null>(null)
  /** The announcement in the home's words; null until they came. */
  words = $state.raw<string | null>(null)
  readonly attempt = new Attempt()
  /** The groups of alerts that it is declared from. */
  readonly from: readonly GroupView[]

  /** Tokens at their places in the present line. */
  tokens: TokenView[] = $derived.by(() => (this.preview ? carry(this.preview.tokens, this.#read, this.line) : []))
  /** As it would be declared now; null until the line was first read. */
  severity: Severity | null = $derived.by(() => this.chosen ?? (this.preview?.severity_said ? this.preview.severity : (this.#worst ?? this.preview?.severity ?? null)))
  said: boolean = $derived(this.chosen !== null || (this.preview?.severity_said ?? false))
  services: string[] = $derived.by(() => [...new Set([...this.from.flatMap((group) => group.services), ...(this.preview?.services ?? [])])])
  problem: string | null = $derived.by(() => (this.line.trim() === '' ? 'Say in a few words what is wrong.' : this.preview && this.#read === this.line ? this.preview.problem : null))

  /** The worst that its alerts suggest. */
  get #worst(): Severity | null {
    return this.from.map((group) => group.suggested).sort()[0] ?? null
  }

  #read = $state('')
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #once = ''
  #declaredAt = 0
  readonly #draft
  readonly #around: Around

  constructor(around: Around, from: readonly GroupView[] = []) {
    this.#around = around
    this.from = from
    this.#draft = draft(from.length ? `declare:${from.map((group) => group.id).join()}` : 'declare')
    this.line = this.#draft.read() || oneLine(from[0]?.title ?? '')
    this.refresh()
  }

  /** Takes what was typed. Never waits for anything. */
  type(text: string) {
    this.line = oneLine(text)
    this.#draft.write(this.line)
    this.nudged = false
    this.#changed()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.refresh(), READ_MS)
  }

  choose(severity: Severity | null) {
    this.chosen = severity
    this.#changed()
  }

  /** Reads the line again: also what may be the same thing changes while a draft waits. */
  refresh() {
    void this.#preview()
  }

  /** Declares; a second call on the way, or right after, changes nothing. */
  async declare() {
    if (this.declared || this.attempt.state === 'working') return
    if (this.problem) {
      this.nudged = true
      return
    }
    this.#once ||= crypto.randomUUID()
    const params = { line: this.line, severity: this.chosen, once: this.#once, alerts: this.from.map((group) => group.id), drill: this.drill }
    await this.attempt.start(async () => this.#done(await call('incident.declare', params)))
  }

  /** The possible duplicate is the thing: shows it, and keeps the line as a draft. */
  join(incident = this.preview?.duplicates[0]?.incident.ref) {
    if (!incident) return
    this.#around.open(incident)
    this.#around.hide()
  }

  /** Goes to the incident just declared. */
  enter() {
    if (!this.declared || Date.now() - this.#declaredAt < ECHO_MS) return
    this.#around.open(this.declared.ref)
    this.close()
  }

  /** Hides; a line that was not declared stays as a draft. */
  close() {
    this.#around.hide()
    if (this.declared) this.fresh()
  }

  /** Ready for the next one. */
  fresh() {
    this.declared = null
    this.words = null
    this.chosen = null
    this.drill = false
    this.nudged = false
    this.line = this.#draft.read()
    this.attempt.drop()
    this.#once = ''
    this.refresh()
  }

  /** Ends what runs in the background. */
  end() {
    clearTimeout(this.#timer)
    this.attempt.drop()
    this.#asked++
  }

  /** The commander just declared is confirmed by the one who sits here. */
  async confirm() {
    const { declared } = this
    if (!declared) return
    await call('command.confirm', { incident: declared.ref })
    this.declared = { ...declared, commander: { ...declared.commander, state: 'confirmed' } }
    this.words = null
    void this.#announce(declared)
  }

  #done(incident: IncidentView) {
    this.#draft.clear()
    this.line = ''
    this.#declaredAt = Date.now()
    this.declared = incident
    void this.#announce(incident)
  }

  /** Copying waits for the words, where they are not there yet. */
  async announcement(): Promise<string> {
    const { declared } = this
    return this.words ?? (declared ? (await this.#ask(declared)).text : '')
  }

  #ask = (incident: IncidentView) => call('brief', { incident: incident.ref, piece: 'announcement', form: 'chat' })

  async #announce(incident: IncidentView) {
    try {
      const brief = await this.#ask(incident)
      if (this.declared?.id === incident.id) this.words = brief.text
    } catch {
      // Declared is declared; whoever copies asks again, and hears why not.
    }
  }

  /** Other words are another declaration: an earlier try must not save them under its name. */
  #changed() {
    this.#once = ''
    this.attempt.drop()
  }

  async #preview() {
    const asked = ++this.#asked
    const line = this.line
    try {
      const preview = await call('declare.preview', { line })
      if (asked !== this.#asked) return
      this.#read = line
      this.preview = preview
      this.unread = null
    } catch (thrown) {
      if (asked === this.#asked) this.unread = IpcError.from(thrown)
    }
  }
}
