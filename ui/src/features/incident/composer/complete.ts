// What the command list offers for a line and a caret. Pure: people, alerts and what the room knows are handed in.

import { fit } from '../../../lib/match'
import { SEVERITIES, severityLabel, statusLabel } from '../../../lib/severity'
import { ROLES, SEVERITY_HELP, SPOKEN, STATUSES, STATUS_HELP } from '../words'
import { takeWhen } from '../when'
import { COMMANDS, commandNamed, matching, type CommandIcon, type Mode, type SlashCommand } from './commands'
import { type BoardName, type Lore, type Named, NOTHING_KNOWN } from './lore'

export interface Offer {
  /** What replaces the piece that is being typed. */
  insert: string
  label: string
  detail: string
  icon: CommandIcon
  /** Letters at the front of `label` that were typed. */
  typed: number
  /** Enter acts on the line at once instead of waiting for more words. */
  runs: boolean
}

export interface Offers {
  /** The piece of the line that an offer replaces. */
  start: number
  end: number
  offers: Offer[]
}

export interface Known {
  people: readonly string[]
  /** Waiting groups of alerts. */
  groups: readonly { id: string; title: string; firing: number }[]
  /** Handles that hold a role now. */
  held: readonly { role: string; name: string }[]
  now: number
  /** The present title, so that it can be edited instead of typed anew. */
  title: string
  /** The letter that a line without a slash is read by; default: a note. */
  mode?: Mode
  lore?: Lore
}

/** The offers for `text` with the caret at `caret`; `null` where nothing is to be offered. */
export function complete(text: string, caret: number, known: Known): Offers | null {
  if (!text.startsWith('/') || text.startsWith('//')) return mention(known.mode ?? 'note', text, 0, caret, known)
  return inside(text, 0, caret, known, COMMANDS)
}

/** The line that taking an offer makes, and where the caret goes. */
export function take(text: string, offers: Offers, offer: Offer): { text: string; caret: number } {
  const after = text.slice(offers.end)
  const space = offer.runs || after.startsWith(' ') ? '' : ' '
  const before = text.slice(0, offers.start) + offer.insert + space
  return { text: before + after, caret: before.length + (after.startsWith(' ') && !offer.runs ? 1 : 0) }
}

function inside(text: string, from: number, caret: number, known: Known, among: readonly SlashCommand[]): Offers | null {
  const head = /^\/([\p{L}-]*)/u.exec(text.slice(from))
  if (!head) return null
  const end = from + head[0].length
  if (caret <= end) return commandOffers(head[1]!.slice(0, caret - from - 1), from, end, among)
  const command = commandNamed(head[1]!)
  if (!command || text[end] !== ' ') return null
  const start = end + (text.slice(end).length - text.slice(end).trimStart().length)
  if (caret < start) return null
  return command.prefix ? behindPrefix(command, text, start, caret, known, among) : argument(command, text, start, caret, known)
}

function commandOffers(typed: string, start: number, end: number, among: readonly SlashCommand[]): Offers | null {
  const offers = matching(typed, among).map((one) => ({
    insert: `/${one.name}`, label: `/${one.name}`, detail: one.title, icon: one.icon, runs: one.alone !== 'fill',
    typed: one.name.startsWith(typed.toLowerCase()) ? typed.length + 1 : 1,
  }))
  return offers.length ? { start, end, offers } : null
}

/** `/at` and `/said` offer their own words, then the commands that they may stand before. */
function behindPrefix(command: SlashCommand, text: string, start: number, caret: number, known: Known, among: readonly SlashCommand[]): Offers | null {
  const rest = text.slice(start)
  const fits = command.name === 'at' ? (one: SlashCommand) => one.dated : (one: SlashCommand) => one.spoken
  const further = among.filter((one) => fits(one) && one.name !== command.name)
  if (command.name === 'at') {
    const taken = takeWhen(rest, known.now)
    return taken?.rest.startsWith('/') ? inside(text, text.length - taken.rest.length, caret, known, further) : null
  }
  const name = /^\S*/.exec(rest)![0]
  if (caret <= start + name.length) return peopleOffers(known, rest.slice(0, caret - start), start, start + name.length, false)
  const means = /^\S+\s+(by(?:\s+(\S*))?)$/i.exec(text.slice(start, caret))
  if (means) return meansOffers(means[2] ?? '', caret - means[1]!.length, caret)
  const words = /^\S+(?:\s+by\s+\S+)?\s+(?=\/)/i.exec(rest)
  return words ? inside(text, start + words[0].length, caret, known, further) : null
}

function argument(command: SlashCommand, text: string, start: number, caret: number, known: Known): Offers | null {
  const typed = text.slice(start, caret)
  const lore = known.lore ?? NOTHING_KNOWN
  switch (command.name) {
    case 'sev': return /\s/.test(typed) ? null : severityOffers(typed, start, caret)
    case 'status': return /\s/.test(typed) ? null : wordOffers(STATUSES.map((s) => [s, statusLabel(s), STATUS_HELP[s]]), typed, start, caret, 'right', true)
    case 'impact': return /\s/.test(typed) ? null : wordOffers(IMPACT_STEPS, typed, start, caret, 'users', false)
    case 'role': return roleOffers(typed, start, caret, known, false)
    case 'release': return roleOffers(typed, start, caret, known, true)
    case 'title': return present(known.title, 'pencil', typed, start, caret)
    case 'note': case 'pin': case 'decision': case 'hypothesis': case 'update': case 'task': case 'question': return mention(command.name, text, start, caret, known)
    case 'handoff': return /\s/.test(typed) ? null : peopleOffers(known, typed, start, caret, false)
    case 'here': return callOffers(text, start, caret, known)
    case 'report': case 'extend': case 'done': case 'drop': case 'accept': return itemOffers(lore.tasks, command, 'T', typed, start, caret)
    case 'support': case 'rule-out': return itemOffers(lore.hypotheses, command, 'H', typed, start, caret)
    case 'answer': return itemOffers(lore.questions, command, 'Q', typed, start, caret)
    case 'believe': case 'doing': case 'need': case 'objective': return present(lore.board[command.name satisfies BoardName], 'app', typed, start, caret)
    case 'promise': return /\s/.test(typed) ? null : wordOffers(boxes(lore.rhythm), typed, start, caret, 'history', true)
    case 'merge': case 'link': return incidentOffers(lore, typed, start, caret)
    case 'attach': return groupOffers(typed, start, caret, known)
    default: return null
  }
}

const IMPACT_STEPS: readonly (readonly [string, string, string])[] = [
  ['start', 'start', 'Customers began to be affected'],
  ['update', 'update', 'More is known: share, services, words'],
  ['end', 'end', 'Customers are no longer affected'],
]

function severityOffers(typed: string, start: number, end: number): Offers | null {
  const digits = typed.toLowerCase().replace(/^s(ev)?-?/, '')
  const offers = SEVERITIES.filter((one) => one.endsWith(digits)).map((one): Offer => ({
    insert: one, label: severityLabel(one), detail: SEVERITY_HELP[one], icon: 'flag', typed: 0, runs: true,
  }))
  return offers.length ? { start, end, offers } : null
}

function wordOffers(words: readonly (readonly [string, string, string])[], typed: string, start: number, end: number, icon: CommandIcon, runs: boolean): Offers | null {
  const text = typed.toLowerCase()
  const offers = words.filter(([insert]) => insert.startsWith(text)).map(([insert, label, detail]): Offer => ({ insert, label, detail, icon, typed: text.length, runs }))
  return offers.length ? { start, end, offers } : null
}

function roleOffers(typed: string, start: number, caret: number, known: Known, held: boolean): Offers | null {
  const space = typed.search(/\s(?=@?\S*$)/)
  const first = space < 0 ? null : ROLES.find((one) => fitsWhole(one, typed.slice(0, space)))
  if (first) {
    const from = start + space + 1
    const among = held ? { ...known, people: known.held.filter((one) => one.role === first.role).map((one) => one.name) } : known
    return peopleOffers(among, text(typed, space + 1), from, caret, true)
  }
  const wanted = typed.toLowerCase()
  const open = held ? ROLES.filter((one) => known.held.some((holding) => holding.role === one.role)) : ROLES
  const offers = open.filter((one) => one.role.startsWith(wanted) || one.title.toLowerCase().startsWith(wanted) || one.short.some((short) => short.startsWith(wanted)))
    .map((one): Offer => ({ insert: one.role, label: one.role, detail: roleDetail(one, known), icon: held ? 'userminus' : 'user', typed: one.role.startsWith(wanted) ? wanted.length : 0, runs: held }))
  return offers.length ? { start, end: caret, offers } : null
}

const text = (typed: string, from: number) => typed.slice(from)
const fitsWhole = (one: (typeof ROLES)[number], typed: string) => one.role === typed.trim().toLowerCase() || one.title.toLowerCase() === typed.trim().toLowerCase() || one.short.includes(typed.trim().toLowerCase())

function roleDetail(one: (typeof ROLES)[number], known: Known): string {
  const holders = known.held.filter((holding) => holding.role === one.role).map((holding) => `@${holding.name}`)
  return holders.length ? `${one.title}, now ${holders.join(', ')}` : one.title
}

function peopleOffers(known: Known, typed: string, start: number, end: number, runs: boolean): Offers | null {
  const wanted = typed.replace(/^@/, '').toLowerCase()
  const offers = known.people.filter((handle) => handle.startsWith(wanted)).slice(0, 50)
    .map((handle): Offer => ({ insert: `@${handle}`, label: `@${handle}`, detail: '', icon: 'user', typed: wanted.length + 1, runs }))
  if (wanted && !known.people.includes(wanted)) offers.push({ insert: `@${wanted}`, label: `@${wanted}`, detail: 'new person', icon: 'user', typed: wanted.length + 1, runs })
  return offers.length ? { start, end, offers } : null
}

function meansOffers(typed: string, start: number, end: number): Offers | null {
  return wordOffers(SPOKEN.map((means) => [`by ${means}`, `by ${means}`, '']), `by ${typed}`.trim(), start, end, 'said', false)
}

function groupOffers(typed: string, start: number, end: number, known: Known): Offers | null {
  const wanted = typed.trim().toLowerCase()
  const offers = known.groups.filter((group) => group.title.toLowerCase().includes(wanted) || group.id.startsWith(wanted)).slice(0, 50)
    .map((group): Offer => ({ insert: group.id, label: group.title, detail: group.firing ? `${group.firing} firing` : 'ended', icon: 'bell', typed: 0, runs: true }))
  return offers.length ? { start, end, offers } : null
}

/** The present words, to be edited instead of typed anew. */
function present(words: string | null, icon: CommandIcon, typed: string, start: number, end: number): Offers | null {
  return typed === '' && words ? { start, end, offers: [{ insert: words, label: words, detail: '', icon, typed: 0, runs: true }] } : null
}

/** A name that is being typed: anywhere where a letter takes one, else at the front, for who said it. */
function mention(mode: Mode, text: string, from: number, caret: number, known: Known): Offers | null {
  const found = /(?:^|\s)(@[^\s:]*)$/.exec(text.slice(from, caret))
  if (!found) return null
  const start = caret - found[1]!.length
  return start === from || mode === 'task' || mode === 'question' ? peopleOffers(known, found[1]!, start, caret, false) : null
}

/** Names of a roll call; who is offered was not named yet. */
function callOffers(text: string, from: number, caret: number, known: Known): Offers | null {
  const word = /[^\s,]*$/.exec(text.slice(from, caret))![0]
  const start = caret - word.length
  const sign = word.startsWith('-') ? '-' : ''
  const named = new Set(text.slice(from, start).toLowerCase().split(/[\s,]+/).map((one) => one.replace(/^-?@?/, '')))
  const offers = peopleOffers({ ...known, people: known.people.filter((one) => !named.has(one)) }, word.slice(sign.length), start, caret, false)
  return word ? offers && { ...offers, offers: offers.offers.map((one) => ({ ...one, insert: sign + one.insert, typed: word.length })) } : null
}

/** Open items by number or words; ruled out and done ones are not offered. */
function itemOffers(items: readonly Named[], command: SlashCommand, letter: string, typed: string, start: number, end: number): Offers | null {
  if (new RegExp(`^#?${letter}?\\d+\\s`, 'i').test(typed)) return command.name === 'extend' ? boxOffers(typed, start, end) : null
  const runs = command.name === 'done' || command.name === 'drop' || command.name === 'accept' || command.name === 'report'
  const number = new RegExp(`^#?${letter}?\\d*$`, 'i').test(typed) ? `${letter}${typed.replace(/\D/g, '')}` : null
  const fits = (one: Named) => (number === null ? fit(typed, one.text) !== null : one.number.startsWith(number))
  const offers = items.filter((one) => one.open && fits(one))
    .map((one): Offer => ({ insert: one.number, label: `${one.number} ${one.text}`, detail: one.detail, icon: command.icon, typed: number === null || !typed ? 0 : number.length, runs }))
  return offers.length ? { start, end, offers } : null
}

const boxes = (rhythm: number | null) => [...new Set([...(rhythm ? [rhythm] : []), 10, 15, 20, 30, 60])].map((minutes) => [`${minutes}m`, `${minutes}m`, minutes === rhythm ? 'as the cadence says' : ''] as const)

function boxOffers(typed: string, start: number, end: number): Offers | null {
  const at = typed.search(/\S*$/)
  return at < typed.search(/\s/) ? null : wordOffers(boxes(null), typed.slice(at), start + at, end, 'history', true)
}

function incidentOffers({ incidents }: Lore, typed: string, start: number, end: number): Offers | null {
  const offers = incidents.filter((one) => !typed.trim() || fit(typed, `${one.ref} ${one.title}`) !== null).slice(0, 50)
    .map((one): Offer => ({ insert: one.ref, label: one.ref, detail: one.title, icon: 'layers', typed: one.ref.toLowerCase().startsWith(typed.toLowerCase()) ? typed.length : 0, runs: true }))
  return offers.length ? { start, end, offers } : null
}
