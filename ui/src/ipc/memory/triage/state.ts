// What the fake home knows for sorting alerts: orders to be quiet, rules, services, changes, and how it hears.

import type { AlertSeverity, ChangeView, EarsView, NoiseRow, RepeatedStep, Rule, ServiceCard, Shape, TriageView } from '../../bindings.gen'

/** An order to be quiet, as somebody gave it. */
export interface Order {
  id: string
  shape: Shape
  title: string
  reason: string
  owner: string
  since: string
  from: string | null
  /** The instant at which it ends at the latest. */
  until_at: string
  /** It ends earlier, when all that it covers is over. */
  until_over: boolean
  over: { group?: string; when?: string; everything?: boolean }
  below: AlertSeverity | null
  rule: string | null
  minutes: number | null
  /** What a storm has shown of itself. */
  known: { services: string[]; worst: AlertSeverity | null } | null
}

/** What keeps a group quiet although nobody ordered it. */
export interface Hush {
  shape: 'rule' | 'parent' | 'flapping' | 'group'
  title: string
  reason: string
  owner: string
  since: string
  until: string
  sentence: string
  change: string
}

export interface Triage {
  /** By group. */
  hushes: Map<string, Hush>
  /** What the home found out about a group, by its id; the rest is worked out. */
  lore: Map<string, Partial<TriageView>>
  rules: Rule[]
  /** When they were last set, in milliseconds; null: just now. */
  rulesSetAt: number | null
  services: Map<string, ServiceCard>
  changes: ChangeView[]
  noise: NoiseRow[]
  repeated: RepeatedStep[]
  /** Null: by what was heard. */
  ears: Omit<EarsView, 'sentence'> | null
  /** Groups kept out of the inbox earlier today. */
  absorbed: number
}

export const noTriage = (): Triage => ({
  hushes: new Map(), lore: new Map(), rules: [], rulesSetAt: null, services: new Map(), changes: [], noise: [], repeated: [], ears: null, absorbed: 0,
})
