// Words not yet on the record. Kept on this machine at every keystroke, so that they survive a crashed window.

const PREFIX = 'muster.draft.'
/** Longest draft kept, in characters: well under what a web view stores, far over what a person types. */
const LIMIT = 200_000

/** One draft: a place for words under a name. */
export interface Draft {
  /** What is kept; empty where nothing is. */
  read(): string
  /** Keeps these words; empty words end the draft. */
  write(text: string): void
  /** Ends the draft: its words are on the record, or thrown away by the person. */
  clear(): void
}

/** The draft under `key`, such as `note:<incident id>`. A machine that refuses storage keeps it in memory. */
export function draft(key: string): Draft {
  const name = PREFIX + key
  return {
    read: () => attempt(() => localStorage.getItem(name)) ?? fallback.get(name) ?? '',
    write(text) {
      const kept = text.slice(0, LIMIT)
      if (kept === '') return this.clear()
      const stored = attempt(() => (localStorage.setItem(name, kept), true))
      if (stored) fallback.delete(name)
      else fallback.set(name, kept)
    },
    clear() {
      fallback.delete(name)
      attempt(() => localStorage.removeItem(name))
    },
  }
}

/** The names of all drafts kept, for the notice after a reload. */
export function draftKeys(): string[] {
  const stored = attempt(() => Object.keys(localStorage)) ?? []
  return [...new Set([...stored, ...fallback.keys()])].filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length))
}

const fallback = new Map<string, string>()

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
