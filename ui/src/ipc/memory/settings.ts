// What a home and this machine may be told: rules, rhythms, the matrix, roads out, keys.

import type { Condition, Operations, Reach, Receipt, Severity } from '../bindings.gen'
import { defaultMatrix, SEVERITIES } from './defaults'
import { personViews } from './people'
import { listener, sourceView } from './sources'
import { fail, type World } from './world'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

const CONDITIONS: Condition[] = ['core_unusable', 'core_degraded', 'other_feature', 'cosmetic']
const REACHES: Reach[] = ['over10_percent', 'upto10_percent', 'a_few', 'only_us']
const CONDITION_WORDS = ['core, unusable', 'core, degraded', 'another feature', 'cosmetic']
const REACH_WORDS = ['over 10%', '1 to 10%', 'a few', 'only us']
/** Longest repeat in minutes. */
const REPEAT_LIMIT = 240
/** Longest clock in minutes: a week. */
const MINUTES_LIMIT = 7 * 24 * 60
const HOSTS: Record<string, RegExp> = { slack: /^hooks\.slack(-gov)?\.com$/, discord: /^(.+\.)?discord(app)?\.com$/, teams: /\.(logic\.azure|powerplatform|webhook\.office)\.com$/, mattermost: /./ }

export const settings: Handlers = {
  settings: (world) => ({
    machine: { ...world.machine }, matrix: CONDITIONS.flatMap((condition, row) => REACHES.map((reach, i) => ({ condition, reach, severity: world.matrix[row]![i]! }))),
    matrix_own: JSON.stringify(world.matrix) !== JSON.stringify(defaultMatrix()), rhythms: structuredClone(world.rhythms), channels: structuredClone(world.channels), bridge: structuredClone(world.bridge),
    notices: SEVERITIES.map((severity) => ({ severity, rule: { ...world.rules[severity] } })), sources: world.sources.map(sourceView), listener: listener(world),
    people: personViews(world), backups: [...world.backups], home_path: world.path, log_path: `${world.path}/muster.log`,
  }),
  'notice_rule.set': (world, { severity, rule }) => {
    const major = severity === 'sev1' || severity === 'sev2'
    if (rule.repeat_minutes !== null && !major) fail('refused', 'Only SEV1 and SEV2 may repeat.', 'Loud only where it matters.', 'rule')
    if (rule.repeat_minutes !== null && (rule.repeat_minutes < 1 || rule.repeat_minutes > REPEAT_LIMIT)) fail('invalid_field', 'A repeat is between 1 minute and 4 hours.', null, 'rule')
    const was = world.rules[severity]
    world.rules[severity] = { ...rule }
    return set(world, 'notice_rule.set', { severity, rule: was }, `Undo: ${severity.toUpperCase()} as before`)
  },
  'cadence.set': (world, { severity, cadence }) => {
    Object.values(cadence).forEach((minutes) => runs(minutes, 'cadence'))
    const rhythm = rhythmOf(world, severity)
    const was = rhythm.cadence
    rhythm.cadence = { ...cadence }
    return set(world, 'cadence.set', { severity, cadence: was }, `Undo: the old rhythm of ${severity.toUpperCase()}`)
  },
  'targets.set': (world, { severity, targets }) => {
    ;[targets.acknowledge_minutes, targets.resolve_minutes].forEach((minutes) => minutes !== null && runs(minutes, 'targets'))
    const rhythm = rhythmOf(world, severity)
    const was = rhythm.targets
    rhythm.targets = { ...targets }
    return set(world, 'targets.set', { severity, targets: was }, `Undo: the old targets of ${severity.toUpperCase()}`)
  },
  'matrix.set': (world, { matrix }) => {
    const rows = (matrix?.rows ?? defaultMatrix()) as Severity[][]
    rows.forEach((row, at) => row.forEach((severity, i) => {
      if (i > 0 && row[i - 1]! > severity) fail('refused', `More people cannot be less bad: look at ${CONDITION_WORDS[at]} for ${REACH_WORDS[i]}.`, 'Set the cell to its left first.', 'matrix')
    }))
    const was = world.matrix
    world.matrix = structuredClone(rows)
    return set(world, 'matrix.set', { matrix: { rows: was } }, 'Undo: the matrix as before')
  },
  'bridge_rule.set': (world, { rule }) => {
    const address = rule === 'none' ? null : 'fixed' in rule ? rule.fixed.url : rule.jitsi.server
    if (address !== null && !/^https?:\/\/\S+$/.test(address)) fail('invalid_field', 'A meeting place is an https address.', 'Such as https://meet.jit.si.', 'rule')
    const was = world.bridge
    world.bridge = structuredClone(rule)
    return set(world, 'bridge_rule.set', { rule: was }, 'Undo: the old meeting place')
  },
  'channel.list': (world) => structuredClone(world.channels),
  'channel.add': (world, { kind, name, url, to }) => {
    const short = name.trim().toLowerCase()
    if (!/^[\p{L}\p{N}\-_.]{1,40}$/u.test(short)) fail('invalid_field', 'A channel name has letters, digits, - _ and . only.', 'Such as incidents.', 'name')
    if (world.channels.some((channel) => channel.name === short)) fail('refused', `A channel named ${short} exists already.`, 'Choose another name.', 'name')
    const host = kind === 'mail' ? null : hostOf(kind, url ?? '')
    if (kind === 'mail' && !/^\S+@\S+\.\S+(\s*,\s*\S+@\S+\.\S+)*$/.test(to?.trim() ?? '')) fail('invalid_field', 'Mail needs at least one address.', 'Such as leads@example.com, more with commas.', 'to')
    const channel = { name: short, kind, to: kind === 'mail' ? to!.trim() : host, added_at: world.at(), ready: true }
    world.channels.push(channel)
    world.push(['settings', 'channels'])
    return { ...channel }
  },
  'channel.remove': (world, { name }) => {
    world.channels = world.channels.filter((channel) => channel !== channelOf(world, name))
    return world.receipt({ seq: world.push(['settings', 'channels']), id: world.id() })
  },
  'channel.test': (world, { name }) => {
    const channel = channelOf(world, name)
    if (channel.kind === 'mail') return { name, ok: true, text: 'A draft was opened in your mail program. Muster does not send mail by itself.', hint: null }
    return channel.ready ? { name, ok: true, text: `${channel.to} took the test message.`, hint: 'Look whether it stands in the channel.' } : { name, ok: false, text: 'Its address does not lie on this machine.', hint: 'Remove it and add it again here.' }
  },
  'machine.set': (world, changes) => {
    for (const [key, value] of Object.entries(changes)) if (value !== null && value !== undefined) Object.assign(world.machine, { [key]: value })
    world.me = world.machine.me
    world.know(world.me)
    world.push(['settings', 'home', 'watch', 'people'])
    return { ...world.machine }
  },
  hotkey: (world, { which }) => hotkey(world, which ?? 'declare'),
  'hotkey.set': (world, { shortcut, which }) => {
    const parts = shortcut.split('+')
    const of = which ?? 'declare'
    if (parts.length < 2) fail('invalid_field', 'A hotkey needs a modifier.', 'Such as Ctrl+Alt+Shift+M.', 'shortcut')
    if (parts.length === 3 && parts.includes('Ctrl') && parts.includes('Alt')) fail('invalid_field', 'Ctrl+Alt alone types characters on many keyboards.', 'Add Shift.', 'shortcut')
    if (Object.entries(HOTKEYS).some(([name, field]) => name !== of && world.machine[field] === shortcut)) return { ...hotkey(world, of), problem: `${shortcut} is another hotkey of Muster. The old one stays.` }
    if (shortcut === 'Ctrl+Alt+Shift+Q') return { ...hotkey(world, of), problem: 'Another program holds Ctrl+Alt+Shift+Q. The old one stays.' }
    world.machine[hotkeyField(of)] = shortcut
    world.push(['settings'])
    return hotkey(world, of)
  },
}

/** Where each hotkey is kept. */
const HOTKEYS = { declare: 'hotkey', note: 'note_hotkey', storm: 'storm_hotkey' } as const
const hotkeyField = (which: string) => HOTKEYS[which as keyof typeof HOTKEYS] ?? fail('invalid_field', `"${which}" is no hotkey.`, 'One of declare, note, storm.', 'which')

const set = (world: World, op: string, params: Record<string, unknown>, label: string): Receipt => world.receipt({ seq: world.push(['settings']), id: world.id() }, undefined, { op, params, label })
const rhythmOf = (world: World, severity: Severity) => world.rhythms.find((rhythm) => rhythm.severity === severity)!
const channelOf = (world: World, name: string) => world.channels.find((channel) => channel.name === name) ?? fail('not_found', `No channel is named ${name}.`)

function runs(minutes: number, field: string) {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MINUTES_LIMIT) fail('invalid_field', `A clock runs 1 to ${MINUTES_LIMIT} minutes.`, 'A week is the longest.', field)
}

function hostOf(kind: string, url: string): string {
  const said = url.trim()
  const host = /^https:\/\/([^/:]+)(:\d+)?\/\S+$/.exec(said)?.[1] ?? fail('invalid_field', 'This is no address of an incoming webhook.', 'It begins with https:// and is made in the chat tool.', 'url')
  return HOSTS[kind]?.test(host) ? host : fail('invalid_field', `${host} is no address of this kind.`, 'Choose the kind that the address belongs to.', 'url')
}

const hotkey = (world: World, which: string) => ({
  shortcut: world.machine[hotkeyField(which)], active: !world.wayland,
  problem: world.wayland ? 'This desktop runs on Wayland, where no program may take keys for itself.' : null, command: world.wayland ? { declare: 'muster declare --window', note: 'muster note-window', storm: 'muster storm on' }[which] ?? null : null,
})
