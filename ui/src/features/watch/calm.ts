// Whether silence may be called quiet. Pure.

import type { WatchView } from '../../ipc'
import { ago, day, millis } from '../../lib/time'
import { capital, spelledCount } from '../../lib/words'
import { earsWords } from './ears'

/** An answer of the home older than this says nothing about now: four beats of the window. */
export const STALE_MS = 2 * 60_000

/** What stands on Watch when nothing is there. */
export interface Calm {
  state: 'first' | 'quiet' | 'unheard' | 'deaf' | 'silent' | 'catching_up' | 'cut_off'
  title: string
  text: string
}

/** The calm state of a Watch without incidents and with so many groups waiting; null where something is there. */
export function calm(view: WatchView, now: number, waiting = view.inbox_total): Calm | null {
  // A storm that is held is no calm: what it counts fires.
  if (view.active.length > 0 || waiting > 0 || view.quiet.some((one) => one.shape === 'storm' && one.holds)) return null
  const { home } = view
  if (home.empty) return { state: 'first', title: 'Nothing here yet', text: 'Muster keeps the record of an incident, its clocks and its roles, on this machine. Three ways to begin.' }
  const nothing = `No active incidents, nothing to triage.${kept(view)}${lately(view, now)}`
  return wrong(view, now, nothing) ?? heard(view, now, nothing)
}

/** Why silence says nothing, where a cause is known. */
function wrong({ home }: WatchView, now: number, nothing: string): Calm | null {
  const words = earsWords(home, now)
  if (words?.state === 'cut_off') return { state: 'cut_off', title: words.loud.replace(/\.$/, ''), text: 'No network reaches it, so silence means nothing. Sources and checks are not judged until it is back: this is one fault here, not one for each of them.' }
  if (words?.state === 'catching_up') return { state: 'catching_up', title: 'Catching up', text: `${words.loud.replace(/^Catching up, (.)/, (_, first: string) => first.toUpperCase())} ${words.text}` }
  if (words?.state === 'silent') return { state: 'silent', title: 'A source is silent', text: `${words.loud} ${words.text} ${nothing}` }
  if (home.ears.state === 'deaf' || home.sources.length === 0) return { state: 'deaf', title: 'No source connected', text: `${nothing} Muster cannot say that all is quiet: it hears no alerts.` }
  if (!home.listener.listening && home.sources.some((source) => source.way === 'push')) {
    const why = home.listener.enabled ? (home.listener.error ?? 'The listener does not listen.') : 'The listener is off.'
    return { state: 'deaf', title: 'Muster hears nothing now', text: `${nothing} ${why} Until it listens, silence means nothing.` }
  }
  return null
}

function heard({ home }: WatchView, now: number, nothing: string): Calm {
  const last = home.sources.filter((source) => source.last_heard_at).sort((a, b) => millis(b.last_heard_at!) - millis(a.last_heard_at!))[0]
  if (now - millis(home.now) > STALE_MS) return { state: 'unheard', title: 'Nothing needs you', text: `${nothing} That is as of ${ago(home.now, now)}, so Muster cannot say that all is quiet.` }
  if (home.ears.state === 'heard' && last) return { state: 'quiet', title: 'All quiet', text: `${nothing} ${all(home.sources.length)} heard, ${last.name} ${ago(last.last_heard_at!, now)}.` }
  const words = last ? `${last.name} was heard last, ${ago(last.last_heard_at!, now)}` : 'no source was heard yet'
  return { state: 'unheard', title: 'Nothing needs you', text: `${nothing} ${capital(words)}, so Muster cannot say that all is quiet.` }
}

const all = (n: number) => (n === 1 ? 'The one source was' : n === 2 ? 'Both sources were' : `All ${spelledCount(n, 'source')} were`)

function kept({ quiet }: WatchView): string {
  const groups = quiet.filter((one) => one.holds).reduce((sum, one) => sum + one.groups, 0)
  return groups ? ` ${capital(spelledCount(groups, 'group'))} ${groups === 1 ? 'is' : 'are'} kept quiet.` : ''
}

function lately(view: WatchView, now: number): string {
  const last = view.resolved_today[0]
  return last?.resolved_at ? ` ${last.ref} was resolved ${day(last.resolved_at, now)}.` : ''
}
