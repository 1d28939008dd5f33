// Words typed into a dialog: kept at every letter, so that Esc or a crash loses none; given up once they are on the record.

import { draft } from '../../../lib/drafts'

export class Kept {
  #text = $state('')
  readonly #draft

  /** `key` names the draft, such as `task:<incident id>`; `initial` stands where none was kept. */
  constructor(key: string, initial = '') {
    this.#draft = draft(key)
    this.#text = this.#draft.read() || initial
  }

  get text(): string {
    return this.#text
  }

  set text(text: string) {
    this.#text = text
    this.#draft.write(text)
  }

  /** The words without the space around them; null where there are none. */
  get words(): string | null {
    return this.#text.trim() || null
  }

  clear() {
    this.#text = ''
    this.#draft.clear()
  }
}

/** The words of `all` are on the record. */
export const done = (...all: Kept[]) => all.forEach((one) => one.clear())
