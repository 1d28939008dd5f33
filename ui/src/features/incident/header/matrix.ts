// The severity matrix as a grid: rows are what is affected, columns for whom. Pure; the cells come from the home.

import type { Condition, MatrixCell, Reach, Severity } from '../../../ipc'

export const CONDITIONS: readonly { condition: Condition; label: string }[] = [
  { condition: 'core_unusable', label: 'Core unusable' },
  { condition: 'core_degraded', label: 'Core degraded' },
  { condition: 'other_feature', label: 'Another feature' },
  { condition: 'cosmetic', label: 'Cosmetic' },
]

export const REACHES: readonly { reach: Reach; label: string }[] = [
  { reach: 'over10_percent', label: 'over 10%' },
  { reach: 'upto10_percent', label: 'up to 10%' },
  { reach: 'a_few', label: 'a few' },
  { reach: 'only_us', label: 'only us' },
]

/** A place in the grid. */
export interface Place {
  row: number
  column: number
}

export function severityAt(cells: readonly MatrixCell[], { row, column }: Place): Severity | null {
  const [condition, reach] = [CONDITIONS[row]?.condition, REACHES[column]?.reach]
  return cells.find((cell) => cell.condition === condition && cell.reach === reach)?.severity ?? null
}

/** Where the grid is entered: the first cell of the present severity. */
export function placeOf(cells: readonly MatrixCell[], severity: Severity): Place {
  for (let row = 0; row < CONDITIONS.length; row++) {
    for (let column = 0; column < REACHES.length; column++) if (severityAt(cells, { row, column }) === severity) return { row, column }
  }
  return { row: 0, column: 0 }
}

/** Where an arrow leads; it stops at the edges. `null` where the key does not move. */
export function moved({ row, column }: Place, key: string): Place | null {
  const last = { row: CONDITIONS.length - 1, column: REACHES.length - 1 }
  switch (key) {
    case 'ArrowUp': return { row: Math.max(0, row - 1), column }
    case 'ArrowDown': return { row: Math.min(last.row, row + 1), column }
    case 'ArrowLeft': return { row, column: Math.max(0, column - 1) }
    case 'ArrowRight': return { row, column: Math.min(last.column, column + 1) }
    case 'Home': return { row, column: 0 }
    case 'End': return { row, column: last.column }
    default: return null
  }
}
