import { describe, expect, it } from 'vitest'
import { saysLine } from './meaning'
import { parseLine } from './parse'

const now = Date.parse('2026-03-04T14:50:00Z')
const says = (text: string) => saysLine(parseLine(text, now), now)

describe('what Enter will do', () => {
  it('is said before it is done', () => {
    expect(says('FRA is clean')).toBe('Enter writes a note')
    expect(says('/sev 1')).toBe('Enter sets SEV1')
    expect(says('/role scribe @jo')).toBe('Enter makes @jo Scribe')
    expect(says('/impact end')).toBe('Enter ends customer impact')
    expect(says('')).toBeNull()
  })

  it('names the time and the voice, so that a wrong one is seen', () => {
    expect(says('/at 14:07 FRA rolled back')).toBe('Enter writes a note, as of 14:07 UTC, 43 min ago')
    expect(says('/at -12m /said @mei by phone LHR is clean')).toBe('Enter writes a note, said by @mei by phone, as of 14:38 UTC, 12 min ago')
    expect(says('/at 23:10 it began')).toBe('Enter writes a note, as of yesterday 23:10 UTC, 15 h 40 ago')
  })

  it('says what is missing or wrong', () => {
    expect(says('/title')).toBe('The new title.')
    expect(says('/sev 9')).toBe('“9” is not a severity.')
  })
})
