// Operations on the home and this machine.

import type { HomeView, Operations, ReachCheck, WatchView } from '../bindings.gen'
import { listener, sourceView } from './sources'
import { ears, waiting } from './triage/inbox'
import { quietViews } from './triage/quiet'
import { fail, open, summary, type World } from './world'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

export const home: Handlers = {
  home: homeView,
  watch: watchView,
  reach: (world) => {
    const checks = reachChecks(world)
    const looks = checks.filter((c) => c.state === 'look' || c.state === 'fault').length
    const verdict = checks.some((c) => c.state === 'fault') ? 'No: a call would not reach you.' : 'Yes, while this machine is awake.'
    return { verdict: looks && !checks.some((c) => c.state === 'fault') ? `${verdict} ${looks === 1 ? 'One thing' : `${looks} things`} to look at.` : verdict, checks, checked_at: world.at() }
  },
  'reach.ring': (world) => {
    world.drill = 'shown'
    world.push(['home'])
    return drillCheck(world)
  },
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

function homeView(world: World): HomeView {
  if (world.broken) throw world.broken
  return {
    name: world.name, path: world.path, demo: world.demo, me: world.me, version: '0.1.0', seq: world.seq, now: world.at(), listener: listener(world), sources: world.sources.map(sourceView),
    backup_at: world.backups[0]?.at ?? null, clock_warning: world.clockWarning, not_saving: world.notSaving, awake: awake(world), ears: ears(world), empty: world.cases.length === 0 && world.groups.length === 0 && world.people.length <= 1,
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
    quiet: quietViews(world), resolved_today: world.cases.filter((c) => c.resolved_at && Date.parse(c.resolved_at) >= dayAgo).map(summary),
  })
}

/** The drill as the desktop tells it: green only by a click. */
function drillCheck(world: World): ReachCheck {
  const said = {
    never: { state: 'unknown', text: 'not tried since Muster started', hint: 'Ring yourself, and click the notice that comes.' },
    shown: { state: 'unknown', text: 'a drill is on the screen: click it within 60 s', hint: null },
    clicked: { state: 'ok', text: `clicked ${world.at()}, 3 s after it came`, hint: null },
    missed: { state: 'fault', text: 'not clicked within 60 s', hint: 'Switch do not disturb off, and ring again.' },
  }[world.drill]
  return { id: 'drill', title: 'Your own click', ...said }
}

function reachChecks(world: World): ReachCheck[] {
  const heard = world.sources.filter((s) => s.last_heard_at)
  const check = (id: string, title: string, state: string, text: string, hint: string | null = null): ReachCheck => ({ id, title, state, text, hint })
  return [
    drillCheck(world), check('notices', 'Notices', 'ok', 'shown by dunst'), check('do_not_disturb', 'Do not disturb', 'unknown', 'this desktop does not say'), check('sound', 'Sound', 'ok', 'played by the desktop'),
    check('tray', 'Tray', 'ok', 'shown'),
    world.wayland ? check('hotkey', 'Declare from anywhere', 'look', 'not on Wayland', 'Bind muster declare --window in the system settings.') : check('hotkey', 'Declare from anywhere', 'ok', world.machine.hotkey.replaceAll('+', ' ')),
    world.machine.listener_enabled ? check('listener', 'Listener', 'ok', `on ${world.machine.listener_address}`) : check('listener', 'Listener', 'look', 'off, alerts cannot arrive', 'Switch it on in Alert sources.'),
    heard.length ? check('sources', 'Sources', 'ok', `${heard.length} of ${world.sources.length} heard`) : check('sources', 'Sources', 'look', world.sources.length ? 'none heard yet' : 'none connected', 'Add one in Alert sources.'),
  ]
}
