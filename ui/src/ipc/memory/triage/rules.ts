// Rules of the fake home: a list, the same as text, and what they would have done.

import type { DryRunView, GroupView, Operations, Rule, SetRules } from '../../bindings.gen'
import { fail, type World } from '../world'
import { holds, readWhen } from './conditions'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

const FIELDS = ['name', 'when', 'severity', 'group', 'person', 'role', 'playbook', 'declare', 'quiet'] as const
const DAYS_30 = 30 * 24 * 60 * 60_000
/** How much more the demo's month held than what is on screen. */
const MONTH = 17

export const rules: Handlers = {
  'rule.list': (world) => ({
    rules: world.triage.rules.map((rule) => {
      const fitting = fits(world, rule)
      return { rule: { ...rule }, hits: counted(fitting) * MONTH, last_hit_at: fitting.map((g) => g.last_at).sort().at(-1) ?? null }
    }),
    text: written(world.triage.rules),
    quiet_until: world.triage.rules.some((rule) => rule.quiet) ? new Date((world.triage.rulesSetAt ?? world.now()) + QUIET_MS).toISOString() : null,
  }),
  'rule.dry_run': (world, asked) => dryRun(world, read(asked)),
  'rule.set': (world, asked) => {
    const was = world.triage.rules
    world.triage.rules = read(asked)
    world.triage.rulesSetAt = world.now()
    return world.receipt({ seq: world.push(['settings', 'alerts', 'watch']), id: world.id() }, undefined, { op: 'rule.set', params: { rules: was }, label: 'Undo: the rules as before' })
  },
}

/** How long rules keep alerts quiet, from when they were last set. */
const QUIET_MS = 90 * 24 * 3600_000

const fits = (world: World, rule: Rule): GroupView[] => world.groups.filter((g) => holds(readWhen(rule.when), g))
const counted = (groups: GroupView[]) => groups.reduce((sum, g) => sum + g.count, 0)

function read({ rules, text }: SetRules): Rule[] {
  const list = rules ?? parsed(text ?? '')
  const names = new Set<string>()
  for (const rule of list) {
    if (!rule.name?.trim()) fail('invalid_field', 'A rule needs a name of 1 to 80 characters.', null, text == null ? 'name' : 'text')
    if (names.has(rule.name.toLowerCase())) fail('invalid_field', `Two rules are called "${rule.name}".`, null, text == null ? 'name' : 'text')
    names.add(rule.name.toLowerCase())
    readWhen(rule.when ?? '', text == null ? 'when' : 'text')
    if (!FIELDS.slice(2).some((field) => rule[field as keyof Rule])) fail('invalid_field', `Rule "${rule.name}" does nothing: give it a severity, a group, a person, a role, a playbook, declare or quiet.`)
    if (rule.declare && rule.quiet) fail('invalid_field', `Rule "${rule.name}" would declare an incident and keep it quiet. Choose one.`)
  }
  return list.map((rule) => ({ ...rule }))
}

function parsed(text: string): Rule[] {
  const out: Record<string, string>[] = []
  text.split('\n').forEach((line, i) => {
    const said = line.replace(/(^|\s)#.*$/, '').trim()
    if (said === '') return
    if (said === '[[rule]]') return void out.push({})
    const [, key = '', value = ''] = /^(\w+)\s*=\s*"((?:\\.|[^"\\])*)"$/.exec(said) ?? []
    if (!(FIELDS as readonly string[]).includes(key) || !out.length) fail('invalid_field', `Line ${i + 1} does not read: ${said}`, 'Write [[rule]], then lines such as name = "Staging".', 'text')
    out.at(-1)![key] = value.replace(/\\(["\\])/g, '$1')
  })
  return out as unknown as Rule[]
}

const written = (list: Rule[]) =>
  list.map((rule) => ['[[rule]]', ...FIELDS.filter((field) => rule[field]).map((field) => `${field} = "${String(rule[field]).replace(/(["\\])/g, '\\$1')}"`)].join('\n')).join('\n\n')

function dryRun(world: World, list: Rule[]): DryRunView {
  const did = (field: keyof Rule) => list.filter((rule) => rule[field]).flatMap((rule) => fits(world, rule))
  const declared = did('declare').length
  const quieted = counted(did('quiet')) * MONTH
  const changed = counted(did('severity')) * MONTH
  const alerts = counted(world.groups) * MONTH
  const parts = [declared && `declared ${declared}`, quieted && `kept quiet ${quieted}`, changed && `changed the severity of ${changed}`].filter(Boolean)
  return {
    sentence: parts.length ? `Would have ${parts.join(', ')}.` : 'Would have changed nothing.', from: world.at(-DAYS_30), alerts, declared, quieted, severity_changed: changed,
    rules: list.map((rule) => ({ name: rule.name, hits: counted(fits(world, rule)) * MONTH, examples: fits(world, rule).slice(0, 3).map((g) => g.title) })),
  }
}
