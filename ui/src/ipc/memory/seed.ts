// Believable homes to start from. Names and numbers are of the demo company Northwind.

import type { AlertSeverity, EntryView, GroupState, GroupView, Role, Severity, Status } from '../bindings.gen'
import { IpcError } from '../error'
import { signed } from './craft/heard'
import { checkoutCraft } from './craft/seed'
import { noCraft } from './craft/state'
import { busyTriage, catalogue, deafness, knownSources, storming } from './triage/seed'
import { type Case, roleTitle, World } from './world'

const MINUTE = 60_000

/** A home by name. */
export function seed(name: string, now?: () => number): World {
  const world = new World(now)
  if (name === 'empty') return empty(world)
  people(world)
  backups(world)
  channels(world)
  if (name !== 'deaf') knownSources(world)
  catalogue(world)
  past(world)
  deafness(world, name)
  if (['quiet', 'deaf', 'asleep', 'cutoff'].includes(name)) return world
  busy(world)
  if (name === 'demo') Object.assign(world, { demo: true, name: 'Northwind demo' })
  if (name === 'full') world.notSaving = 'The disk is full. Free space, and Muster goes on by itself. Nothing on record was lost.'
  if (name === 'wayland') world.wayland = true
  if (name === 'long') long(world)
  if (name === 'storm') storming(world, (...said) => group(world, ...said))
  if (name === 'corrupt') world.broken = new IpcError({ code: 'corrupt_home', message: 'The database of this home cannot be read.', hint: `Put a backup in its place with \`muster restore FILE\`, the newest first:\n${world.backups.map((b) => b.path).join('\n')}` })
  if (name === 'newer') world.broken = new IpcError({ code: 'newer_home', message: 'This home was written by a newer Muster (schema 9, this one knows 4).', hint: 'Install the newer version. Nothing was changed.' })
  if (name === 'locked') world.broken = new IpcError({ code: 'home_busy', message: 'Another Muster owns this home and does not answer (process 4127).', hint: 'Close it, or wait until it has finished.' })
  return world
}

function empty(world: World): World {
  world.machine.listener_enabled = false
  world.know('dana')
  return world
}

function people(world: World) {
  const card = (handle: string, name: string | null, zone: string | null, phone: string | null, shift: string | null, roles: Role[], chat: string | null = null) =>
    world.people.push({ handle, name, added_at: world.at(-90 * 24 * 60 * MINUTE), zone, phone, shift, roles, mail: name && `${handle.split('-')[0]}@northwind.example`, chat })
  card('dana', 'Dana Weiss', 'Europe/Berlin', '+49 30 23125 007', 'mon-fri 09:00-18:00', ['commander', 'deputy'])
  card('ravi-ops', 'Ravi Menon', 'Europe/Berlin', '+49 30 23125 022', 'mon-fri 08:00-18:00', ['operations'], '@ravi')
  card('mei-comms', 'Mei Tanaka', 'Europe/Berlin', '+49 30 23125 052', 'mon-fri 09:00-18:00', ['communications', 'customer-liaison'], '@mei.tanaka')
  card('tomas-edge', 'Tomas Berg', 'Europe/Stockholm', '+49 30 23125 044', 'daily 08:00-20:00', ['expert'])
  card('nils-payments', 'Nils Aho', 'Europe/Helsinki', '+49 30 23125 031', 'mon-fri 09:00-18:00', ['expert'])
  card('kofi', 'Kofi Mensah', 'Europe/London', '+44 7700 900 162', 'mon-wed 08:00-20:00', ['commander', 'expert'])
  card('ines-data', null, null, null, null, [])
  card('aya-web', 'Aya Sato', 'Asia/Tokyo', '+81 3 5550 0166', 'mon-fri 22:00-06:00', ['expert'])
  card('lena-support', 'Lena Ortiz', 'America/New_York', '+1 202 555 0143', null, ['customer-liaison'], '@lena')
}

function backups(world: World) {
  world.backups = [1, 2, 3].map((d) => {
    const at = world.at(-d * 24 * 60 * MINUTE)
    return { path: `${world.path}/backups/muster-${at.slice(0, 19).replace(/[-:]/g, '')}Z.db`, at, bytes: 18_900_000 - d * 210_000 }
  })
}

function channels(world: World) {
  const since = world.at(-40 * 24 * 60 * MINUTE)
  world.channels.push({ name: 'incidents', kind: 'slack', to: 'hooks.slack.com', added_at: since, ready: true }, { name: 'leadership', kind: 'mail', to: 'leads@northwind.example', added_at: since, ready: true })
}

interface Made { ref: string; title: string; severity: Severity; status: Status; minutes: number; commander: [string | null, 'unclaimed' | 'acting' | 'confirmed']; services: string[]; impact?: string; over?: number; by?: string }

function incident(world: World, made: Made): Case {
  const at = world.at(-made.minutes * MINUTE)
  const [name, state] = made.commander
  const end = made.over === undefined ? null : world.at(-made.over * MINUTE)
  const c: Case = {
    id: world.id(), ref: made.ref, title: made.title, severity: made.severity, status: made.status, declared_at: at, declared_by: made.by ?? name ?? 'alertmanager-eu',
    impact_started_at: made.impact ? world.at(-(made.minutes + 4) * MINUTE) : null, detected_at: world.at(-(made.minutes + 2) * MINUTE), acknowledged_at: name && state === 'confirmed' ? world.at(-(made.minutes - 1) * MINUTE) : null,
    mitigated_at: end, resolved_at: end, closed_at: made.status === 'closed' ? end : null, commander: { name, state, since: at }, services: made.services, drill: false, private: false, entries: [], craft: noCraft(),
    roles: name ? [{ role: 'commander', title: roleTitle('commander'), name, state, means: 'app', since: at, knows: signed(world.id(), name, at) }] : [],
    impact: made.impact ? [{ id: world.id(), from: world.at(-(made.minutes + 4) * MINUTE), to: end, share: null, services: made.services.slice(0, 1), text: made.impact }] : [],
  }
  world.cases.push(c)
  said(world, c, made.minutes, { kind: 'declared', text: `Declared ${made.severity.toUpperCase()}: ${made.title}`, actor: c.declared_by, data: { severity: made.severity, title: made.title }, machine: name === null })
  if (end) said(world, c, made.over!, { kind: 'status', text: 'Monitoring to Resolved', actor: name ?? 'dana', data: { status: 'resolved', was: 'monitoring' } })
  return c
}

function said(world: World, c: Case, minutes: number, entry: Partial<EntryView> & { kind: string; text: string }): EntryView {
  const at = world.at(-minutes * MINUTE)
  return world.write(c, { occurred_at: at, recorded_at: at, ...entry })
}

function busy(world: World) {
  const checkout = incident(world, { ref: 'INC-7K3F', title: 'Checkout returns 502 for EU customers', severity: 'sev1', status: 'identified', minutes: 52, commander: ['dana', 'confirmed'], services: ['checkout-web', 'edge-eu', 'payments'], impact: '18% of EU checkouts fail' })
  incident(world, { ref: 'INC-4QX2', title: 'Search results stale by up to 40 minutes', severity: 'sev2', status: 'investigating', minutes: 29, commander: ['kofi', 'acting'], services: ['search-index', 'search-api'] })
  incident(world, { ref: 'INC-P81C', title: 'Sign-in with SSO fails for customers in Spain', severity: 'sev2', status: 'triage', minutes: 3, commander: [null, 'unclaimed'], services: ['sso'] })
  incident(world, { ref: 'INC-9VD0', title: 'Nightly exports delayed for 12 tenants', severity: 'sev3', status: 'monitoring', minutes: 312, commander: ['ines-data', 'confirmed'], services: ['export-worker'] })
  incident(world, { ref: 'INC-2BH7', title: 'Audit log page loads slowly for large workspaces', severity: 'sev4', status: 'investigating', minutes: 1625, commander: ['aya-web', 'confirmed'], services: ['admin-web'] })
  checkoutRecord(world, checkout)
  busyTriage(world, (...said) => group(world, ...said))
}

/** A record far longer than any screen, to see that none of it is felt. */
function long(world: World, entries = 100_000) {
  const c = world.case('INC-4QX2')
  for (let i = 0; i < entries; i++) {
    const at = world.at((i - entries) * 1_700)
    c.entries.push({
      seq: 10_000 + i, id: `0192aaaa-0000-7000-8000-${i.toString(16).padStart(12, '0')}`, kind: 'note', occurred_at: at, recorded_at: at, actor: i % 3 ? 'dana' : 'mei-comms', on_behalf_of: null,
      means: 'app', via: 'window', text: `Entry ${i} of a long record`, data: {}, corrects: null, corrected_by: null, was_text: null, was_at: null, redacted: null, pinned: i % 500 === 0, machine: false, hash: 'ab'.repeat(32),
    })
  }
}

function checkoutRecord(world: World, c: Case) {
  const upstream = group(world, 'payments-api 5xx ratio above 5%', 'critical', 'sev2', 9, 9, 54, ['payments'], ['alertmanager-eu'], 'attached')
  upstream.incident = c.ref
  said(world, c, 52, { kind: 'alerts', text: upstream.title, actor: 'alertmanager-eu', means: 'machine', via: 'alertmanager', machine: true, data: { group: upstream.id, title: upstream.title, count: 9, firing: 9, state: 'attached' } })
  said(world, c, 51, { kind: 'command', text: '@dana took command', data: { person: 'dana', state: 'confirmed' } })
  said(world, c, 44, { kind: 'note', text: 'First customer report from Spain: the card fails at the last step', actor: 'lena-support' })
  said(world, c, 41, { kind: 'status', text: 'Investigating to Identified', data: { status: 'identified', was: 'investigating' } })
  said(world, c, 40, { kind: 'note', text: 'Change 419 at 13:56 made the upstream keepalive pool 512 to 64', actor: 'dana', on_behalf_of: 'ravi-ops', means: 'voice', pinned: true })
  said(world, c, 31, { kind: 'severity', text: 'Severity SEV2 to SEV1: over 10% of EU checkouts', data: { severity: 'sev1', was: 'sev2' } })
  said(world, c, 22, { kind: 'note', text: 'Rolling edge-eu back to revision 418, two points of presence at a time', pinned: true })
  checkoutCraft(world, c)
  said(world, c, 9, { kind: 'note', text: 'FRA rolled back. The 502 ratio there fell from 31% to 0.4%', actor: 'tomas-edge' })
  said(world, c, 2, { kind: 'notice', text: 'Reminder shown: not all points of presence are back', actor: 'muster', means: 'machine', via: 'timer', machine: true })
}

function past(world: World) {
  const day = 24 * 60
  incident(world, { ref: 'INC-6TM4', title: 'Orders API answered slowly from Frankfurt', severity: 'sev2', status: 'closed', minutes: 2 * day + 90, over: 2 * day, commander: ['dana', 'confirmed'], services: ['orders-api'], impact: 'Orders took up to 40 s' })
  incident(world, { ref: 'INC-0XW9', title: 'Invoice mails sent twice to 300 customers', severity: 'sev3', status: 'resolved', minutes: 6 * day + 200, over: 6 * day, commander: ['mei-comms', 'confirmed'], services: ['billing'] })
  incident(world, { ref: 'INC-H5R1', title: 'Search index lost one shard', severity: 'sev3', status: 'closed', minutes: 11 * day + 45, over: 11 * day, commander: ['kofi', 'confirmed'], services: ['search-index'] })
  incident(world, { ref: 'INC-C3N8', title: 'False alarm: probe ran against staging', severity: 'sev4', status: 'cancelled', minutes: 15 * day, commander: ['tomas-edge', 'confirmed'], services: ['edge-eu'] })
}

function group(world: World, title: string, severity: AlertSeverity, suggested: Severity, count: number, firing: number, minutes: number, services: string[], sources: string[], state: GroupState = 'waiting'): GroupView {
  const at = world.at(-minutes * MINUTE)
  const alerts = Array.from({ length: Math.min(count, 6) }, (_, i) => ({
    key: `${world.id().slice(-8)}${i}`, episode: at, status: i < firing ? 'firing' : 'resolved', severity, title: `${title} (${i + 1})`, labels: { alertname: title.split(' ')[0]!, instance: `node-${i + 1}`, service: services[0]! },
    annotations: { summary: title }, started_at: at, ended_at: i < firing ? null : world.at(-MINUTE), source: sources[0]!, received_at: at, sightings: minutes + 1, last_heard_at: world.at(-20_000), link: null,
  }))
  const made: GroupView = {
    id: world.id(), key: `{}:{service="${services[0]}"}`, title, state, severity, suggested, count, firing, sightings: count * (minutes + 1), first_at: at, last_at: world.at(-20_000), sources, services, incident: null, acknowledged_by: null, alerts,
  }
  world.groups.push(made)
  return made
}
