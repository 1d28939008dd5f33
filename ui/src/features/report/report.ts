// A report as somebody takes it down: whose words, by which means, about what. Pure.

import type { AddReport, AlertSeverity, Means } from '../../ipc'

/** How the words came to whoever types them. */
export type Way = Extract<Means, 'voice' | 'chat' | 'phone'>

/** What stands in the form. */
export interface ReportForm {
  text: string
  /** Who said it, as typed; empty: oneself. */
  who: string
  by: Way
  service: string
  severity: AlertSeverity
}

export const freshReport = (): ReportForm => ({ text: '', who: '', by: 'voice', service: '', severity: 'error' })

/** A short name as typed, without its @; null where it is none. */
export const handleIn = (typed: string): string | null => (/^@?[\p{L}\p{N}\-_.]{1,40}$/u.test(typed.trim()) ? typed.trim().replace(/^@/, '').toLowerCase() : null)

/** What is recorded; null while words are missing or a name does not read. */
export function reportOf({ text, who, by, service, severity }: ReportForm, me: string): AddReport | null {
  const name = handleIn(who)
  if (!text.trim() || (who.trim() && !name)) return null
  const other = name !== null && name !== me
  return { text: text.trim(), severity, service: service.trim().replace(/^#/, '') || null, for_name: other ? name : null, by: other ? by : null }
}
