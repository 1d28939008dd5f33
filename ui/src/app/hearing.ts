// What the status bar says of the ears: which source was heard when, or why silence means nothing. Pure.

import { earsWords, heardSince } from '../features/watch'
import type { HomeView } from '../ipc'
import { ago, millis } from '../lib/time'
import { count } from '../lib/words'

/** How the ears are, as a mark and a sentence. */
export interface Hearing {
  /** `on`: heard. `open`: silence means nothing. `bad`: nothing can be written. */
  mark: 'on' | 'open' | 'bad'
  /** Said first and loud; empty where all is well. */
  loud: string
  text: string
}

/** The ears of a home at `now`. */
export function hearing(home: HomeView, now: number): Hearing {
  if (home.not_saving) return { mark: 'bad', loud: 'Not saving.', text: 'What you type stays where you typed it' }
  const { listener, sources } = home
  const words = earsWords(home, now)
  if (words?.state === 'cut_off') return { mark: 'open', loud: words.loud.replace(/^This machine is c/, 'C'), text: 'Saved here, nothing heard, nothing sent' }
  if (words?.state === 'catching_up') return { mark: 'open', loud: 'Catching up.', text: `${heardSince(home).replace(/\.$/, '')}${sources.some((source) => source.way !== 'push') ? ', asking those that can be asked' : ''}` }
  if (words?.state === 'silent') return { mark: 'open', loud: words.loud, text: 'Saved here' }
  if (sources.length === 0) return { mark: 'open', loud: '', text: 'Saved here. No sources connected' }
  const sending = sources.filter((source) => source.way === 'push').length
  if (sending && !listener.enabled) return { mark: 'open', loud: 'Listener off.', text: `Saved here, ${count(sending, 'source')} cannot be heard` }
  if (sending && !listener.listening) return { mark: 'open', loud: 'Not listening.', text: listener.error ?? 'Saved here, nothing heard' }
  const heard = sources.filter((source) => source.last_heard_at !== null).sort((a, b) => millis(b.last_heard_at!) - millis(a.last_heard_at!))
  const last = heard[0]
  if (!last) return { mark: 'open', loud: '', text: `Saved here. ${count(sources.length, 'source')}, not heard yet` }
  const how_many = heard.length === sources.length ? count(sources.length, 'source') : `${heard.length} of ${count(sources.length, 'source')}`
  return { mark: home.ears.state === 'heard' ? 'on' : 'open', loud: '', text: `Saved. ${how_many} heard, ${last.name} ${ago(last.last_heard_at!, now)}` }
}
