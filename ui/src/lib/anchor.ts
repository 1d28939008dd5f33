// Nothing moves under the focus: how far to scroll, and how much room to lend, so that a row stays where it is on screen. Pure.

/** A place that scrolls: how far it is scrolled, how far it can be (negative where what it holds does not fill it), and the room lent above and below. */
export interface Place {
  top: number
  max: number
  above: number
  below: number
}

/** The place in which a row that moved down by `delta` pixels (up where negative) is back where it was. */
export function held(delta: number, { top, max, above, below }: Place): Omit<Place, 'max'> {
  // Room lent above is given back first: it is nothing that anybody reads.
  const back = Math.min(above, Math.max(0, delta))
  const left = delta - back
  const to = top + left
  if (to < 0) return { top: 0, above: above - back - to, below }
  return { top: to, above: above - back, below: below + Math.max(0, to - (max - back)) }
}
