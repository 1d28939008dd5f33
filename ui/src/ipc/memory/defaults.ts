// What a home starts with: the built-in matrix, rhythms and targets, as the domain says them.

import type { RhythmView, Severity } from '../bindings.gen'

export const SEVERITIES: Severity[] = ['sev1', 'sev2', 'sev3', 'sev4', 'sev5']

export const defaultMatrix = (): Severity[][] => [
  ['sev1', 'sev1', 'sev2', 'sev3'], ['sev1', 'sev2', 'sev3', 'sev4'], ['sev2', 'sev3', 'sev3', 'sev4'], ['sev4', 'sev4', 'sev5', 'sev5'],
]

const DAY = 24 * 60
const EVERY: Record<Severity, [number, number]> = { sev1: [20, 60], sev2: [30, 60], sev3: [60, 120], sev4: [240, 480], sev5: [240, 480] }
const WITHIN: Record<Severity, [number | null, number | null]> = { sev1: [5, 4 * 60], sev2: [15, 8 * 60], sev3: [60, 3 * DAY], sev4: [null, null], sev5: [null, null] }

export const defaultRhythms = (): RhythmView[] =>
  SEVERITIES.map((severity) => ({
    severity,
    cadence: { every_minutes: EVERY[severity][0], long_minutes: EVERY[severity][1], long_after_minutes: 120 },
    targets: { acknowledge_minutes: WITHIN[severity][0], resolve_minutes: WITHIN[severity][1], pauses: ['monitoring'] },
  }))
