// Where the window is, and the way back. Survives a reload, so that a crashed view returns to its place.

/** The screens. */
export type Place =
  | { name: 'watch' }
  | { name: 'incidents' }
  | { name: 'incident'; id: string }
  | { name: 'people'; handle?: string }
  | { name: 'quiet' }
  | { name: 'settings'; section?: string }

const KEPT = 'muster.route'
/** Steps back that are kept: more than a person walks back. */
const DEPTH = 50

class Route {
  current = $state.raw<Place>(remembered() ?? { name: 'watch' })
  #past: Place[] = []

  /** Goes to a place; the one before it is one step back. */
  go(place: Place) {
    if (same(place, this.current)) return
    this.#past = [...this.#past.slice(1 - DEPTH), this.current]
    this.#set(place)
  }

  /** Takes the place of the present one, with no step back to it. */
  replace(place: Place) {
    this.#set(place)
  }

  /** One step back; from the first place to Watch. */
  back() {
    this.#set(this.#past.pop() ?? { name: 'watch' })
  }

  #set(place: Place) {
    this.current = place
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(place))
    } catch {
      // Not kept: the window starts at Watch next time.
    }
  }
}

/** The window's place. */
export const route = new Route()
/** Goes to a place. */
export const go = (place: Place): void => route.go(place)
/** One step back. */
export const back = (): void => route.back()

const same = (a: Place, b: Place) => JSON.stringify(a) === JSON.stringify(b)

function remembered(): Place | null {
  try {
    const place = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Place | null
    return place && ['watch', 'incidents', 'incident', 'people', 'quiet', 'settings'].includes(place.name) ? place : null
  } catch {
    return null
  }
}
