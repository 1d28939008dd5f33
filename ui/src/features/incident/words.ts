// The domain's names as the room shows and reads them. The wire names come from the bindings; nothing is decided here.

import type { IncidentView, Means, Role, Severity, Status, Via } from '../../ipc'
import { LIFECYCLE } from '../../lib/severity'

/** States a person may move an incident to. */
export const STATUSES: readonly Status[] = [...LIFECYCLE, 'closed', 'cancelled']

/** Each severity in words; the matrix of the home says when which applies. */
export const SEVERITY_HELP: Record<Severity, string> = {
  sev1: 'Major, the worst',
  sev2: 'Major',
  sev3: 'A part of the product, or a few customers',
  sev4: 'Small harm',
  sev5: 'No harm to speak of',
}

/** Each state in words. */
export const STATUS_HELP: Record<Status, string> = {
  triage: 'Is it an incident at all?',
  investigating: 'Looking for what made this possible',
  identified: 'The cause is known well enough to act',
  mitigated: 'Customers are no longer harmed',
  monitoring: 'Watching whether it holds',
  resolved: 'Over; stops the clocks',
  closed: 'Written up, nothing left to do',
  cancelled: 'Not an incident after all',
  merged: 'Goes on as part of another incident',
}

export const ROLES: readonly { role: Role; title: string; short: readonly string[] }[] = [
  { role: 'commander', title: 'Incident Commander', short: ['ic'] },
  { role: 'deputy', title: 'Deputy', short: [] },
  { role: 'operations', title: 'Operations Lead', short: ['ops'] },
  { role: 'communications', title: 'Communications Lead', short: ['comms'] },
  { role: 'scribe', title: 'Scribe', short: [] },
  { role: 'customer-liaison', title: 'Customer Liaison', short: [] },
  { role: 'internal-liaison', title: 'Internal Liaison', short: [] },
  { role: 'expert', title: 'Subject Matter Expert', short: ['sme'] },
  { role: 'planning', title: 'Planning Lead', short: [] },
  { role: 'observer', title: 'Observer', short: [] },
]

/** Ways in which somebody's words reach the one who types them. */
export const SPOKEN: readonly Exclude<Means, 'app' | 'machine'>[] = ['voice', 'chat', 'phone', 'paste']

export const roleTitle = (role: string) => ROLES.find((one) => one.role === role)?.title ?? role

/** Reads `sev1`, `SEV-1`, `s1` or `1`. */
export function readSeverity(typed: string): Severity | null {
  const digit = /^(?:s(?:ev)?-?)?([1-5])$/i.exec(typed.trim())
  return digit ? (`sev${digit[1]}` as Severity) : null
}

/** Reads a state, or the only one that begins so. */
export function readStatus(typed: string): Status | null {
  const text = typed.trim().toLowerCase()
  if (!text) return null
  const fits = STATUSES.filter((status) => status.startsWith(text))
  return STATUSES.find((status) => status === text) ?? (fits.length === 1 ? fits[0]! : null)
}

/** Reads a role's wire name, title or short form. */
export function readRole(typed: string): Role | null {
  const text = typed.trim().toLowerCase()
  return ROLES.find((one) => one.role === text || one.title.toLowerCase() === text || one.short.includes(text))?.role ?? null
}

/** Reads a handle, with or without `@`; `null` where the home would refuse it. */
export function readHandle(typed: string): string | null {
  const name = typed.trim().replace(/^[@#]+/, '').toLowerCase()
  return name.length > 0 && [...name].length <= 40 && /^[\p{L}\p{N}._-]+$/u.test(name) ? name : null
}

/** How somebody's words came to the one who wrote them down. */
export function byMeans(means: Means): string {
  const words: Record<Means, string> = { app: 'in the app', voice: 'by voice', chat: 'by chat', phone: 'by phone', paste: 'pasted', machine: 'by machine' }
  return words[means]
}

/** The door an entry came in by, where it is worth a mark: the window is the ordinary one. */
export function viaWord(via: Via): string | null {
  const words: Partial<Record<Via, string>> = { hotkey: 'hotkey', tray: 'from the tray', notice: 'from the notice', cli: 'command line' }
  return words[via] ?? null
}

/** What may be done now, and why not: the room only shows what the home says. */
export function refusal(incident: Pick<IncidentView, 'available_actions'>, action: string): string | null {
  const found = incident.available_actions.find((one) => one.action === action)
  return found && !found.allowed ? (found.reason ?? 'This is not possible now.') : null
}
