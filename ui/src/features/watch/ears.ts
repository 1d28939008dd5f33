// How the home hears, in one line: what silence is worth. Pure; "now" is passed in.

import type { HomeView } from '../../ipc'
import { ago, hourMinute, moment } from '../../lib/time'
import { listed, spelledCount } from '../../lib/words'

/** What is wrong with the ears: said loud, then what it means. */
export interface EarsWords {
  state: 'cut_off' | 'catching_up' | 'silent'
  loud: string
  text: string
}

/** Silent sources named; the rest are counted. */
const NAMED = 2

/** The line for a home that cannot be said to hear; null where it hears, or has nothing to hear. */
export function earsWords(home: HomeView, now: number): EarsWords | null {
  const { state, since, sentence, silent } = home.ears
  switch (state) {
    case 'cut_off':
      return { state, loud: since ? `This machine is cut off since ${hourMinute(since)}.` : ended(sentence), text: 'Silence means nothing until it is back.' }
    case 'catching_up':
      return { state, loud: `Catching up, ${lastHeard(home, now)}.`, text: `${heardSince(home)} What you see may be that old.` }
    case 'silent':
      return { state, loud: ended(silentWords(home, now) || sentence), text: `${silent.length > 1 ? 'They' : 'It'} should have spoken since: nothing ${silent.length > 1 ? 'they watch' : 'it watches'} is known.` }
    default:
      return null
  }
}

const ended = (sentence: string) => (sentence.endsWith('.') ? sentence : `${sentence}.`)

function lastHeard({ sources }: HomeView, now: number): string {
  const last = sources.map((source) => source.last_heard_at).filter((at) => at !== null).sort().at(-1)
  return last ? `last heard ${moment(last, now)}` : 'nothing heard yet'
}

/** `1 of 3 sources heard since.` */
export function heardSince({ sources, ears }: HomeView): string {
  const heard = sources.filter((source) => source.last_heard_at && ears.since && source.last_heard_at > ears.since).length
  return `${heard} of ${sources.length} ${sources.length === 1 ? 'source' : 'sources'} heard since.`
}

function silentWords({ ears, sources }: HomeView, now: number): string {
  const named = ears.silent.slice(0, NAMED).map((name) => {
    const last = sources.find((source) => source.name === name)?.last_heard_at
    return last ? `${name} was last heard ${ago(last, now)}` : `${name} was never heard`
  })
  const more = ears.silent.length - named.length
  return more > 0 ? `${named.join(', ')}, and ${spelledCount(more, 'more source')} ${more === 1 ? 'is' : 'are'} silent` : listed(named)
}
