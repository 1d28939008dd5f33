// What was understood of a line, piece by piece, shown before Enter. Pure.

import { digits } from '../../../lib/time'
import { utcMoment } from '../when'
import { byMeans } from '../words'
import { USUAL_BOX } from './craft'
import type { Named } from './lore'
import type { Line, Meaning } from './parse'

export interface Chip {
  text: string
  /** `said` can be changed in place: by which means. */
  kind: 'plain' | 'said' | 'violet'
}

export function chipsFor(line: Line, now: number): Chip[] {
  if (line.kind !== 'ready') return []
  const { meaning, setting } = line
  const chips = pieces(meaning, now).map((text): Chip => ({ text, kind: meaning.do === 'hypothesis' ? 'violet' : 'plain' }))
  if (setting.forName) chips.push({ text: `@${setting.forName}, ${byMeans(setting.by ?? 'voice')}`, kind: 'said' })
  if (setting.at !== null) chips.push({ text: `as of ${utcMoment(setting.at, now)} UTC`, kind: 'plain' })
  return chips
}

const named = (item: Named) => `${item.number} ${item.text}`

function pieces(meaning: Meaning, now: number): string[] {
  switch (meaning.do) {
    case 'task': return [`@${meaning.owner}`, meaning.minutes === null ? `${USUAL_BOX} min, as usual` : `${meaning.minutes} min`]
    case 'decision': return [...meaning.options.map((one) => `option: ${one}`), ...(meaning.risk ? [`risk: ${meaning.risk}`] : []), meaning.polled ? 'objections asked for, none' : 'objections not asked for']
    case 'question': return meaning.of ? [`of @${meaning.of}`] : []
    case 'here': return [...meaning.here.map((one) => `@${one} is here`), ...meaning.left.map((one) => `@${one} left`)]
    case 'report': return [named(meaning.task), ...(meaning.actions ? [`actions: ${meaning.actions}`] : []), ...(meaning.needs ? [`needs: ${meaning.needs}`] : [])]
    case 'done': case 'drop': case 'accept': return [named(meaning.task)]
    case 'extend': return [named(meaning.task), `${meaning.minutes} min from now`]
    case 'support': case 'rule_out': case 'answer': return [named(meaning.about)]
    case 'promise': return [`${utcMoment(meaning.at, now)} UTC, in ${digits(meaning.at - now)}`]
    case 'look': return [`${utcMoment(meaning.at, now)} UTC`, ...(meaning.resolve ? ['then offers to resolve'] : [])]
    case 'handoff': return [`to @${meaning.to}`, ...(meaning.next ? [] : ['without what comes next'])]
    case 'merge': case 'link': return [meaning.other]
    default: return []
  }
}
