// Entries for tests: one line each, everything else ordinary.

import type { EntryView, GroupView } from '../../../ipc'

const START = Date.parse('2026-03-04T14:00:00Z')

/** The instant `minutes` after 14:00 UTC. */
export const minute = (minutes: number) => new Date(START + minutes * 60_000).toISOString()

/** An entry by @dana in the window, `minutes` after 14:00. */
export function entry(seq: number, minutes: number, over: Partial<EntryView> = {}): EntryView {
  return {
    seq, id: `entry-${seq}`, kind: 'note', occurred_at: minute(minutes), recorded_at: minute(minutes), actor: 'dana', on_behalf_of: null, means: 'app', via: 'window',
    text: `Entry ${seq}`, data: {}, corrects: null, corrected_by: null, was_text: null, was_at: null, redacted: null, pinned: false, machine: false, hash: `hash${seq}`, ...over,
  }
}

/** A group of alerts that belongs to the incident. */
export function group(id: string, over: Partial<GroupView> = {}): GroupView {
  return {
    id, key: id, title: `Group ${id}`, state: 'attached', severity: 'critical', suggested: 'sev2', count: 3, firing: 2, sightings: 9, first_at: minute(0), last_at: minute(1),
    sources: ['alertmanager'], services: ['payments'], incident: 'INC-7K3F', acknowledged_by: null, alerts: [], ...over,
  }
}
