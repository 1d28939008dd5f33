// What waits, is quiet and is known in the demo company Northwind.

import type { AlertSeverity, GroupView, NoiseRow, ServiceCard, Severity } from '../../bindings.gen'
import { noSettings, sourceOf } from '../sources'
import type { World } from '../world'
import { order } from './quiet'
import type { Hush } from './state'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Makes a group: title, as its tool calls it, what it would be, alerts, firing, minutes ago, services, sources. */
export type MakeGroup = (title: string, severity: AlertSeverity, suggested: Severity, count: number, firing: number, minutes: number, services: string[], sources: string[]) => GroupView

export function knownSources(world: World) {
  const added_at = world.at(-60 * DAY)
  const heard = (secs: number) => ({ added_at, last_heard_at: world.at(-secs * 1000), token: 'mst_9f2c41d7' })
  world.sources.push(
    sourceOf(world, 'alertmanager', 'alertmanager-eu', { ...heard(4), requests: 41_207, refused: 1, last_refusal: 'alert 3 of 9 has no labels' }),
    sourceOf(world, 'alertmanager', 'alertmanager-us', { ...heard(38), requests: 38_911 }),
    sourceOf(world, 'report', 'help-desk', { ...heard(90), requests: 212 }),
    sourceOf(world, 'prometheus-pull', 'prometheus-ap', { ...heard(21), requests: 9_120, has_secret: true, settings: { ...noSettings(), url: 'https://prometheus.ap.northwind.example', every_secs: 30, silent_minutes: 10 } }),
    sourceOf(world, 'probe-http', 'shop', { ...heard(40), requests: 86_400, settings: { ...noSettings(), url: 'https://shop.northwind.example/health', every_secs: 60, service: 'checkout-web', expect: { status: 200, text: null, within_ms: 2000, certificate_days: 14, tries: 3 } } }),
  )
  world.refusals.push({ source: 'alertmanager-eu', at: world.at(-3 * HOUR), reason: 'alert 3 of 9 has no labels', raw: '{"status":"firing","labels":{},"annotations":{"summary":"<b>disk</b>"},"startsAt":"2026-11-23T11:02:00Z"}' })
}

export function catalogue(world: World) {
  const card = (name: string, team: string, owner: string | null, depends_on: string[], title: string | null = null): [string, ServiceCard] => [name, { title, owner, team, depends_on, link: `https://wiki.northwind.example/${name}` }]
  world.triage.services = new Map([
    card('checkout-web', 'Payments', 'nils-payments', ['edge-eu', 'payments'], 'Checkout'), card('edge-eu', 'Edge', 'tomas-edge', []), card('payments', 'Payments', 'nils-payments', ['ledger-db']), card('ledger-db', 'Platform', null, []),
    card('search-api', 'Search', 'kofi', ['search-index'], 'Search'), card('search-index', 'Search', 'kofi', []), card('log-shipper', 'Platform', 'ravi-ops', []), card('webhooks', 'Integrations', 'aya-web', ['edge-eu']), card('sso', 'Identity', null, []),
  ])
  world.triage.rules = [
    { name: 'Staging makes no noise', when: 'env=staging', quiet: 'nobody depends on staging' },
    { name: 'Disks can wait for the morning', when: 'title~"disk above*" severity<=warning', severity: 'info', person: 'ravi-ops' },
    { name: 'Payments know their playbook', when: 'service=payments severity>=error', role: 'operations', playbook: 'payments' },
  ]
  const change = (minutes: number, title: string, service: string, outcome: string) => ({ id: world.id(), source: 'github', title, at: world.at(-minutes * MINUTE), outcome, service, link: 'https://github.example/northwind/deploys', labels: {} })
  world.triage.changes = [change(17, 'Rolled edge-eu back to 418', 'edge-eu', 'running'), change(60, 'Change 419: edge-eu keepalive pool 512 to 64', 'edge-eu', 'success'), change(84, 'Deploy checkout-web 2026.11.23-2', 'checkout-web', 'success')]
  noise(world)
}

function noise(world: World) {
  const row = (name: string, fired: number, notified: number, acted_on: number, quieted: number, flapped: number, at_night: number, proposal: NoiseRow['proposal'] = null, source = 'alertmanager-eu'): NoiseRow => ({ name, source, fired, notified, acted_on, quieted, flapped, at_night, proposal })
  world.triage.noise = [
    row('DiskAbove85', 412, 58, 1, 354, 22, 9, { kind: 'for', sentence: 'It ends by itself within 20 minutes in 57 of 58 cases. Wait that long before it fires.', text: '- alert: DiskAbove85\n  for: 20m', saves: 55 }),
    row('EdgeLatencyHigh', 240, 31, 12, 209, 0, 4, { kind: 'group', sentence: 'It rang once a point of presence. Group it by service.', text: 'route:\n  routes:\n    - matchers: [alertname="EdgeLatencyHigh"]\n      group_by: [service]', saves: 19 }),
    row('WebhookRetries', 96, 22, 2, 74, 61, 3, { kind: 'inhibit', sentence: 'In 18 of 22 cases edge-eu was down before it.', text: 'inhibit_rules:\n  - source_matchers: [alertname="EdgeDown"]\n    target_matchers: [alertname="WebhookRetries"]\n    equal: [region]', saves: 18 }, 'alertmanager-us'),
    row('PaymentsErrorRatio', 9, 9, 9, 0, 0, 2), row('BackupVerify', 66, 4, 0, 62, 0, 4, null, 'alertmanager-us'),
  ]
  world.triage.repeated = [{ text: 'Restart the search indexer', times: 6, incidents: ['INC-H5R1', 'INC-4QX2'] }, { text: 'Raise the upstream keepalive pool', times: 3, incidents: ['INC-6TM4', 'INC-7K3F'] }]
}

/** What waits and what is kept out of it, on a busy day. */
export function busyTriage(world: World, group: MakeGroup) {
  const edge = group('edge-eu upstream queue and checkout latency', 'critical', 'sev2', 37, 31, 3, ['edge-eu', 'checkout-web'], ['alertmanager-eu', 'shop', 'help-desk'])
  group('“Customers in Spain cannot sign in with SSO”', 'error', 'sev2', 6, 6, 11, ['sso'], ['help-desk'])
  group('Disk above 85% on log shippers', 'warning', 'sev4', 12, 12, 26, ['log-shipper'], ['alertmanager-eu', 'alertmanager-us'])
  const retries = group('Webhook retries above normal for one tenant', 'error', 'sev3', 4, 4, 64, ['webhooks'], ['alertmanager-us'])
  group('Certificate for hooks.northwind.example expires in 6 days', 'info', 'sev5', 2, 2, 52, ['webhooks'], ['alertmanager-us'])
  world.triage.lore.set(edge.id, {
    suggested_because: '10% of checkouts in Europe, over the line of SEV2', alike: [retries.id], alike_because: 'rest on edge-eu as well',
    likely: { reference: 'INC-7K3F', title: 'Checkout returns 502 for EU customers', because: 'same services and upstream: checkout-web, edge-eu' },
    similar: [{ reference: 'INC-6TM4', title: 'Orders API answered slowly from Frankfurt', severity: 'sev2', resolved_at: world.at(-2 * DAY), because: 'same upstream: edge-eu', helped: ['Raised the upstream keepalive pool from 64 to 512', 'Took FRA out of rotation for 12 minutes'] }],
  })
  const noise = group('BackupVerify on staging', 'warning', 'sev4', 6, 6, 400, ['backup'], ['alertmanager-us'])
  onStaging(noise)
  noise.state = 'dismissed'
  order(world, { shape: 'dismissed', title: noise.title, reason: 'staging is being rebuilt', owner: 'tomas-edge', since: world.at(-390 * MINUTE), over: { group: noise.id }, until_at: world.at(6 * DAY), until_over: true })
  order(world, { shape: 'maintenance', title: 'Tuesday work on ledger-db', reason: 'index rebuild, agreed with Payments', owner: 'ravi-ops', since: world.at(-9 * DAY), from: world.at(-9 * DAY), over: { when: 'service=ledger-db' }, until_at: world.at(80 * DAY), rule: 'FREQ=WEEKLY;BYDAY=TU', minutes: 90 })
  hushed(world, group)
  world.triage.absorbed = 208
}

function onStaging(group: GroupView): GroupView {
  group.alerts.forEach((alert) => (alert.labels['env'] = 'staging'))
  return group
}

function hushed(world: World, group: MakeGroup) {
  const hush = (g: GroupView, more: Omit<Hush, 'since'>) => world.triage.hushes.set(g.id, { since: g.first_at, ...more })
  hush(group('Image resize latency on edge nodes', 'error', 'sev3', 22, 22, 49, ['images'], ['alertmanager-eu']), { shape: 'parent', title: 'edge-eu is down', reason: 'it has its own alarm', owner: 'muster', until: 'when edge-eu is back', sentence: 'edge-eu, which it rests on, is down and has its own alarm.', change: 'It rings if it still fires when edge-eu is back.' })
  hush(group('Webhook queue depth comes and goes', 'warning', 'sev4', 3, 3, 140, ['webhooks'], ['alertmanager-us']), { shape: 'flapping', title: 'Webhook queue depth comes and goes', reason: 'it comes and goes, and is held as one', owner: 'muster', until: 'when it stays', sentence: 'it comes and goes, and is held as one.', change: 'It rings again if it still fires after 20 minutes without a return.' })
  hush(onStaging(group('Deploy smoke test on staging', 'error', 'sev3', 2, 2, 75, ['staging'], ['alertmanager-us'])), { shape: 'rule', title: 'Rule “Staging makes no noise”', reason: 'nobody depends on staging', owner: 'rule', until: 'when the rule changes', sentence: 'rule “Staging makes no noise” keeps it quiet: nobody depends on staging.', change: 'Change rule “Staging makes no noise”, and it rings when it is next news.' })
}

/** A storm that somebody knows of, and what broke through it. */
export function storming(world: World, group: MakeGroup) {
  group('Kubelets in eu-west do not answer', 'critical', 'sev2', 268, 268, 14, ['edge-eu'], ['alertmanager-eu'])
  order(world, { shape: 'storm', title: 'Storm: I know', reason: 'somebody knows', since: world.at(-6 * MINUTE), over: { everything: true }, until_at: world.at(24 * MINUTE), known: { services: ['edge-eu', 'checkout-web', 'log-shipper', 'images'], worst: 'critical' } })
}

/** Worlds in which silence means nothing. */
export function deafness(world: World, name: string) {
  const since = (minutes: number) => world.at(-minutes * MINUTE)
  if (name === 'cutoff') world.triage.ears = { state: 'cut_off', since: since(67), silent: [] }
  if (name === 'silent') world.triage.ears = { state: 'silent', since: since(22), silent: ['alertmanager-us'] }
  if (name === 'asleep') world.triage.ears = { state: 'catching_up', since: since(109), silent: [] }
  world.sources.forEach((source, i) => {
    if (name === 'cutoff' || (name === 'asleep' && i > 0)) source.last_heard_at = since(name === 'cutoff' ? 67 : 109)
    if (name === 'silent' && source.name === 'alertmanager-us') Object.assign(source, { last_heard_at: since(22), silent_since: since(12) })
  })
}
