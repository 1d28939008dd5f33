// What is being written: the words, what they mean, what is offered, and their way to the record. A failure leaves every word in place.

import type { Receipt } from '../../../ipc'
import { Attempt } from '../../../lib/attempt.svelte'
import { clock } from '../../../lib/clock.svelte'
import { draft } from '../../../lib/drafts'
import { actionFor, type Change, changeFor } from './calls'
import { chipsFor } from './chips'
import { ALPHABET, type Mode } from './commands'
import { complete, type Known, type Offer, take } from './complete'
import { type Line, type Meaning, parseLine, SAID } from './parse'

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

/** An update that was just written: the next one is promised by a person's yes. */
export interface Written {
  update: string
}

const BEGUN = new RegExp(`^/(${ALPHABET.map((one) => one.mode).join('|')}) `)
/** Ways to say it, in the order in which the key goes round. */
const ROUND = ['voice', 'chat', 'phone'] as const

export class Composer {
  text = $state('')
  /** The letter by which a line without a slash is read. */
  mode = $state<Mode>('note')
  /** Set once an update was written, until its next one is promised or let be. */
  written = $state.raw<Written | null>(null)
  caret = $state(0)
  /** The list was closed by Esc; typing opens it again. */
  closed = $state(false)
  /** A line that cannot be carried out, said once Enter was pressed. */
  problem = $state.raw<{ message: string; hint: string | null } | null>(null)
  readonly attempt = new Attempt()

  line: Line = $derived.by(() => {
    const { lore } = this.#desk.known()
    return parseLine(this.text, clock.now, { mode: this.mode, ...lore ? { lore } : {} })
  })
  /** What was understood so far, piece by piece. */
  chips = $derived(chipsFor(this.line, clock.now))
  offers = $derived.by(() => (this.closed ? null : complete(this.text, this.caret, { ...this.#desk.known(), mode: this.mode, now: clock.now })))
  #picked = $state<number | null>(null)

  readonly #desk: Desk
  readonly #draft
  #sent = { text: '', once: '' }
  /** The words on their way, and the lines ended by Enter behind them: a fast hand does not wait for the disk. */
  #way: { text: string; mode: Mode } = { text: '', mode: 'note' }
  #ended: { length: number; mode: Mode }[] = []

  constructor(desk: Desk) {
    this.#desk = desk
    this.#draft = draft(desk.draft)
    const kept = this.#draft.read()
    const begun = BEGUN.exec(kept)
    this.mode = (begun?.[1] as Mode | undefined) ?? 'note'
    this.text = begun ? kept.slice(begun[0].length) : kept
    this.caret = this.text.length
  }

  /** Reads the line by another letter; its words stay. */
  begin(mode: Mode) {
    if (mode !== this.mode && this.attempt.state === 'failed') this.attempt.drop()
    this.mode = mode
    this.problem = null
    this.closed = false
    this.#keep()
  }

  /** Records another's words: names them at the front of the line, or takes the next way of saying it. Returns the caret. */
  saidBy(): number {
    const at = /^\/[\p{L}-]+\s+/u.exec(this.text)?.[0].length ?? 0
    const said = SAID.exec(this.text.slice(at))
    if (!said) {
      this.type(`${this.text.slice(0, at)}@ said: ${this.text.slice(at)}`, at + 1)
      return at + 1
    }
    const way = ROUND[(ROUND.findIndex((one) => one === (said[2] || 'voice')) + 1) % ROUND.length]!
    const front = `@${said[1]} said${way === 'voice' ? '' : ` by ${way}`}: `
    const text = this.text.slice(0, at) + front + this.text.slice(at + said[0].length)
    this.type(text, at + front.length + Math.max(0, this.caret - at - said[0].length))
    return this.caret
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
      if (!text.startsWith(this.text)) this.#ended = []
      this.closed = false
      this.#picked = null
      this.problem = null
      if (this.attempt.state === 'failed') this.attempt.drop()
      this.text = text
      this.#keep()
    }
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

  /** Does what the line says; while one is on its way, this one goes as soon as that is on record. */
  send() {
    if (this.attempt.state === 'working') return this.#end()
    // A letter without words asks for its form.
    this.#send(this.mode !== 'note' && !this.text.trim() ? parseLine(`/${this.mode}`, clock.now) : this.line, this.text, this.mode)
  }

  /** Tries the same words again, under the same key. */
  again() {
    void this.attempt.again()
  }

  end() {
    this.attempt.drop()
  }

  #send(line: Line, text: string, mode: Mode) {
    if (line.kind === 'empty') return
    if (line.kind === 'unfinished') return this.#stop({ message: line.hint, hint: null })
    if (line.kind === 'problem') return this.#stop({ message: line.message, hint: line.hint })
    if (line.meaning.do === 'open' || line.meaning.do === 'pin_chosen') return this.#here(line.meaning, text)
    const no = this.#desk.refusal(actionFor(line.meaning))
    if (no) return this.#stop({ message: no, hint: null })
    this.#write(line, text, mode)
  }

  /** Keeps where a line ended that was typed behind the one on its way. Without a letter of its own it is a note. */
  #end() {
    const length = this.text.length - this.#ended.reduce((sum, one) => sum + one.length, this.#way.text.length)
    const mode = this.mode === this.#way.mode ? 'note' : this.mode
    if (length > 0 && this.text.startsWith(this.#way.text)) this.#ended.push({ length, mode })
  }

  /** Sends the line that was ended behind the last one. */
  #follow() {
    const next = this.#ended.shift()
    if (!next) return
    const text = this.text.slice(0, next.length)
    const { lore } = this.#desk.known()
    this.#send(parseLine(text, clock.now, { mode: next.mode, ...lore ? { lore } : {} }), text, next.mode)
  }

  /** Says why not. Lines that were ended stand apart, so that nobody reads two of them as one. */
  #stop(problem: { message: string; hint: string | null }) {
    this.#apart('')
    this.problem = problem
  }

  #apart(first: string) {
    let from = first.length
    const lines = [first, ...this.#ended.map(({ length }) => this.text.slice(from, (from += length))), this.text.slice(from)]
    if (this.#ended.length) this.text = lines.filter(Boolean).join('\n')
    this.#ended = []
    this.#keep()
  }

  #here(meaning: Meaning & { do: 'open' | 'pin_chosen' }, text: string) {
    this.#clear(text)
    this.mode = 'note'
    if (meaning.do === 'open') this.#desk.open(meaning)
    else this.#desk.pinChosen()
  }

  #write(line: Line & { kind: 'ready' }, text: string, mode: Mode) {
    // The same words get the same key, so that a retry cannot write them twice.
    const key = `${mode} ${text}`
    if (this.#sent.text !== key) this.#sent = { text: key, once: crypto.randomUUID() }
    const change = changeFor(line.meaning, line.setting, this.#desk.incident(), this.#sent.once)
    if (!change) return
    this.problem = null
    this.#way = { text, mode }
    const written = this.attempt.start(async () => {
      const receipt = await this.#desk.act(change)
      this.#sent = { text: '', once: '' }
      this.#clear(text)
      if (this.mode === mode && (!this.text || this.#ended.length)) this.mode = 'note'
      this.#keep()
      if (change.op === 'update.write' && receipt.event) this.written = { update: receipt.event }
    })
    void written.then((done) => (done ? this.#follow() : this.#apart(text)))
  }

  /** Keeps the words with the letter they were begun by. */
  #keep() {
    this.#draft.write(this.mode === 'note' || !this.text || this.text.startsWith('/') ? this.text : `/${this.mode} ${this.text}`)
  }

  /** Takes the words away that are on record; what was typed after them stays. */
  #clear(sent: string) {
    const rest = this.text.startsWith(sent) ? this.text.slice(sent.length).replace(/^\n/, '') : this.text
    this.text = rest
    this.caret = rest.length
    this.closed = false
    this.#picked = null
    this.#keep()
  }

  #completes(offer: Offer): boolean {
    const { offers } = this
    return offers !== null && this.text.slice(offers.start, offers.end) !== offer.insert
  }
}
