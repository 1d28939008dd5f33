// Whose words they are, who typed them, and how a person knows of what is asked of them.

import type { EntryView, HeardView, KnowingView, Means, Receipt } from '../../bindings.gen'
import { type Case, fail, type World } from '../world'

export interface Spoken {
  for_name?: string | null | undefined
  by?: Means | null | undefined
}

interface Made { id: string; occurred_at: string }

/** What `entry` says was heard. */
export function heard(world: World, entry: Made, { for_name, by }: Spoken = {}): HeardView {
  const who = for_name ?? world.me
  const means = by ?? (who === world.me ? 'app' : 'voice')
  return { event: entry.id, who, typed_by: world.me, means, at: entry.occurred_at, signed: means === 'app' && who === world.me }
}

const MEANS: Record<Means, string> = { app: 'in the app', voice: 'by voice', chat: 'by chat', phone: 'by phone', paste: 'pasted', machine: 'by machine' }
const clock = (at: string) => at.slice(11, 16)

/** The ask with its state in words. */
export function known(ask: Omit<KnowingView, 'state' | 'text'>, no = false): KnowingView {
  const { told, answer } = ask
  if (answer) {
    const said = answer.signed ? `${no ? 'no' : 'yes'} in the app` : `said ${no ? 'no' : 'yes'} ${MEANS[answer.means]}`
    return { ...ask, state: no ? 'no' : 'yes', text: `${said} ${clock(answer.at)}` }
  }
  return { ...ask, state: told ? 'told' : 'untold', text: told ? `told by hand ${clock(told.at)}` : 'not told yet' }
}

/** An ask just made; who is heard taking it has said yes. */
export function asked(world: World, entry: Made, person: string, spoken: Spoken = {}): KnowingView {
  const by = heard(world, entry, spoken)
  return known({ ask: entry.id, person, told: null, place: null, answer: by.who === person ? by : null, words: null })
}

/** Nobody was told: what a machine or a seed says of a person who signed in the app. */
export const signed = (ask: string, person: string, at: string): KnowingView =>
  known({ ask, person, told: null, place: null, answer: { event: ask, who: person, typed_by: person, means: 'app', at, signed: true }, words: null })

/** Every ask of an incident that stands. */
export const asks = (c: Case): KnowingView[] => [
  ...c.roles.map((r) => r.knows), ...c.craft.tasks.filter((t) => t.state === 'open').map((t) => t.knows), ...(c.craft.handoff ? [c.craft.handoff.knows] : []),
]

/** Puts `to` in place of the ask that it is. */
export function setAsk(c: Case, to: KnowingView) {
  for (const holder of [...c.roles, ...c.craft.tasks, ...(c.craft.handoff ? [c.craft.handoff] : [])]) if (holder.knows.ask === to.ask) holder.knows = to
}

/** Finds by id or the only prefix. */
export function byId<T extends { id: string }>(list: readonly T[], id: string, what: string): T {
  const fits = list.filter((one) => one.id === id || one.id.startsWith(id))
  return (fits.length === 1 ? fits[0] : list.find((one) => one.id === id)) ?? fail('not_found', `There is no such ${what} here.`, 'Look at the incident again.')
}

/** Words that must not be empty. */
export function words(text: string | null | undefined, field: string): string {
  return text?.trim() || fail('invalid_field', 'These words are empty.', 'Say it in a few words.', field)
}

export const handle = (typed: string): string => typed.trim().replace(/^@/, '').toLowerCase()

type More = Spoken & { at?: string | null | undefined }

/** Writes an entry with its data, time and voice. */
export function write(world: World, c: Case, kind: string, text: string, data: EntryView['data'], { at, for_name, by }: More = {}): EntryView {
  const spoken = for_name || by ? { on_behalf_of: for_name ?? null, means: by ?? ('voice' as const) } : {}
  return world.write(c, { kind, text, data, ...(at ? { occurred_at: at } : {}), ...spoken }, ['people'])
}

/** Does it once for a key; a repeated call answers the same. */
export function once(world: World, c: Case, key: string | null | undefined, make: () => Receipt): Receipt {
  const before = key ? world.once.get(key) : undefined
  if (before) return world.receipt({ seq: world.seq, id: before }, c)
  const receipt = make()
  if (key && receipt.event) world.once.set(key, receipt.event)
  return receipt
}
