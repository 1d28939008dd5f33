// A rule in words, and as a form of text. Pure; the home says what is refused.

import type { AlertSeverity, Role, Rule, Severity } from '../../../ipc'
import { roleLabel } from '../../../lib/roles'

/** A rule as it stands in the form: every field a text, empty where it says nothing. */
export interface RuleForm {
  name: string
  when: string
  severity: AlertSeverity | ''
  group: string
  person: string
  role: Role | ''
  playbook: string
  declare: Severity | ''
  quiet: string
}

/** The form of a rule, or of a new one. */
export const formOf = (rule?: Rule): RuleForm => ({
  name: rule?.name ?? '', when: rule?.when ?? '', severity: rule?.severity ?? '', group: rule?.group ?? '', person: rule?.person ? `@${rule.person}` : '', role: rule?.role ?? '', playbook: rule?.playbook ?? '', declare: rule?.declare ?? '', quiet: rule?.quiet ?? '',
})

/** The rule that a form says; what is empty is left out. */
export function ruleOf(form: RuleForm): Rule {
  const rule: Rule = { name: form.name.trim(), when: form.when.trim() }
  if (form.severity) rule.severity = form.severity
  if (form.group.trim()) rule.group = form.group.trim()
  if (form.person.trim()) rule.person = form.person.trim().replace(/^@/, '').toLowerCase()
  if (form.role) rule.role = form.role
  if (form.playbook.trim()) rule.playbook = form.playbook.trim()
  if (form.declare) rule.declare = form.declare
  if (form.quiet.trim()) rule.quiet = form.quiet.trim()
  return rule
}

/** Why it cannot be tried yet; null where it can. */
export function lacks(form: RuleForm): string | null {
  const rule = ruleOf(form)
  if (!rule.name) return 'Give it a name.'
  if (!rule.when) return 'Say which alerts it is about.'
  if (rule.declare && rule.quiet) return 'It would declare an incident and keep it quiet. Choose one.'
  return Object.keys(rule).length > 2 ? null : 'Say what it does: a severity, a group, a person, a role, a playbook, declare or quiet.'
}

/** What a rule does, as short phrases: `severity info`, `to @ravi`, `quiet: nobody depends on it`. */
export function does(rule: Rule): string[] {
  return [
    rule.severity && `severity ${rule.severity}`,
    rule.declare && `declares ${rule.declare.toUpperCase()}`,
    rule.group && `group ${rule.group}`,
    rule.person && `to @${rule.person}`,
    rule.role && `to the ${roleLabel(rule.role)}`,
    rule.playbook && `playbook ${rule.playbook}`,
    rule.quiet && `quiet: ${rule.quiet}`,
  ].filter((phrase): phrase is string => Boolean(phrase))
}

/** The list with a rule in place of another, or at its end. */
export const withRule = (rules: readonly Rule[], at: number | null, rule: Rule): Rule[] => (at === null ? [...rules, rule] : rules.map((one, i) => (i === at ? rule : one)))

/** The list with one rule a place further up or down; the same where it is at the edge. */
export function moved(rules: readonly Rule[], at: number, by: 1 | -1): Rule[] {
  const to = at + by
  const next = [...rules]
  if (to < 0 || to >= rules.length) return next
  ;[next[at], next[to]] = [next[to]!, next[at]!]
  return next
}
