// What the palette offers for words typed. Pure.

import type { IncidentSummary, SearchHit } from '../ipc'
import type { Action } from '../lib/actions.svelte'
import { fit, pieces, snippetPieces } from '../lib/match'
import { isOpen } from '../lib/severity'

type Piece = { text: string; hit: boolean }

/** One line of the palette. */
export type Found =
  | { kind: 'action'; id: string; title: Piece[]; action: Action }
  | { kind: 'incident'; id: string; title: Piece[]; incident: IncidentSummary }
  | { kind: 'entry'; id: string; title: Piece[]; hit: SearchHit }

/** Lines shown of each kind: what fits without scrolling away from the words typed. */
const ACTIONS = 8
const INCIDENTS = 6
const ENTRIES = 6

/** Actions, incidents by title or reference, and entries that the words were found in. */
export function found(query: string, actions: readonly Action[], incidents: readonly IncidentSummary[], hits: readonly SearchHit[]): Found[] {
  const blank = query.trim() === ''
  const doing = ranked(query, actions.filter((a) => !a.hidden), (a) => [a.title, a.group]).slice(0, blank ? 40 : ACTIONS)
  const known = ranked(query, blank ? incidents.filter((i) => isOpen(i.status)) : incidents, (i) => [i.title, `${i.ref} ${i.services.join(' ')}`]).slice(0, INCIDENTS)
  const named = /^(inc-)?[0-9a-z]{4,5}$/i.test(query.trim()) && known.some((k) => k.item.ref.toLowerCase().endsWith(query.trim().toLowerCase()))
  const actionLines = doing.map(({ item, ranges }): Found => ({ kind: 'action', id: `a:${item.id}`, title: pieces(item.title, ranges), action: item }))
  const incidentLines = known.map(({ item, ranges }): Found => ({ kind: 'incident', id: `i:${item.id}`, title: pieces(item.title, ranges), incident: item }))
  const entryLines = blank ? [] : hits.slice(0, ENTRIES).map((hit): Found => ({ kind: 'entry', id: `e:${hit.event}`, title: snippetPieces(hit.snippet), hit }))
  return named || blank ? [...incidentLines, ...actionLines, ...entryLines] : [...actionLines, ...incidentLines, ...entryLines]
}

function ranked<T>(query: string, items: readonly T[], texts: (item: T) => [string, string]) {
  if (query.trim() === '') return items.map((item) => ({ item, ranges: [] as [number, number][] }))
  return items
    .flatMap((item) => {
      const [title, more] = texts(item)
      const whole = fit(query, `${title} ${more}`)
      return whole ? [{ item, score: whole.score, ranges: whole.ranges.filter(([from]) => from < title.length).map(([from, to]): [number, number] => [from, Math.min(to, title.length)]) }] : []
    })
    .sort((a, b) => b.score - a.score)
}
