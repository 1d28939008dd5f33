// The people book of the fake home.

import type { CodeView, ImportedPerson, ImportView, NowInView, Operations, PersonView, Role } from '../bindings.gen'
import { onShift } from './shift'
import { fail, type Known, open, type World } from './world'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }
type Card = Omit<Known, 'handle' | 'added_at'>

const ROLES: Role[] = ['commander', 'deputy', 'operations', 'communications', 'scribe', 'customer-liaison', 'internal-liaison', 'expert', 'planning', 'observer']
/** Bytes of one field. */
const FIELD_LIMIT = 200
/** The token that the fake PagerDuty refuses. */
const WRONG_TOKEN = 'wrong'

export const people: Handlers = {
  'person.list': personViews,
  'person.add': (world, { handle, name }) => {
    const short = shortName(handle)
    const known = world.people.find((p) => p.handle === short)
    if (known) known.name = name ?? known.name
    else world.people.push({ handle: short, name: name || null, added_at: world.at() })
    return written(world)
  },
  'person.describe': (world, { handle, ...said }) => {
    const person = find(world, handle)
    const was: Record<string, unknown> = { handle: person.handle }
    const next: Record<string, unknown> = {}
    for (const [field, value] of Object.entries(said)) {
      if (value === null || value === undefined) continue
      was[field] = person[field as keyof Card] ?? (field === 'roles' ? [] : '')
      next[field] = read(field, value)
    }
    Object.assign(person, next)
    return { ...written(world), undo: { op: 'person.describe', params: was, label: `Undo: @${person.handle} as before` } }
  },
  'person.remove': (world, { handle }) => {
    const person = find(world, handle)
    if (person.handle === world.me) fail('refused', 'That is you.', 'Change who you are in Settings first.')
    world.people = world.people.filter((p) => p !== person)
    return written(world)
  },
  'person.import': (world, { text, dry_run = false }) => taken(world, readCards(text), dry_run),
  'person.import_pagerduty': (world, { token, dry_run = false }) => {
    if (!token.trim() || token.trim() === WRONG_TOKEN) fail('invalid_field', 'PagerDuty did not take this token.', 'Make a read-only REST API key in PagerDuty, under Integrations, API access keys.', 'token')
    return taken(world, { cards: [['sam-platform', { name: 'Sam Idris', mail: 'sam@northwind.example', phone: '+49 30 23125 018', zone: 'Europe/Berlin' }]], notes: [] }, dry_run)
  },
  'person.code': (world, { handle, road }) => code(find(world, handle), road),
}

/** Everybody, by handle. */
export function personViews(world: World): PersonView[] {
  return [...world.people].sort((a, b) => a.handle.localeCompare(b.handle)).map((person) => {
    const { handle, name, added_at, roles = [], zone = null, shift = null, phone = null, mail = null, chat = null } = person
    const on = shift && zone ? onShift(shift, zone, world.now()) : null
    const number = phone?.replace(/[^+\d]/g, '')
    return {
      handle, name, added_at, me: handle === world.me, roles, zone, shift, phone, mail, chat,
      local_time: zone && new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(world.now()),
      on_shift: on?.on ?? null, shift_changes_at: on ? new Date(on.changes).toISOString() : null,
      roads: { tel: number ? `tel:${number}` : null, sms: number ? `sms:${number}` : null, mailto: mail && `mailto:${mail}` },
      now_in: nowIn(world, handle),
    }
  })
}

function nowIn(world: World, handle: string): NowInView[] {
  return world.cases.filter(open).flatMap((c) => [
    ...c.roles.filter((role) => role.name === handle).map((role) => ({ ref: c.ref, what: role.title, knows: role.knows.text, means: role.knows.answer?.means ?? null, since: role.since })),
    ...c.craft.tasks.filter((task) => task.state === 'open' && task.owner === handle).map((task) => ({ ref: c.ref, what: task.text, knows: task.knows.text, means: task.knows.answer?.means ?? null, since: task.added_at })),
  ])
}

function shortName(typed: string): string {
  const short = typed.trim().replace(/^@/, '').toLowerCase()
  if (!/^[\p{L}\p{N}\-_.]{1,40}$/u.test(short)) fail('invalid_field', 'A short name has letters, digits, - _ and . only.', 'Such as dana or nils-payments.', 'handle')
  return short
}

const find = (world: World, handle: string): Known => world.people.find((p) => p.handle === handle.trim().replace(/^@/, '')) ?? fail('not_found', `Nobody is known as @${handle}.`)
const written = (world: World) => world.receipt({ seq: world.push(['people', 'settings']), id: world.id() })

function read(field: string, value: string | string[]): unknown {
  if (Array.isArray(value)) {
    const wrong = value.find((role) => !(ROLES as string[]).includes(role))
    return wrong ? fail('invalid_field', `There is no role ${wrong}.`, null, 'roles') : value
  }
  const text = value.trim()
  if (new TextEncoder().encode(text).length > FIELD_LIMIT) fail('invalid_field', `A field of a card holds ${FIELD_LIMIT} bytes at most.`, null, field)
  if (field === 'zone' && text && !isZone(text)) fail('invalid_field', `"${text}" is no time zone.`, 'Write it like Europe/Berlin.', 'zone')
  if (field === 'shift' && text && !onShift(text, 'UTC', 0)) fail('invalid_field', `"${text}" is no shift.`, 'Write it like mon-fri 09:00-17:00.', 'shift')
  return text || null
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

interface Cards {
  cards: [string, Partial<Card>][]
  notes: string[]
}

/** CSV with a head, or vCards. */
function readCards(text: string): Cards {
  if (!text.trim()) fail('invalid_field', 'There is nothing to import.', 'Choose a CSV or vCard file, or paste its text.', 'text')
  const notes: string[] = []
  if (/^BEGIN:VCARD/im.test(text)) {
    const cards = text.split(/BEGIN:VCARD/i).slice(1).map((one): [string, Partial<Card>] => {
      const line = (key: string) => new RegExp(`^${key}[^:\n]*:(.+)$`, 'im').exec(one)?.[1]?.trim() ?? null
      return [handleOf(line('NICKNAME') ?? line('FN') ?? ''), { name: line('FN'), phone: line('TEL'), mail: line('EMAIL') }]
    })
    return { cards, notes }
  }
  const [head = '', ...lines] = text.trim().split(/\r?\n/)
  const columns = head.split(',').map((cell) => cell.trim().toLowerCase())
  if (!columns.includes('name') && !columns.includes('handle')) fail('invalid_field', 'This is neither a CSV with a column "name" or "handle" nor a vCard.', 'The first line names the columns: handle, name, phone, mail, zone, shift, roles, chat.', 'text')
  const cards = lines.flatMap((line, i): [string, Partial<Card>][] => {
    const cells = line.split(',').map((cell) => cell.trim())
    const cell = (...names: string[]) => cells[columns.findIndex((column) => names.includes(column))] || null
    const handle = handleOf(cell('handle') ?? cell('name') ?? '')
    if (!handle) {
      notes.push(`Line ${i + 2} names nobody and was left out.`)
      return []
    }
    return [[handle, { name: cell('name'), phone: cell('phone', 'tel'), mail: cell('mail', 'email'), zone: cell('zone'), shift: cell('shift'), chat: cell('chat') }]]
  })
  return { cards, notes }
}

const handleOf = (name: string) => name.trim().replace(/^@/, '').toLowerCase().replace(/\s+/g, '-').replace(/[^\p{L}\p{N}\-_.]/gu, '')

function taken(world: World, { cards, notes }: Cards, dry_run: boolean): ImportView {
  const list = cards.map(([handle, card]): ImportedPerson & { card: Partial<Card> } => {
    const known = world.people.find((p) => p.handle === handle)
    const said = Object.fromEntries(Object.entries(card).filter(([, value]) => value !== null))
    const differs = known && Object.entries(said).some(([field, value]) => known[field as keyof Card] !== value)
    return { handle, name: card.name ?? known?.name ?? null, change: !known ? 'new' : differs ? 'changed' : 'same', card: said }
  })
  if (!dry_run) {
    for (const { handle, card, change } of list) {
      if (change === 'new') world.people.push({ handle, name: null, added_at: world.at(), ...card })
      else Object.assign(find(world, handle), card)
    }
    written(world)
  }
  const count = (change: string) => list.filter((one) => one.change === change).length
  return { added: count('new'), changed: count('changed'), same: count('same'), people: list.map(({ card: _, ...one }) => one), notes, dry_run }
}

/** A picture in the form of a code; it cannot be scanned. */
function code(person: Known, road: string): CodeView {
  const tel = person.phone?.replace(/[^+\d]/g, '')
  const texts: Record<string, string | null | undefined> = {
    tel: tel && `tel:${tel}`, sms: tel && `sms:${tel}`, mail: person.mail && `mailto:${person.mail}`,
    card: `BEGIN:VCARD\nVERSION:3.0\nFN:${person.name ?? person.handle}\nEND:VCARD`,
  }
  const text = texts[road] ?? fail('refused', `The book has no ${road === 'mail' ? 'mail address' : 'phone number'} of @${person.handle}.`, 'Add it to the card.')
  const SIDE = 25
  const finder = (x: number, y: number) => [x, y].every((n) => n >= 0 && n < 7) && ((x % 6) * (y % 6) === 0 || (x > 1 && x < 5 && y > 1 && y < 5))
  const dark = (x: number, y: number) => {
    for (const [left, top] of [[0, 0], [SIDE - 7, 0], [0, SIDE - 7]] as const) {
      if (x >= left - 1 && x <= left + 7 && y >= top - 1 && y <= top + 7) return finder(x - left, y - top)
    }
    return (text.charCodeAt((x * 7 + y * 3) % text.length) + x * y) % 2 === 0
  }
  return { text, rows: Array.from({ length: SIDE }, (_, y) => Array.from({ length: SIDE }, (_, x) => (dark(x, y) ? '1' : '0')).join('')) }
}
