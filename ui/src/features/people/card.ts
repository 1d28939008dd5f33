// A card while it is being written, and what of it is new. Pure.

import type { Operations, PersonView } from '../../ipc'
import { ROLES, type RoleName } from '../../lib/roles'
import { cityOf, timeIn } from './people'

/** What stands in the fields of the form. */
export interface Words {
  name: string
  phone: string
  mail: string
  chat: string
  zone: string
  shift: string
  roles: RoleName[]
}

const TEXTS = ['name', 'phone', 'mail', 'chat', 'zone', 'shift'] as const

/** The fields as the book has them; empty for a new person. */
export function wordsOf(person: PersonView | null): Words {
  const { name, phone, mail, chat, zone, shift, roles } = person ?? { name: null, phone: null, mail: null, chat: null, zone: null, shift: null, roles: [] }
  return { name: name ?? '', phone: phone ?? '', mail: mail ?? '', chat: chat ?? '', zone: zone ?? '', shift: shift ?? '', roles: [...roles] }
}

/** What is to be told of it: only fields that differ, an empty one where it is cleared. Null where nothing differs. */
export function changes(handle: string, was: Words, now: Words): Operations['person.describe'][0] | null {
  const said: Record<string, string | RoleName[]> = {}
  for (const field of TEXTS) if (now[field].trim() !== was[field]) said[field] = now[field].trim()
  if (ROLES.some((role) => was.roles.includes(role) !== now.roles.includes(role))) said.roles = ROLES.filter((role) => now.roles.includes(role))
  return Object.keys(said).length ? { handle, ...said } : null
}

/** Words kept from before, as far as they can be read. */
export function remembered(kept: string): (Words & { handle?: string }) | null {
  try {
    const words = JSON.parse(kept) as Words
    return TEXTS.every((field) => typeof words[field] === 'string') && Array.isArray(words.roles) ? words : null
  } catch {
    return null
  }
}

/** Time zones to choose from, with their city and the time there. */
export function zones(now: number): { value: string; detail: string }[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((value) => ({ value, detail: `${cityOf(value)} ${timeIn(value, now) ?? ''}`.trim() }))
}
