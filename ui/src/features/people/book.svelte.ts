// The state of the people screen: who is in sight, whose card is open, what is being done with it.

import { tick } from 'svelte'
import { call, IpcError, type PersonView, query, undo } from '../../ipc'
import { clock } from '../../lib/clock.svelte'
import { copy } from '../../lib/clipboard'
import { draft } from '../../lib/drafts'
import { route } from '../../lib/route.svelte'
import { toasts } from '../../lib/toasts.svelte'
import { count } from '../../lib/words'
import { isNow, line, type Road, shown, type Which } from './people'

/** Shifts begin and end without a push: they are asked for this often while in sight, in milliseconds. */
const BEAT_MS = 30_000

/** What the inspector shows of a person. */
export type Mode = 'card' | 'edit'

export class Book {
  readonly #kept = draft('people.filter')
  readonly asked = query('person.list', () => ({}), () => ['people', 'incidents'])
  /** The row that arrows stand on. */
  at = $state<string | null>(null)
  words = $state(this.#kept.read())
  #which = $state<Which | null>(null)
  mode = $state<Mode>('card')
  road = $state<Road>('tel')
  large = $state(false)
  adding = $state(false)
  importing = $state(false)
  removing = $state.raw<PersonView | null>(null)
  /** Why a link could not be handed on. */
  fault = $state.raw<IpcError | null>(null)

  readonly all = $derived(this.asked.data ?? [])
  readonly present = $derived(this.all.filter(isNow).length)
  readonly which = $derived<Which>(this.#which ?? (this.present > 0 ? 'now' : 'all'))
  readonly people = $derived(shown(this.all, this.which, this.words))
  /** Whose card is open. */
  readonly open = $derived(route.current.name === 'people' && route.current.handle ? this.#find(route.current.handle) : null)

  constructor() {
    $effect(() => this.#kept.write(this.words))
    $effect(() => {
      const beat = setInterval(() => document.hidden || void this.asked.refetch(), BEAT_MS)
      return () => clearInterval(beat)
    })
  }

  /** Shows those of `which`. */
  choose(which: Which) {
    this.#which = which
  }

  /** Lets go of every filter. */
  showAll() {
    this.words = ''
    this.#which = 'all'
  }

  /** Whom a key means: the open card where the focus is in it, else the row, else the open card. */
  get aim(): PersonView | null {
    if (this.open && document.activeElement?.closest('[data-card]')) return this.open
    return this.people.find((one) => one.handle === this.at) ?? this.open
  }

  /** Opens a card; by a road, its code large. */
  show(person: PersonView, road?: Road) {
    this.adding = false
    this.fault = null
    if (this.open?.handle !== person.handle) this.mode = 'card'
    this.road = road ?? 'tel'
    this.large = road !== undefined
    this.at = person.handle
    route.replace({ name: 'people', handle: person.handle })
  }

  edit(person: PersonView) {
    this.show(person)
    this.mode = 'edit'
  }

  add() {
    this.close()
    this.adding = true
  }

  /** One step out: the large code, the form, the card. The focus goes back to the row. */
  back() {
    if (this.adding) this.adding = false
    else if (this.mode === 'edit') this.mode = 'card'
    else if (this.large) this.large = false
    else this.close()
    void this.focus()
  }

  close() {
    this.mode = 'card'
    this.large = false
    route.replace({ name: 'people' })
  }

  /** Puts the focus on the row that arrows stand on. */
  async focus() {
    await tick()
    document.getElementById(`person-${this.at}`)?.focus()
  }

  async step(by: number) {
    const rows = this.people
    const from = rows.findIndex((one) => one.handle === this.at)
    const here = document.activeElement?.id === `person-${this.at}`
    this.at = rows[from < 0 ? 0 : here ? Math.min(Math.max(0, from + by), rows.length - 1) : from]?.handle ?? null
    await this.focus()
  }

  /** Copies the open card where the focus is in it, else the list as it is on screen. */
  async copy() {
    const one = document.activeElement?.closest('[data-card]') ? this.open : null
    const text = (one ? [one] : this.people).map((person) => line(person, clock.now)).join('\n')
    const what = one ? `@${one.handle}` : count(this.people.length, 'person', 'people')
    toasts.show((await copy(text)) ? `Copied ${what}` : 'Not copied. Select the text and copy it by hand.')
  }

  /** Hands a link to whatever calls, writes or mails here. */
  async link(url: string) {
    this.fault = null
    try {
      await call('window.link', { url })
    } catch (thrown) {
      this.fault = IpcError.from(thrown)
    }
  }

  /** Takes a person out of the book; throws where it is refused. */
  async remove(person: PersonView) {
    const receipt = await call('person.remove', { handle: person.handle })
    this.removing = null
    this.at = null
    this.close()
    undo.said(`@${person.handle} is out of the book. What they did stays on record`, receipt)
  }

  #find(handle: string): PersonView | null {
    return this.all.find((one) => one.handle === handle) ?? null
  }
}
