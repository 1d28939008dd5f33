import { expect, test } from 'vitest'
import type { IncidentSummary } from '../../ipc'
import { endOf, listing } from './listing'

const incident = (ref: string, more: Partial<IncidentSummary>): IncidentSummary => ({
  id: ref, ref, title: 'Checkout returns 502', severity: 'sev1', status: 'investigating', declared_at: '2026-11-23T10:00:00Z', declared_by: 'dana', impact_started_at: null, detected_at: null, acknowledged_at: null,
  mitigated_at: null, resolved_at: null, closed_at: null, commander: { name: 'dana', state: 'confirmed', since: '' }, next_update_due: null, drill: false, private: false, services: ['payments'], next_box_due: null, impacting: false, ...more,
})
const all = [
  incident('INC-OLD1', { declared_at: '2026-11-20T10:00:00Z', status: 'closed', resolved_at: '2026-11-20T12:00:00Z' }),
  incident('INC-NEW1', {}),
  incident('INC-NEW2', { declared_at: '2026-11-23T11:00:00Z', severity: 'sev4', title: 'Audit log slow', commander: { name: null, state: 'unclaimed', since: '' }, services: [] }),
]
const refs = (list: IncidentSummary[]) => list.map((i) => i.ref)

test('open and past, newest first', () => {
  expect(refs(listing(all, 'open', '', 'any'))).toEqual(['INC-NEW2', 'INC-NEW1'])
  expect(refs(listing(all, 'past', '', 'any'))).toEqual(['INC-OLD1'])
  expect(refs(listing(all, 'all', '', 'sev1'))).toEqual(['INC-NEW1', 'INC-OLD1'])
})

test('words match reference, title, commander and service', () => {
  expect(refs(listing(all, 'all', 'new1', 'any'))).toEqual(['INC-NEW1'])
  expect(refs(listing(all, 'all', 'audit', 'any'))).toEqual(['INC-NEW2'])
  expect(refs(listing(all, 'open', '@dana #payments', 'any'))).toEqual(['INC-NEW1'])
  expect(refs(listing(all, 'all', 'unclaimed', 'any'))).toEqual(['INC-NEW2'])
})

test('an open incident has no end', () => {
  expect(endOf(all[1]!)).toBeNull()
  expect(endOf(all[0]!)).toBe('2026-11-20T12:00:00Z')
})
