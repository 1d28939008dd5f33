// Dark, light, or as the system: kept on this machine, set before the first paint.

/** What a person can choose. */
export type ThemeChoice = 'system' | 'dark' | 'light'

const KEPT = 'muster.theme'
const light = window.matchMedia('(prefers-color-scheme: light)')

class Theme {
  choice = $state<ThemeChoice>(remembered())

  constructor() {
    light.addEventListener('change', () => this.#apply())
    // Another window of Muster changed it.
    window.addEventListener('storage', (event) => {
      if (event.key === KEPT) this.choose(remembered(), false)
    })
    this.#apply()
  }

  /** What is shown now. */
  get shown(): 'dark' | 'light' {
    return this.choice === 'system' ? (light.matches ? 'light' : 'dark') : this.choice
  }

  choose(choice: ThemeChoice, keep = true) {
    this.choice = choice
    if (keep) {
      try {
        localStorage.setItem(KEPT, choice)
      } catch {
        // Not kept here; the home keeps it too.
      }
    }
    this.#apply()
  }

  #apply() {
    document.documentElement.dataset.theme = this.shown
  }
}

function remembered(): ThemeChoice {
  try {
    const kept = localStorage.getItem(KEPT)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  } catch {
    return 'system'
  }
}

/** The window's theme. */
export const theme = new Theme()
