// What people report, what was done to systems, and what made noise.

import type { Operations } from '../../bindings.gen'
import { fail, type World } from '../world'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

const HOUR = 60 * 60_000
const DAYS_30 = 30 * 24 * HOUR
/** Changes this long before an incident are near its start. */
const NEAR_MS = 2 * HOUR

export const told: Handlers = {
  'alert.report': (world, { text, service, severity, for_name, by }) => {
    const said = text.trim()
    if (!said) fail('invalid_field', 'A report needs words.', 'Write what they said.', 'text')
    const at = world.at()
    const id = world.id()
    const who = for_name ?? world.me
    world.groups.push({
      id, key: `report:${id}`, title: `“${said}”`, state: 'waiting', severity: severity ?? 'error', suggested: severity === 'critical' ? 'sev2' : 'sev3', count: 1, firing: 1, sightings: 1, first_at: at, last_at: at, sources: ['reports'],
      services: service ? [service] : [], incident: null, acknowledged_by: null,
      alerts: [{ key: id.slice(-8), episode: at, status: 'firing', severity: severity ?? 'error', title: said, labels: { reported_by: who, means: by ?? 'app', ...(service ? { service } : {}) }, annotations: {}, started_at: at, ended_at: null, source: 'reports', received_at: at, sightings: 1, last_heard_at: at, link: null }],
    })
    return world.receipt({ seq: world.push(['watch', 'alerts', 'home']), id })
  },
  'change.list': (world, { incident, since, limit }) => {
    const start = incident ? Date.parse(world.case(incident).impact_started_at ?? world.case(incident).declared_at) : null
    const from = since ? Date.parse(since) : start !== null ? start - NEAR_MS : world.now() - 24 * HOUR
    return structuredClone(world.triage.changes.filter(({ at }) => Date.parse(at) >= from && (start === null || Date.parse(at) <= start + NEAR_MS / 4)).slice(0, limit ?? 100))
  },
  noise: (world, { from }) => ({ from: from ?? world.at(-DAYS_30), to: world.at(), rows: structuredClone(world.triage.noise), repeated: structuredClone(world.triage.repeated) }),
}
