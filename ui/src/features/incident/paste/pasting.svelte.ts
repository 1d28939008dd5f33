// One paste from its first letter to the record: the words, how they are read, what is ticked, and what came of it.

import { call, IpcError, type PasteReceipt, type PasteText, type PasteView } from '../../../ipc'
import { Attempt } from '../../../lib/attempt.svelte'
import { draft } from '../../../lib/drafts'
import { bytes } from '../../../lib/words'

/** The most that is read at once, in bytes of UTF-8: a day of a busy channel, and one message to the home. */
export const LIMIT = 4 * 1024 * 1024
/** Longest text that is put into a field to be edited, in characters: beyond it a web view stutters. */
export const EDITABLE = 100_000
/** Rest between letters before the text is read again, in milliseconds. */
export const READ_MS = 200

/** Texts too long for the store of drafts, until the window closes. */
const long = new Map<string, string>()

export class Pasting {
  text = $state.raw('')
  /** Null: by content. */
  format = $state<string | null>(null)
  day = $state<string | null>(null)
  zone = $state<string | null>(null)
  /** When a recording began, in milliseconds; NaN while it cannot be read. */
  start = $state<number | null>(null)
  /** Whom a written name means, where the person said so; empty: nobody known. */
  people = $state.raw<Readonly<Record<string, string>>>({})
  /** Lines not to record, by index. */
  skip = $state.raw<ReadonlySet<number>>(new Set())
  view = $state.raw<PasteView | null>(null)
  /** What was asked once for this text; it stays in sight after it was answered. */
  asked = $state.raw<ReadonlySet<string>>(new Set())
  unread = $state.raw<IpcError | null>(null)
  reading = $state(false)
  receipt = $state.raw<PasteReceipt | null>(null)
  readonly attempt = new Attempt()

  /** Why it cannot be read at once, before anything is sent. */
  readonly tooLong: string | null = $derived.by(() => {
    // A letter is one to three bytes: only in between must they be counted.
    const { length } = this.text
    if (length * 3 <= LIMIT) return null
    const size = length > LIMIT ? length : new TextEncoder().encode(this.text).length
    return size > LIMIT ? `This is ${bytes(size)}; at once Muster reads up to ${bytes(LIMIT)}. Paste it in parts: where they overlap, nothing is recorded twice.` : null
  })
  /** Lines that would be recorded now. */
  readonly ticked: number = $derived.by(() => {
    if (!this.view) return 0
    return this.view.lines.reduce((n, line) => n + (line.known || this.skip.has(line.index) ? 0 : 1), 0)
  })
  /** Why it cannot be recorded now; null where it can. */
  readonly problem: string | null = $derived.by(() => {
    if (this.asked.has('start') && (this.start === null || Number.isNaN(this.start))) return 'Say when the recording began.'
    if (this.day !== null && !isDay(this.day)) return 'Write the day as 2026-11-23.'
    return null
  })

  readonly #incident: () => string
  readonly #draft
  readonly #key: string
  #asking = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #sent = { params: '', once: '' }

  constructor(incident: () => string, key: string, text = '') {
    this.#incident = incident
    this.#key = key
    this.#draft = draft(`paste:${key}`)
    const kept = text || long.get(key) || this.#draft.read()
    if (kept) this.take(kept, 0)
  }

  /** Takes other words; they are read after a rest. */
  take(text: string, rest = READ_MS) {
    if (text === this.text) return
    this.text = text
    this.skip = new Set()
    this.asked = new Set()
    this.receipt = null
    this.#keep(text)
    this.#changed(rest)
  }

  /** Reads the same words in another way. */
  read(change: { format?: string | null; day?: string; zone?: string; start?: number | null }) {
    if (change.format !== undefined) {
      this.format = change.format
      this.skip = new Set()
    }
    if (change.day !== undefined) this.day = change.day
    if (change.zone !== undefined) this.zone = change.zone
    if (change.start !== undefined) this.start = change.start
    this.#changed(READ_MS)
  }

  /** Says whom a written name means; empty for nobody known. */
  map(who: string, handle: string) {
    this.people = { ...this.people, [who]: handle }
    this.#changed(READ_MS)
  }

  /** Ticks a line, or takes the tick away. */
  toggle(index: number) {
    const skip = new Set(this.skip)
    if (!skip.delete(index)) skip.add(index)
    this.skip = skip
  }

  /** Ticks all that is new, or none of it. */
  toggleAll() {
    const all = this.ticked === 0
    this.skip = new Set(all ? [] : this.view?.lines.map((line) => line.index))
  }

  /** Records what is ticked. The same words get the same key, so that a retry adds nothing. */
  async record(): Promise<boolean> {
    if (!this.view || this.ticked === 0 || this.problem || this.tooLong || this.reading) return false
    const params = { ...this.#params(), format: this.format ?? this.view.format, day: this.day ?? this.view.day, zone: this.zone ?? this.view.zone, skip: [...this.skip] }
    const mark = JSON.stringify({ ...params, text: this.text.length }) + this.#asking
    if (this.#sent.params !== mark) this.#sent = { params: mark, once: crypto.randomUUID() }
    return this.attempt.start(async () => {
      this.receipt = await call('paste', { ...params, once: this.#sent.once })
      this.#keep('')
    })
  }

  end() {
    clearTimeout(this.#timer)
    this.attempt.drop()
    this.#asking++
  }

  #params(): PasteText {
    return {
      incident: this.#incident(), text: this.text, format: this.format, day: this.day && isDay(this.day) ? this.day : null, zone: this.zone || null,
      start: this.start === null || Number.isNaN(this.start) ? null : new Date(this.start).toISOString(), people: Object.entries(this.people),
    }
  }

  #keep(text: string) {
    const fits = text.length <= EDITABLE
    this.#draft.write(fits ? text : '')
    if (fits) long.delete(this.#key)
    else long.set(this.#key, text)
  }

  #changed(rest: number) {
    this.attempt.drop()
    clearTimeout(this.#timer)
    this.#asking++
    this.unread = null
    this.reading = this.text.trim() !== '' && this.tooLong === null
    if (this.reading) this.#timer = setTimeout(() => void this.#preview(), rest)
    else this.view = null
  }

  async #preview() {
    const mine = this.#asking
    try {
      const view = await call('paste.preview', this.#params())
      if (mine !== this.#asking) return
      this.view = view
      this.asked = new Set([...this.asked, ...view.asks])
    } catch (thrown) {
      if (mine !== this.#asking) return
      this.view = null
      this.unread = IpcError.from(thrown)
    }
    this.reading = false
  }
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
