import { describe, expect, it } from 'vitest'
import { announcement } from './announcement'

const base = {
  ref: 'INC-7K3F', title: 'checkout 502s for EU', severity: 'sev1' as const, services: ['payments', 'checkout'], drill: false,
  commander: { name: 'dana', state: 'acting' as const, since: '2026-03-04T14:03:00Z' },
}

describe('the announcement', () => {
  it('says what, how bad, who and where', () => {
    expect(announcement(base)).toEqual(['SEV1 declared: checkout 502s for EU (INC-7K3F)', '@dana is acting commander. Affects payments, checkout.'])
  })

  it('promises nothing that is not on the record', () => {
    const bare = announcement({ ...base, services: [], drill: true, commander: { name: null, state: 'unclaimed', since: '' } })
    expect(bare).toEqual(['Drill. SEV1 declared: checkout 502s for EU (INC-7K3F)', 'Nobody commands yet.'])
  })
})
