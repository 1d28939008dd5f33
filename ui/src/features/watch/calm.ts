// Whether silence may be called quiet. Pure.

import type { WatchView } from '../../ipc'
import { ago, day, millis } from '../../lib/time'
import { capital, spelledCount } from '../../lib/words'

/** Silence counts while the last word of a source is not older than this: three heartbeats of five minutes. */
export const HEARD_MS = 15 * 60_000

/** What stands on Watch when nothing is there. */
export interface Calm {
  state: 'first' | 'quiet' | 'unheard' | 'deaf'
  title: string
  text: string
}

/** The calm state of a Watch without incidents and groups; null where something is there. */
export function calm(view: WatchView, now: number): Calm | null {
  if (view.active.length > 0 || view.inbox_total > 0) return null
  const { home } = view
  if (home.empty) return { state: 'first', title: 'Nothing here yet', text: 'Muster keeps the record of an incident, its clocks and its roles, on this machine. Three ways to begin.' }
  const nothing = `No active incidents, nothing to triage.${lately(view, now)}`
  if (home.sources.length === 0) return { state: 'deaf', title: 'No source connected', text: `${nothing} Muster cannot say that all is quiet: it hears no alerts.` }
  if (!home.listener.listening) {
    const why = home.listener.enabled ? (home.listener.error ?? 'The listener does not listen.') : 'The listener is off.'
    return { state: 'deaf', title: 'Muster hears nothing now', text: `${nothing} ${why} Until it listens, silence means nothing.` }
  }
  const heard = home.sources.filter((s) => s.last_heard_at && now - millis(s.last_heard_at) <= HEARD_MS)
  const last = home.sources.filter((s) => s.last_heard_at).sort((a, b) => millis(b.last_heard_at!) - millis(a.last_heard_at!))[0]
  if (heard.length === home.sources.length) return { state: 'quiet', title: 'All quiet', text: `${nothing} ${all(heard.length)} heard, ${last!.name} ${ago(last!.last_heard_at!, now)}.` }
  const words = last ? `${last.name} was heard last, ${ago(last.last_heard_at!, now)}` : 'no source was heard yet'
  const part = heard.length > 0 ? `Only ${heard.length} of ${home.sources.length} sources were heard in the last 15 minutes` : capital(words)
  return { state: 'unheard', title: 'Nothing needs you', text: `${nothing} ${part}, so Muster cannot say that all is quiet.` }
}

const all = (n: number) => (n === 1 ? 'The one source was' : n === 2 ? 'Both sources were' : `All ${spelledCount(n, 'source')} were`)

function lately(view: WatchView, now: number): string {
  const last = view.resolved_today[0]
  return last?.resolved_at ? ` ${last.ref} was resolved ${day(last.resolved_at, now)}.` : ''
}
