// The domain's names as the room shows and reads them. The wire names come from the bindings; nothing is decided here.

import type { IncidentView, KnowingView, LinkView, Means, PostingView, QueuedView, Role, Severity, Status, Via } from '../../ipc'
import { LIFECYCLE } from '../../lib/severity'
import { hourMinute } from '../../lib/time'

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

/** How a person knows of what is asked of them, as a sign and a few words. */
export interface Knows {
  icon: 'app' | 'said' | 'hand' | 'x' | null
  text: string
  /** Somebody still has to do something: tell them, or ask another. */
  wants: boolean
}

/** Said and signed look different for ever; nobody is called asked who was not told. */
export function knowsOf({ state, told, answer }: Pick<KnowingView, 'state' | 'told' | 'answer'>): Knows {
  if (answer && state === 'no') return { icon: 'x', text: `said no ${hourMinute(answer.at, true)}`, wants: true }
  if (answer) return answer.signed ? { icon: 'app', text: 'in the app', wants: false } : { icon: 'said', text: `${byMeans(answer.means)} ${hourMinute(answer.at, true)}`, wants: false }
  if (told) return { icon: 'hand', text: `told by hand ${hourMinute(told.at, true)}`, wants: false }
  return { icon: null, text: 'not told yet', wants: true }
}

/** Whether the person has answered yes: nothing is left to be heard of them. */
export const hasYes = ({ state }: Pick<KnowingView, 'state'>) => state === 'yes'

/** Where words went, and how that is known: `status page by hand, 14:52`. */
export const postingText = ({ place, by_hand, heard }: Pick<PostingView, 'place' | 'by_hand' | 'heard'>) =>
  `${place} ${by_hand ? 'by hand' : 'sent'}, ${hourMinute(heard.at, true)}`

/** What became of something queued. */
export function queueText({ state }: Pick<QueuedView, 'state'>): string {
  const words: Record<QueuedView['state'], string> = {
    queued: 'waits to be sent', delayed: 'not reached yet, tried again', held: 'held', sent: 'sent', failed: 'not sent', withdrawn: 'withdrawn',
  }
  return words[state]
}

/** How another incident is tied to this one. */
export function tieText({ tie }: Pick<LinkView, 'tie'>): string {
  const words: Record<string, string> = { absorbed: 'merged into this one', split_off: 'split off from this one', split_from: 'this one was split from it', linked: 'linked' }
  return words[tie] ?? tie
}
