// Operations on the home, its sources and this machine.

import type { Finding, HomeView, Operations, ReachCheck, SourceCreated, WatchView } from '../bindings.gen'
import { waiting } from './alerts'
import { listener, sourceView } from './sources'
import { fail, open, type Source, summary, type World } from './world'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

export const home: Handlers = {
  home: homeView,
  watch: watchView,
  'source.list': (world) => world.sources.map(sourceView),
  'source.add': (world, { kind, name }) => {
    const short = name.trim().toLowerCase()
    if (kind !== 'alertmanager') fail('invalid_field', `Muster does not know the kind ${kind}.`, 'Alertmanager is the kind there is now.', 'kind')
    if (!/^[\p{L}\p{N}\-_.]{1,40}$/u.test(short)) fail('invalid_field', 'A source name has letters, digits, - _ and . only.', 'Such as alertmanager-eu.', 'name')
    if (world.sources.some((s) => s.name === short)) fail('refused', `There is a source ${short} already.`, 'Choose another name, or give that one a new token.', 'name')
    const source: Source = { name: short, kind, added_at: world.at(), last_heard_at: null, requests: 0, refused: 0, last_refusal: null, token: token(world) }
    world.sources.push(source)
    world.push(['sources', 'home', 'settings', 'watch'])
    return created(world, source)
  },
  'source.rotate': (world, { name }) => {
    const source = world.source(name)
    source.token = token(world)
    world.push(['sources', 'settings'])
    return created(world, source)
  },
  'source.remove': (world, { name }) => {
    world.sources = world.sources.filter((s) => s !== world.source(name))
    return world.receipt({ seq: world.push(['sources', 'home', 'settings', 'watch']), id: world.id() })
  },
  'source.refusals': (world, { name }) => world.refusals.filter((r) => r.source === world.source(name).name),
  'source.test': (world, { name }) => testSource(world, world.source(name)),
  reach: (world) => {
    const checks = reachChecks(world)
    const looks = checks.filter((c) => c.state === 'look' || c.state === 'fault').length
    const verdict = checks.some((c) => c.state === 'fault') ? 'No: a call would not reach you.' : 'Yes, while this machine is awake.'
    return { verdict: looks && !checks.some((c) => c.state === 'fault') ? `${verdict} ${looks === 1 ? 'One thing' : `${looks} things`} to look at.` : verdict, checks, checked_at: world.at() }
  },
  'reach.ring': () => ({}),
  'window.open': () => ({}), 'window.declare': () => ({}), 'window.hide_declare': () => ({}),
  'window.link': (world, { url }) => {
    if (!/^(tel|sms|mailto|https?):/.test(url)) fail('invalid_field', 'Muster opens only links to call, write, mail or read.', null, 'url')
    world.links.push(url)
    return {}
  },
  'window.demo': (world) => {
    world.demo = true
    world.name = 'demo'
    world.push(['home', 'watch'])
    return {}
  },
  'window.leave_demo': (world) => {
    world.demo = false
    world.name = 'northwind'
    world.push(['home', 'watch'])
    return {}
  },
  verify: (world) => ({ ok: true, events: 1204 + world.seq, first_bad: null, heads: [{ device: '0192f0c0-5555-7000-8000-000000000001', seq: 1204 + world.seq, hash: '9f2c41d7'.repeat(8) }] }),
  doctor: () => [
    { name: 'database', ok: true, text: 'The database is sound.', hint: null },
    { name: 'disk', ok: true, text: '41 GB free where the home is.', hint: null },
    { name: 'clock', ok: true, text: 'The clock has not jumped.', hint: null },
  ],
  backup: (world, { path }) => {
    world.writable()
    if (!path.trim()) fail('invalid_field', 'A backup needs a file name.', 'Such as /home/dana/muster-backup.db.', 'path')
    const backup = { path, at: world.at(), bytes: 18_432_000 }
    world.backups.unshift(backup)
    world.push(['settings', 'home'])
    return backup
  },
  rebuild: (world) => world.receipt({ seq: world.push(['home', 'watch', 'incidents', 'alerts', 'people', 'sources', 'settings']), id: world.id() }),
}

const token = (world: World) => `mst_${fnv(world.id())}${fnv(`${world.now()}`)}`
const fnv = (text: string) => [...text].reduce((h, c) => Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0, 2166136261).toString(16).padStart(8, '0').repeat(2)

function homeView(world: World): HomeView {
  if (world.broken) throw world.broken
  return {
    name: world.name, path: world.path, demo: world.demo, me: world.me, version: '0.1.0', seq: world.seq, now: world.at(), listener: listener(world), sources: world.sources.map(sourceView),
    backup_at: world.backups[0]?.at ?? null, clock_warning: world.clockWarning, not_saving: world.notSaving, awake: awake(world), empty: world.cases.length === 0 && world.groups.length === 0 && world.people.length <= 1,
  }
}

/** Said while the user commands an open SEV1 or SEV2. */
function awake(world: World): string | null {
  const mine = world.cases.find((c) => open(c) && c.commander.name === world.me && (c.severity === 'sev1' || c.severity === 'sev2'))
  if (!mine) return null
  return world.machine.keep_awake ? `This machine is kept awake while you command ${mine.ref}. Muster cannot wake anyone while it sleeps.` : 'This machine may fall asleep. Muster cannot wake anyone while it sleeps.'
}

function watchView(world: World): WatchView {
  const need = (c: { commander: { name: string | null; state: string }; severity: string; declared_at: string }) => [c.commander.name === world.me ? 0 : 1, c.commander.state === 'unclaimed' ? 0 : 1, c.severity, c.declared_at].join()
  const inbox = waiting(world)
  const dayAgo = new Date(world.now()).setHours(0, 0, 0, 0)
  return structuredClone({
    home: homeView(world), active: world.cases.filter(open).sort((a, b) => need(a).localeCompare(need(b))).map(summary), inbox: inbox.slice(0, 200), inbox_total: inbox.length,
    quiet: world.quiet.map(({ group: _, ...quiet }) => quiet), resolved_today: world.cases.filter((c) => c.resolved_at && Date.parse(c.resolved_at) >= dayAgo).map(summary),
  })
}

function created(world: World, { name, kind, token }: Source): SourceCreated {
  const url = `http://${world.machine.listener_address}/hooks/alertmanager/${token}`
  return { name, kind, token, url, setup: `receivers:\n  - name: muster\n    webhook_configs:\n      - url: ${url}\n        send_resolved: true\nroute:\n  receiver: muster` }
}

function testSource(world: World, source: Source): Finding[] {
  if (!world.machine.listener_enabled) return [{ name: 'listener', ok: false, text: 'The listener is off, so nothing can arrive.', hint: 'Switch the listener on.' }]
  Object.assign(source, { last_heard_at: world.at(), requests: source.requests + 1 })
  world.push(['sources', 'settings', 'home', 'watch'])
  return [
    { name: 'listener', ok: true, text: `It listens on ${world.machine.listener_address}.`, hint: null },
    { name: 'token', ok: true, text: 'It knows the token.', hint: null },
    { name: 'alert', ok: true, text: 'A test alert was stored and has ended.', hint: null },
  ]
}

function reachChecks(world: World): ReachCheck[] {
  const heard = world.sources.filter((s) => s.last_heard_at)
  const check = (id: string, title: string, state: string, text: string, hint: string | null = null): ReachCheck => ({ id, title, state, text, hint })
  return [
    check('notices', 'Notices', 'ok', 'shown by dunst'), check('do_not_disturb', 'Do not disturb', 'unknown', 'this desktop does not say'), check('sound', 'Sound', 'ok', 'played by the desktop'),
    check('tray', 'Tray', 'ok', 'shown'),
    world.wayland ? check('hotkey', 'Declare from anywhere', 'look', 'not on Wayland', 'Bind muster declare --window in the system settings.') : check('hotkey', 'Declare from anywhere', 'ok', world.machine.hotkey.replaceAll('+', ' ')),
    world.machine.listener_enabled ? check('listener', 'Listener', 'ok', `on ${world.machine.listener_address}`) : check('listener', 'Listener', 'look', 'off, alerts cannot arrive', 'Switch it on in Alert sources.'),
    heard.length ? check('sources', 'Sources', 'ok', `${heard.length} of ${world.sources.length} heard`) : check('sources', 'Sources', 'look', world.sources.length ? 'none heard yet' : 'none connected', 'Add one in Alert sources.'),
  ]
}
