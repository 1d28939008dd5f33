import { describe, expect, it } from 'vitest'
import type { MatrixCell } from '../../../ipc'
import { CONDITIONS, moved, placeOf, REACHES, severityAt } from './matrix'

const cells: MatrixCell[] = CONDITIONS.flatMap(({ condition }, row) => REACHES.map(({ reach }, column) => ({ condition, reach, severity: `sev${Math.min(5, row + column + 1)}` as MatrixCell['severity'] })))

describe('the severity matrix', () => {
  it('answers by what and for whom', () => {
    expect(severityAt(cells, { row: 0, column: 0 })).toBe('sev1')
    expect(severityAt(cells, { row: 3, column: 3 })).toBe('sev5')
    expect(severityAt([], { row: 0, column: 0 })).toBeNull()
  })

  it('is entered at the present severity', () => {
    expect(placeOf(cells, 'sev3')).toEqual({ row: 0, column: 2 })
    expect(placeOf([], 'sev3')).toEqual({ row: 0, column: 0 })
  })

  it('is walked with the arrows and stops at its edges', () => {
    expect(moved({ row: 0, column: 0 }, 'ArrowUp')).toEqual({ row: 0, column: 0 })
    expect(moved({ row: 0, column: 0 }, 'ArrowDown')).toEqual({ row: 1, column: 0 })
    expect(moved({ row: 1, column: 3 }, 'ArrowRight')).toEqual({ row: 1, column: 3 })
    expect(moved({ row: 1, column: 2 }, 'Home')).toEqual({ row: 1, column: 0 })
    expect(moved({ row: 1, column: 2 }, '3'), 'a digit moves nothing').toBeNull()
  })
})
