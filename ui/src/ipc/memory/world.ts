// The state of the fake home: what the real one keeps in its ledger and projections, in plain objects.

import type {
  ActionView, BackupView, BridgeRule, ChannelView, Code, CommanderView, EntryView, GroupView, ImpactView, IncidentSummary, IncidentView, MachineSettings, NoticeRule,
  Pushed, Receipt, RefusalView, Role, RoleView, Severity, SourceView, Status, SuggestionView, UndoView, Via,
} from '../bindings.gen'
import { IpcError } from '../error'
import type { Craft } from './craft/state'
import { board, clocks, comms, hints, next, nextBox } from './craft/views'
import { defaultMatrix, defaultRhythms } from './defaults'
import { noTriage, type Order } from './triage/state'

/** One incident with all that is on its record. */
export interface Case {
  id: string
  ref: string
  title: string
  severity: Severity
  status: Status
  declared_at: string
  declared_by: string
  impact_started_at: string | null
  detected_at: string | null
  acknowledged_at: string | null
  mitigated_at: string | null
  resolved_at: string | null
  closed_at: string | null
  commander: CommanderView
  roles: RoleView[]
  services: string[]
  impact: ImpactView[]
  drill: boolean
  private: boolean
  entries: EntryView[]
  craft: Craft
}

export interface Source extends SourceView {
  token: string
}

/** A person as the book keeps them; how they look is made from it on demand. */
export interface Known {
  handle: string
  name: string | null
  added_at: string
  roles?: Role[]
  zone?: string | null
  shift?: string | null
  phone?: string | null
  mail?: string | null
  chat?: string | null
}

/** What a seed fills and operations change. */
export class World {
  seq = 0
  name = 'northwind'
  path = '/home/dana/.local/share/muster/northwind'
  demo = false
  me = 'dana'
  people: Known[] = []
  cases: Case[] = []
  groups: GroupView[] = []
  /** Orders to be quiet. */
  quiet: Order[] = []
  triage = noTriage()
  sources: Source[] = []
  refusals: RefusalView[] = []
  backups: BackupView[] = []
  rules: Record<Severity, NoticeRule> = {
    sev1: { loudness: 'critical', sound: 'bell', repeat_minutes: 5 },
    sev2: { loudness: 'critical', sound: 'chime', repeat_minutes: 10 },
    sev3: { loudness: 'normal', sound: 'none', repeat_minutes: null },
    sev4: { loudness: 'low', sound: 'none', repeat_minutes: null },
    sev5: { loudness: 'none', sound: 'none', repeat_minutes: null },
  }
  rhythms = defaultRhythms()
  matrix = defaultMatrix()
  channels: ChannelView[] = []
  bridge: BridgeRule = 'none'
  machine: MachineSettings = { me: 'dana', hotkey: 'Ctrl+Alt+Shift+M', note_hotkey: 'Ctrl+Alt+Shift+N', theme: 'dark', single_keys: true, listener_enabled: true, listener_address: '127.0.0.1:6878', listener_tls: false, keep_awake: true, storm_hotkey: 'Ctrl+Alt+Shift+S' }
  /** Links that were handed to the system. */
  links: string[] = []
  /** How the last drill went. */
  drill: 'never' | 'shown' | 'clicked' | 'missed' = 'never'
  /** Set while nothing can be written. */
  notSaving: string | null = null
  clockWarning: string | null = null
  /** What opening the home answers instead of a home. */
  broken: IpcError | null = null
  wayland = false
  once = new Map<string, string>()
  readonly now: () => number
  #ids = 0
  #listeners = new Set<(push: Pushed) => void>()

  constructor(now: () => number = Date.now) {
    this.now = now
  }

  /** The present, as text. */
  at(offsetMs = 0): string {
    return new Date(this.now() + offsetMs).toISOString()
  }

  /** An id in the form of the real ones, in order of making. */
  id(): string {
    this.#ids += 1
    return `0192f0c0-0000-7000-8000-${this.#ids.toString(16).padStart(12, '0')}`
  }

  /** Refuses to write while nothing can be written. */
  writable() {
    if (this.notSaving) fail('not_saved', 'Not saved: the disk is full.', 'Free space on the disk, then try again. What you typed is still here.')
  }

  /** Sends the window somewhere, as tray and notices do. */
  send(place: string) {
    this.#listeners.forEach((listener) => listener({ seq: 0, tags: [`open:${place}`] }))
  }

  /** Says what changed. */
  push(tags: string[]): number {
    this.seq += 1
    const change = { seq: this.seq, tags: [...new Set(tags)] }
    queueMicrotask(() => this.#listeners.forEach((listener) => listener(change)))
    return this.seq
  }

  /** Hears of every change; whoever stands at another number than the home looks at everything again. */
  listen(since: number, listener: (push: Pushed) => void): () => void {
    if (since !== this.seq) queueMicrotask(() => listener({ seq: this.seq, tags: ['*', 'home', 'watch', 'incidents', 'alerts', 'people', 'sources', 'settings'] }))
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The case by reference, id or unique prefix. */
  case(name: string): Case {
    const wanted = name.trim().toLowerCase()
    const exact = this.cases.find((c) => c.id === wanted || c.ref.toLowerCase() === wanted || c.ref.toLowerCase() === `inc-${wanted}`)
    if (exact) return exact
    const near = this.cases.filter((c) => c.id.startsWith(wanted) || c.ref.toLowerCase().startsWith(wanted) || c.ref.toLowerCase().startsWith(`inc-${wanted}`))
    if (near.length > 1) fail('ambiguous', `${name} fits ${near.length} incidents.`, 'Write more of it.')
    return near[0] ?? fail('not_found', `There is no incident ${name}.`, 'Look in Incidents for its reference.')
  }

  group(name: string): GroupView {
    const found = this.groups.find((g) => g.id === name) ?? this.groups.find((g) => g.id.startsWith(name) || g.alerts.some((a) => a.key === name))
    return found ?? fail('not_found', 'That group of alerts is no longer there.', 'It may have ended; Watch shows what waits now.')
  }

  source(name: string): Source {
    return this.sources.find((s) => s.name === name) ?? fail('not_found', `There is no source ${name}.`, 'Settings lists the sources there are.')
  }

  entry(event: string): [Case, EntryView] {
    for (const c of this.cases) {
      const entry = c.entries.find((e) => e.id === event || e.id.startsWith(event))
      if (entry) return [c, entry]
    }
    return fail('not_found', 'That entry is not on the record.', 'Open the timeline again.')
  }

  /** Remembers a person who was named. */
  know(handle: string) {
    if (!this.people.some((p) => p.handle === handle)) this.people.push({ handle, name: null, added_at: this.at() })
  }

  /** Writes an entry on a timeline and says so. */
  write(c: Case, entry: Partial<EntryView> & { kind: string; text: string }, also: string[] = []): EntryView {
    const seq = this.push(['watch', 'incidents', 'home', `incident:${c.id}`, ...also])
    const at = this.at()
    const made: EntryView = {
      seq, id: this.id(), occurred_at: at, recorded_at: at, actor: this.me, on_behalf_of: null, means: 'app', via: 'window' as Via, data: {},
      corrects: null, corrected_by: null, was_text: null, was_at: null, redacted: null, pinned: false, machine: false,
      hash: fakeHash(seq), ...entry,
    }
    c.entries.push(made)
    c.entries.sort((a, b) => a.occurred_at.localeCompare(b.occurred_at) || a.seq - b.seq)
    return made
  }

  receipt(entry: { seq: number; id: string } | null, c?: Case, undo?: UndoView): Receipt {
    return { seq: entry?.seq ?? this.seq, event: entry?.id ?? null, incident: c?.ref ?? null, recorded_at: this.at(), undo: undo ?? null }
  }
}

/** Refuses, as the real one does. */
export function fail(code: Code, message: string, hint: string | null = null, field: string | null = null): never {
  throw new IpcError({ code, message, hint, field })
}

const fakeHash = (seq: number) => (seq * 2654435761).toString(16).padStart(16, '0').slice(-16).repeat(4)

const OPEN: Status[] = ['triage', 'investigating', 'identified', 'mitigated', 'monitoring']
/** Whether somebody still has to work on it. */
export const open = (c: { status: Status }): boolean => OPEN.includes(c.status)

const TITLES: Record<Role, string> = {
  commander: 'Incident Commander', deputy: 'Deputy', operations: 'Operations Lead', communications: 'Communications Lead', scribe: 'Scribe',
  'customer-liaison': 'Customer Liaison', 'internal-liaison': 'Internal Liaison', expert: 'Subject Matter Expert', planning: 'Planning Lead', observer: 'Observer',
}
export const roleTitle = (role: Role): string => TITLES[role]

/** An incident without its lists. */
export function summary(c: Case): IncidentSummary {
  const { id, ref, title, severity, status, declared_at, declared_by, impact_started_at, detected_at, acknowledged_at, mitigated_at, resolved_at, closed_at, commander, services, drill } = c
  return {
    id, ref, title, severity, status, declared_at, declared_by, impact_started_at, detected_at, acknowledged_at, mitigated_at, resolved_at, closed_at,
    commander, next_update_due: c.craft.promise?.due ?? null, next_box_due: open(c) ? nextBox(c) : null, drill, private: c.private, services, impacting: c.impact.some((i) => i.to === null),
  }
}

/** One incident whole. */
export function view(world: World, c: Case): IncidentView {
  const people = c.entries.filter((e) => !e.machine)
  const last = c.entries.at(-1)
  const alerts = world.groups.filter((g) => g.incident === c.ref)
  return structuredClone({
    ...summary(c), roles: c.roles, tasks: c.craft.tasks, alerts, hypotheses: c.craft.hypotheses, decisions: c.craft.decisions, questions: c.craft.questions, impact: c.impact, sla: [], links: c.craft.links,
    merged: c.craft.merged, board: board(c), comms: comms(world, c), handoff: c.craft.handoff, clocks: clocks(world, c), hints: hints(world, c), next: next(world, c), present: c.craft.present, bridge: c.craft.bridge,
    head: { seq: last?.seq ?? 0, hash: last?.hash ?? '' }, conflicts: [], available_actions: allowed(world, c), suggestions: suggestions(c, alerts),
    entries: c.entries.length, last_entry_at: people.at(-1)?.recorded_at ?? null,
  })
}

function allowed(world: World, c: Case): ActionView[] {
  const is = (action: string, no: string | false): ActionView => ({ action, allowed: no === false, reason: no || null })
  const merged = c.status === 'merged' && 'It was merged into another incident.'
  const over = !open(c) && `It is ${c.status}.`
  const running = c.impact.some((i) => i.to === null)
  return [
    is('acknowledge', over || (c.acknowledged_at !== null && 'It is acknowledged.')),
    is('take_command', over || (c.commander.name === world.me && c.commander.state === 'confirmed' && 'You command it.')),
    is('confirm_command', over || (c.commander.state === 'unclaimed' ? 'Nobody commands it yet: take command.' : c.commander.state === 'confirmed' && 'Command is confirmed.')),
    is('release_commander', 'Command needs a successor: give the role to someone.'),
    is('set_severity', merged), is('set_status', merged), is('resolve', merged || over), is('reopen', merged || (open(c) && 'It is open.')),
    is('close', merged || (c.status === 'closed' && 'It is closed.')), is('cancel', merged || over),
    is('start_impact', merged || (running && 'Impact is running.')), is('end_impact', merged || (!running && 'No impact is running.')),
  ]
}

function suggestions(c: Case, alerts: GroupView[]): SuggestionView[] {
  const list: SuggestionView[] = []
  if (open(c) && alerts.length > 0 && alerts.every((g) => g.firing === 0)) list.push({ kind: 'resolve', text: 'All alerts of this incident ended. Resolve it when customers are well.' })
  if (!open(c) && c.impact.some((i) => i.to === null)) list.push({ kind: 'end_impact', text: 'It is resolved, and customer impact still runs.' })
  if (open(c) && c.commander.state === 'acting') list.push({ kind: 'confirm_command', text: `@${c.commander.name} is acting, nobody confirmed.` })
  return list
}


