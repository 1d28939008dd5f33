// The severity matrix as rows of a grid, and what a key does in it. Pure; the home says what may be set.

import type { Condition, MatrixCell, Reach, Severity } from '../../ipc'
import { SEVERITIES } from '../../lib/severity'

export const CONDITIONS: readonly [Condition, string][] = [['core_unusable', 'Core, unusable'], ['core_degraded', 'Core, degraded'], ['other_feature', 'Other feature'], ['cosmetic', 'Cosmetic']]
export const REACHES: readonly [Reach, string][] = [['over10_percent', 'Over 10%'], ['upto10_percent', '1 to 10%'], ['a_few', 'A few'], ['only_us', 'Only us']]

export type Rows = Severity[][]

/** A place in the grid. */
export interface Cell {
  row: number
  column: number
}

/** Cells in any order as rows; `sev5` where the home said none. */
export const rowsOf = (cells: readonly MatrixCell[]): Rows =>
  CONDITIONS.map(([condition]) => REACHES.map(([reach]) => cells.find((cell) => cell.condition === condition && cell.reach === reach)?.severity ?? 'sev5'))

/** The rows with one cell set. */
export const withCell = (rows: Rows, { row, column }: Cell, severity: Severity): Rows => rows.map((line, r) => line.map((was, c) => (r === row && c === column ? severity : was)))

/** Where a key leads; it stops at the edges. Null where the key does not move. */
export function moved({ row, column }: Cell, key: string): Cell | null {
  const [bottom, right] = [CONDITIONS.length - 1, REACHES.length - 1]
  switch (key) {
    case 'ArrowUp': return { row: Math.max(0, row - 1), column }
    case 'ArrowDown': return { row: Math.min(bottom, row + 1), column }
    case 'ArrowLeft': return { row, column: Math.max(0, column - 1) }
    case 'ArrowRight': return { row, column: Math.min(right, column + 1) }
    case 'Home': return { row, column: 0 }
    case 'End': return { row, column: right }
    default: return null
  }
}

/** The severity that a digit names. */
export const severityOf = (key: string): Severity | null => (/^[1-5]$/.test(key) ? SEVERITIES[Number(key) - 1]! : null)
