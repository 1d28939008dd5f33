// Conditions on alerts, as people write them: `service=checkout severity>=error title~*disk*`. All must hold.

import type { AlertSeverity, GroupView } from '../../bindings.gen'
import { fail } from '../world'

/** Worst first. */
export const ALERT_SEVERITIES: AlertSeverity[] = ['critical', 'error', 'warning', 'info']
/** Whether `one` is worse than `other`. */
export const worse = (one: AlertSeverity, other: AlertSeverity): boolean => ALERT_SEVERITIES.indexOf(one) < ALERT_SEVERITIES.indexOf(other)

interface Condition { name: string; sign: string; value: string }

/** Reads a line; refuses what does not read, at `field`. */
export function readWhen(text: string, field = 'when'): Condition[] {
  const words = [...text.matchAll(/(?:[^\s"]|"(?:\\.|[^"\\])*")+/g)].map(([word]) => word)
  if ((text.match(/"/g) ?? []).length % 2) fail('invalid_field', 'A quotation mark is not closed.', null, field)
  if (words.length === 0) fail('invalid_field', 'Say which alerts are meant: for example `service=checkout severity>=error`.', null, field)
  return words.map((word) => {
    const [, name = '', sign = '', raw = ''] = /^([^!<>=~]+)(!=|!~|>=|<=|=|~)(.*)$/.exec(word) ?? fail('invalid_field', `"${word}" is no condition: write name=value, name!=value, name~part* or severity>=error.`, null, field)
    const value = raw.replace(/^"|"$/g, '').toLowerCase()
    if (name === 'severity' && !(ALERT_SEVERITIES as string[]).includes(value)) fail('invalid_field', `"${value}" is no severity: critical, error, warning or info.`, null, field)
    if (name !== 'severity' && (sign === '>=' || sign === '<=')) fail('invalid_field', `Only severity is more or less: write ${name}=… or ${name}~….`, null, field)
    return { name, sign, value }
  })
}

/** Whether all hold of a group's alerts. */
export const holds = (conditions: Condition[], group: GroupView): boolean => conditions.every((condition) => holdsOne(condition, group))

function holdsOne({ name, sign, value }: Condition, group: GroupView): boolean {
  if (name === 'severity' && sign === '>=') return !worse(value as AlertSeverity, group.severity)
  if (name === 'severity' && sign === '<=') return !worse(group.severity, value as AlertSeverity)
  const any = values(name, group).some((text) => (sign.endsWith('~') ? like(value, text) : text === value))
  return sign.startsWith('!') ? !any : any
}

function values(name: string, group: GroupView): string[] {
  const labels = group.alerts.flatMap((alert) => (name === 'text' ? Object.values(alert.labels) : [alert.labels[name] ?? '']))
  const known: Record<string, string[]> = { source: group.sources, service: group.services, severity: [group.severity], title: [group.title], text: [group.title, ...labels] }
  return (known[name] ?? labels).map((text) => text.toLowerCase())
}

const like = (pattern: string, text: string) => new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(text)
