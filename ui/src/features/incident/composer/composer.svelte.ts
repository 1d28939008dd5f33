// What is being written: the words, what they mean, what is offered, and their way to the record. A failure leaves every word in place.

import type { Receipt } from '../../../ipc'
import { Attempt } from '../../../lib/attempt.svelte'
import { clock } from '../../../lib/clock.svelte'
import { draft } from '../../../lib/drafts'
import { actionFor, type Change, changeFor } from './calls'
import { complete, type Known, type Offer, take } from './complete'
import { type Line, type Meaning, parseLine } from './parse'

/** What the composer needs of the room. */
export interface Desk {
  incident: () => string
  /** Key of the draft: the whole id. */
  draft: string
  known: () => Omit<Known, 'now'>
  refusal: (action: string | null) => string | null
  act: (change: Change) => Promise<Receipt>
  open: (meaning: Meaning & { do: 'open' }) => void
  pinChosen: () => void
}

export class Composer {
  text = $state('')
  caret = $state(0)
  /** The list was closed by Esc; typing opens it again. */
  closed = $state(false)
  /** A line that cannot be carried out, said once Enter was pressed. */
  problem = $state.raw<{ message: string; hint: string | null } | null>(null)
  readonly attempt = new Attempt()

  line: Line = $derived(parseLine(this.text, clock.now))
  offers = $derived.by(() => (this.closed ? null : complete(this.text, this.caret, { ...this.#desk.known(), now: clock.now })))
  #picked = $state<number | null>(null)

  readonly #desk: Desk
  readonly #draft
  #sent = { text: '', once: '' }

  constructor(desk: Desk) {
    this.#desk = desk
    this.#draft = draft(desk.draft)
    this.text = this.#draft.read()
    this.caret = this.text.length
  }

  /** The offer that Enter and Tab take. Where nothing was typed yet for it, none is, so that Enter never picks by accident. */
  get picked(): number {
    if (!this.offers) return -1
    const first = this.offers.start < this.caret ? 0 : -1
    return Math.min(this.#picked ?? first, this.offers.offers.length - 1)
  }

  /** Takes what was typed. */
  type(text: string, caret: number) {
    if (text !== this.text) {
      this.closed = false
      this.#picked = null
      this.problem = null
      if (this.attempt.state === 'failed') this.attempt.drop()
      this.#draft.write(text)
    }
    this.text = text
    this.caret = caret
  }

  move(step: number) {
    const many = this.offers?.offers.length ?? 0
    if (many > 0) this.#picked = (Math.max(this.picked, step > 0 ? -1 : 0) + step + many) % many
  }

  /** Fills in an offer; returns where the caret goes. */
  fill(offer: Offer | undefined = this.offers?.offers[Math.max(0, this.picked)]): number {
    if (!offer || !this.offers) return this.caret
    const taken = take(this.text, this.offers, offer)
    this.type(taken.text, taken.caret)
    if (offer.runs) this.closed = true
    return taken.caret
  }

  /** Enter: takes the offer where it completes a word, then does what the line says. */
  enter(): 'filled' | 'sent' {
    const offer = this.offers?.offers[this.picked]
    if (offer && this.#completes(offer)) {
      this.fill(offer)
      if (!offer.runs) return 'filled'
    }
    this.send()
    return 'sent'
  }

  /** Does what the line says. */
  send() {
    const { line } = this
    if (this.attempt.state === 'working' || line.kind === 'empty') return
    if (line.kind === 'unfinished') return void (this.problem = { message: line.hint, hint: null })
    if (line.kind === 'problem') return void (this.problem = { message: line.message, hint: line.hint })
    if (line.meaning.do === 'open' || line.meaning.do === 'pin_chosen') return this.#here(line.meaning)
    const no = this.#desk.refusal(actionFor(line.meaning))
    if (no) return void (this.problem = { message: no, hint: null })
    this.#write(line)
  }

  /** Tries the same words again, under the same key. */
  again() {
    void this.attempt.again()
  }

  end() {
    this.attempt.drop()
  }

  #here(meaning: Meaning & { do: 'open' | 'pin_chosen' }) {
    this.#clear(this.text)
    if (meaning.do === 'open') this.#desk.open(meaning)
    else this.#desk.pinChosen()
  }

  #write(line: Line & { kind: 'ready' }) {
    const text = this.text
    // The same words get the same key, so that a retry cannot write them twice.
    if (this.#sent.text !== text) this.#sent = { text, once: crypto.randomUUID() }
    const change = changeFor(line.meaning, line.setting, this.#desk.incident(), this.#sent.once)
    if (!change) return
    this.problem = null
    void this.attempt.start(async () => {
      await this.#desk.act(change)
      this.#sent = { text: '', once: '' }
      this.#clear(text)
    })
  }

  /** Takes the words away that are on record; what was typed after them stays. */
  #clear(sent: string) {
    const rest = this.text.startsWith(sent) ? this.text.slice(sent.length) : this.text
    this.text = rest
    this.caret = rest.length
    this.closed = false
    this.#picked = null
    this.#draft.write(rest)
  }

  #completes(offer: Offer): boolean {
    const { offers } = this
    return offers !== null && this.text.slice(offers.start, offers.end) !== offer.insert
  }
}
