import { describe, expect, it } from 'vitest'
import { changeFor } from './calls'
import { parseLine } from './parse'

const now = Date.parse('2026-03-04T14:50:00Z')
const change = (text: string) => {
  const line = parseLine(text, now)
  return line.kind === 'ready' ? changeFor(line.meaning, line.setting, 'INC-7K3F', 'once-1') : line
}

describe('the operation behind a line', () => {
  it('carries the once key of a note, so that a retry writes it once', () => {
    expect(change('FRA is clean')).toEqual({
      op: 'incident.note',
      params: { incident: 'INC-7K3F', text: 'FRA is clean', pin: false, at: null, once: 'once-1', for_name: null, by: null },
    })
  })

  it('carries the time and the voice of its prefixes', () => {
    expect(change('/at 14:07 /said @mei by phone /status mitigated')).toEqual({
      op: 'incident.status',
      params: { incident: 'INC-7K3F', status: 'mitigated', at: '2026-03-04T14:07:00.000Z', for_name: 'mei', by: 'phone' },
    })
  })

  it('names the step of an impact interval', () => {
    expect(change('/impact update 18% #payments')).toEqual({
      op: 'impact.update', params: { incident: 'INC-7K3F', at: null, text: '18%', share: 18, services: ['payments'] },
    })
  })

  it('is nothing where only a picker opens', () => {
    expect(change('/sev')).toBeNull()
    expect(change('/pin')).toBeNull()
  })
})
