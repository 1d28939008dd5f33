// The timeline of one incident as the room holds it: pages that were read, the part that is drawn, and what came in meanwhile.

import { call, feed, IpcError, type TimelineCounts, type TimelinePage } from '../../../ipc'
import { EVERYTHING } from '../../../ipc/feed'
import { CatchUp } from './catchup'
import { look, lookedAt } from './looked'
import { atEnd, drawn, followed, needsOlder, opened, PAGE, type Pages, refreshed, replaced, rereading, slideDown, slideToEnd, slideUp, TAIL, withOlder } from './pages'

/** What can be shown of it. */
export type Tab = 'all' | 'pinned' | 'decision' | 'machine'

export class Timeline {
  tab = $state<Tab>('all')
  pages = $state.raw<Pages | null>(null)
  /** How many entries each tab holds; kept while a tab is read. */
  counts = $state.raw<TimelineCounts | null>(null)
  error = $state.raw<IpcError | null>(null)
  /** The page above is on its way. */
  reading = $state(false)
  /** Entries that came in below the drawn part while a person read above. */
  missed = $state(0)
  /** How far this person had looked before this visit. */
  looked = $state<number | null>(null)

  readonly #incident: () => string
  readonly #id: () => string | null
  readonly #catchUp = new CatchUp((whole) => this.#refresh(whole))
  #asked = 0

  /** `incident` is what is asked for, `id` the whole id once it is known: changes are told by it. */
  constructor(incident: () => string, id: () => string | null) {
    this.#incident = incident
    this.#id = id
    $effect(() => {
      void this.#open(incident(), this.tab)
    })
    $effect(() => {
      const known = id()
      if (known) this.looked = lookedAt(known)
    })
    $effect(() => {
      const quiet = feed.listen((tags) => this.#heard(tags))
      const shown = () => this.#shown()
      document.addEventListener('visibilitychange', shown)
      return () => {
        quiet()
        document.removeEventListener('visibilitychange', shown)
        this.#catchUp.end()
      }
    })
    $effect(() => {
      if (this.pages && !document.hidden) this.#look()
    })
  }

  /** The drawn part. */
  readonly entries = $derived(this.pages ? drawn(this.pages) : [])

  /** Entries under the present tab, read or not. */
  get size(): number {
    // The record does not count decisions: what was read of them is all that is known.
    return this.tab === 'decision' ? (this.pages?.entries.length ?? 0) : this.counts ? sizeOf(this.counts, this.tab) : 0
  }

  get atEnd(): boolean {
    return this.pages === null || atEnd(this.pages)
  }

  /** Whether there is more above the drawn part, read or not. */
  get hasAbove(): boolean {
    return this.pages !== null && (this.pages.from > 0 || this.pages.before !== null)
  }

  /** Begins anew, after an error. */
  retry() {
    void this.#open(this.#incident(), this.tab)
  }

  /** Draws the page above, reading it where it was not read yet. */
  async up() {
    const { pages } = this
    if (!pages || this.reading || !this.hasAbove) return
    if (!needsOlder(pages)) return this.#slide(slideUp(pages))
    this.reading = true
    const asked = this.#asked
    try {
      const page = await this.#page(pages.before, PAGE)
      if (asked === this.#asked && this.pages) this.pages = slideUp(withOlder(this.pages, page))
    } catch (thrown) {
      if (asked === this.#asked) this.error = IpcError.from(thrown)
    } finally {
      this.reading = false
    }
  }

  /** Draws the page below. */
  down() {
    if (this.pages && !atEnd(this.pages)) this.#slide(slideDown(this.pages))
  }

  /** Draws the newest. */
  end() {
    this.missed = 0
    if (this.pages && !atEnd(this.pages)) this.#slide(slideToEnd(this.pages))
  }

  async #open(incident: string, tab: Tab) {
    const asked = ++this.#asked
    this.pages = null
    this.error = null
    this.missed = 0
    try {
      const page = await call('incident.timeline', { incident, limit: PAGE, kind: tab === 'all' ? null : tab })
      if (asked !== this.#asked) return
      this.counts = page.counts
      this.pages = opened(page)
    } catch (thrown) {
      if (asked === this.#asked) this.error = IpcError.from(thrown)
    }
  }

  #heard(tags: ReadonlySet<string>) {
    const missed = tags.has(EVERYTHING)
    if (this.pages && !document.hidden && (missed || tags.has(`incident:${this.#id()}`))) this.#catchUp.ask(missed)
  }

  /** Reads what was added at the end, or all that is drawn where it must be, or where more may have changed; answers whether it was all. */
  async #refresh(whole: boolean): Promise<boolean> {
    const asked = this.#asked
    try {
      const end = !whole && (await this.#follow(asked))
      if (!end) await this.#readAgain(asked)
      if (asked === this.#asked) this.error = null
      return !end
    } catch (thrown) {
      if (asked === this.#asked) this.error = IpcError.from(thrown)
      throw thrown
    }
  }

  /** Takes in what was added at the end; false where that cannot tell all. */
  async #follow(asked: number): Promise<boolean> {
    if (!this.pages || this.tab !== 'all' || !atEnd(this.pages)) return false
    const page = await this.#page(null, TAIL)
    if (asked !== this.#asked) return true
    const next = this.pages && this.counts && followed(this.pages, page, this.counts)
    if (!next) return false
    this.counts = page.counts
    this.pages = next
    return true
  }

  /** The newest page again, and the drawn part where that is elsewhere. */
  async #readAgain(asked: number) {
    if (!this.pages) return
    const end = atEnd(this.pages)
    const newest = await this.#page(null, end ? rereading(this.pages).limit : PAGE)
    if (asked !== this.#asked || !this.pages) return
    const size = this.size
    this.counts = newest.counts
    this.pages = refreshed(this.pages, newest)
    const grown = Math.max(0, this.size - size)
    if (!end) await this.#reread(asked)
    if (!atEnd(this.pages)) this.missed += grown
  }

  /** What is drawn may have been corrected since it was read. */
  #slide(pages: Pages) {
    this.pages = pages
    void this.#reread(this.#asked).catch(() => undefined)
  }

  async #reread(asked: number) {
    if (!this.pages) return
    const { before, limit } = rereading(this.pages)
    const page = await this.#page(before, limit)
    if (asked === this.#asked && this.pages) this.pages = replaced(this.pages, page.entries)
  }

  #page(before: string | null, limit: number): Promise<TimelinePage> {
    return call('incident.timeline', { incident: this.#incident(), limit, before, kind: this.tab === 'all' ? null : this.tab })
  }

  #shown() {
    if (document.hidden) return
    const id = this.#id()
    if (id) this.looked = lookedAt(id)
    if (this.pages) this.#catchUp.ask(true)
  }

  /** Remembers the newest that is on screen now; the mark of this visit stays where it is. */
  #look() {
    const id = this.#id()
    if (!id || !this.pages || !this.atEnd || this.tab !== 'all') return
    const newest = this.pages.entries.reduce((most, entry) => Math.max(most, entry.seq), 0)
    if (newest > 0) look(id, newest)
  }
}

const sizeOf = (counts: TimelineCounts, tab: Exclude<Tab, 'decision'>): number => (tab === 'all' ? counts.people + counts.machine : counts[tab])
