// The line of a small window: to which incident it writes, by which letter, and what became of it. The words are read as in the room.

import { call, feed, type IncidentSummary, query, type Receipt } from '../../ipc'
import { clock } from '../../lib/clock.svelte'
import { type Change, Composer, loreOf, type Mode, refusal } from '../incident'
import { mineFirst, remember, remembered, stepFrom } from './choosing'

/** The shell's tag that sends a window somewhere. */
const OPEN = 'open:'
const WATCH = 'open:watch'

/** What the window around the line does. */
export interface Around {
  /** Its label: names the draft. */
  label: 'note' | 'strip'
  /** A line is on record. */
  recorded: () => void
}

export class Noting {
  readonly active
  readonly shown
  readonly people
  readonly home
  readonly composer: Composer

  readonly list: IncidentSummary[] = $derived.by(() => mineFirst(this.active.data ?? [], this.home.data?.me ?? ''))
  /** The incident it writes to; null where none is open. */
  readonly current: IncidentSummary | null = $derived.by(() => this.list.find((one) => one.id === this.#chosen || one.ref === this.#chosen) ?? this.list[0] ?? null)
  #chosen = $state<string | null>(remembered())
  /** The incident the present words were begun for. */
  #begunFor = $state.raw<IncidentSummary | null>(null)

  constructor(around: Around) {
    this.active = query('incident.list', () => ({}), () => ['incidents'])
    this.shown = query('incident.show', () => (this.current ? { incident: this.current.id } : null), (data) => [`incident:${data.id}`])
    this.people = query('person.list', () => ({}), () => ['people'])
    this.home = query('home', () => ({}), () => ['home'])
    this.composer = new Composer({
      incident: () => this.current!.ref,
      draft: around.label,
      known: () => this.#known(),
      refusal: (action) => (action && this.incident ? refusal(this.incident, action) : null),
      act: async (change: Change) => {
        const receipt = (await call(change.op, change.params as never)) as Receipt
        remember(this.current!.id)
        this.#begunFor = null
        around.recorded()
        return receipt
      },
      // What only the room can show is said before it comes to this.
      open: () => {},
      pinChosen: () => {},
    })
    // Tray, room and hotkey send this window to an incident.
    $effect(() => feed.listen((tags) => tags.forEach((tag) => tag.startsWith(OPEN) && tag !== WATCH && this.choose(tag.slice(OPEN.length)))))
    $effect(() => {
      if (this.home.data) clock.correct(this.home.data.now)
    })
    $effect(() => () => this.composer.end())
  }

  get me(): string {
    return this.home.data?.me ?? ''
  }

  /** The incident whole, once it is known; never that of another. */
  get incident() {
    const { data } = this.shown
    return data && data.id === this.current?.id ? data : undefined
  }

  choose(incident: string) {
    this.#chosen = incident
    this.#begunFor = null
  }

  /** The next or the one before; the words go along. */
  step(by: 1 | -1) {
    const to = stepFrom(this.list, this.current?.id ?? null, by)
    if (to) this.choose(to.id)
  }

  begin(mode: Mode) {
    this.composer.begin(mode)
  }

  type(text: string, caret: number) {
    this.#begunFor ??= this.current
    this.composer.type(text, caret)
  }

  /** Records the line, or says why not. */
  enter(): 'filled' | 'sent' {
    const { composer, current } = this
    const say = (message: string, hint: string | null = null) => {
      composer.problem = { message, hint }
      return 'sent' as const
    }
    if (!composer.text.trim()) return 'sent'
    if (!current) return say('No incident is open.', 'Declare one; the words stay here.')
    const before = this.#begunFor
    if (before && before.id !== current.id) {
      this.#begunFor = current
      return say(`${before.ref} is over. Enter again writes to ${current.ref}.`)
    }
    const { line, offers, picked } = composer
    const needsRoom = line.kind === 'ready' && (line.meaning.do === 'open' || line.meaning.do === 'pin_chosen')
    if (needsRoom && (!offers || picked < 0)) return say('This needs the room.', 'Write it out here, or open the incident in Muster.')
    return composer.enter()
  }

  #known() {
    const incident = this.incident
    return {
      people: this.people.data?.map((person) => person.handle) ?? [], groups: [], held: incident?.roles ?? [], title: incident?.title ?? '',
      ...incident ? { lore: loreOf(incident, this.active.data ?? [], this.me) } : {},
    }
  }
}
