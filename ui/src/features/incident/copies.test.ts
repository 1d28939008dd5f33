import { describe, expect, it } from 'vitest'
import { over } from '../../ipc/memory'
import { seed } from '../../ipc/memory/seed'
import type { IncidentSummary } from '../../ipc'
import { entryText } from './copies'
import { beside, inOrder } from './keys'
import { entry } from './timeline/testing'

const home = over(seed('busy', () => Date.parse('2026-03-04T14:50:00Z')))
const list = async () => (await home.rpc('incident.list', {})) as IncidentSummary[]

describe('what is copied', () => {
  it('says when, what, and by whom', () => {
    expect(entryText(entry(1, 7, { text: 'FRA is clean' }), 'INC-7K3F')).toBe('14:07 UTC FRA is clean (@dana, INC-7K3F)')
    expect(entryText(entry(1, 7, { text: 'FRA is clean', on_behalf_of: 'mei', means: 'voice' }), 'INC-7K3F')).toBe('14:07 UTC FRA is clean (@mei by voice, INC-7K3F)')
    expect(entryText(entry(1, 7, { text: 'Fires', machine: true, actor: 'alertmanager' }), 'INC-7K3F')).toBe('14:07 UTC Fires (alertmanager, INC-7K3F)')
  })
})

describe('stepping through incidents', () => {
  it('goes by need: what nobody commands first, then by severity', async () => {
    const order = inOrder(await list())
    expect(order[0]!.commander.state).toBe('unclaimed')
    expect(order.slice(1).map((one) => one.severity)).toEqual(['sev1', 'sev2', 'sev3', 'sev4'])
  })

  it('stops at the ends', async () => {
    const order = inOrder(await list())
    const at = (incident: (typeof order)[number]) => ({ active: { data: order }, incident }) as unknown as Parameters<typeof beside>[0]
    expect(beside(at(order[0]!), -1)).toBeNull()
    expect(beside(at(order[0]!), 1)).toBe(order[1])
    expect(beside(at(order.at(-1)!), 1)).toBeNull()
  })
})
