// Views as tests need them: whole, and as dull as can be.

import type { GroupView, HomeView, SourceView, WatchView } from './bindings.gen'

/** The moment at which the pure tests live: Monday, 15:50:50 in Berlin. */
export const NOW = Date.parse('2026-11-23T14:50:50Z')
/** An instant so many milliseconds before it. */
export const before = (ms: number): string => new Date(NOW - ms).toISOString()

/** An Alertmanager that was heard so many seconds ago; null: never. */
export const aSource = (name: string, heardSecs: number | null, more: Partial<SourceView> = {}): SourceView => ({
  name, kind: 'alertmanager', label: 'Alertmanager', way: 'push', settings: { url: null, every_secs: null, silent_minutes: null, mapping: null, header: null, expect: null, service: null }, has_secret: false,
  silent_since: null, added_at: '2026-01-01T00:00:00Z', last_heard_at: heardSecs === null ? null : before(heardSecs * 1000), requests: 1, refused: 0, last_refusal: null, uptime: null, ...more,
})

/** A home that hears. */
export const aHome = (more: Partial<HomeView> = {}): HomeView => ({
  name: 'northwind', path: '/h', demo: false, me: 'dana', version: '1', seq: 1, now: before(0), listener: { enabled: true, listening: '127.0.0.1:6878', error: null, certificate: null },
  sources: [aSource('eu', 4)], backup_at: null, clock_warning: null, not_saving: null, awake: null, ears: { state: 'heard', sentence: 'Every source was heard', since: null, silent: [] }, empty: false, ...more,
})

/** A Watch with nothing on it. */
export const aWatch = (more: Partial<WatchView> = {}, home: Partial<HomeView> = {}): WatchView => ({ home: aHome(home), active: [], inbox: [], inbox_total: 0, quiet: [], resolved_today: [], ...more })

/** One alert that waits. */
export const aGroup = (more: Partial<GroupView> = {}): GroupView => ({
  id: 'g', key: '{}', title: 'Disk full', state: 'waiting', severity: 'warning', suggested: 'sev4', count: 1, firing: 1, sightings: 1, first_at: before(60_000), last_at: before(1000), sources: ['eu'], services: [], incident: null, acknowledged_by: null,
  alerts: [], ...more,
})
