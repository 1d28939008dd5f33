// The people book in words: who is asked for, when they work, what is copied. Pure; "now" is passed in.

import type { NowInView, PersonView } from '../../ipc'
import { fit } from '../../lib/match'
import { roleLabel } from '../../lib/roles'
import { ahead, zoneCity } from '../../lib/time'

/** Those who can be reached at work now, or all. */
export type Which = 'now' | 'all'

/** A road to a person, as `person.code` names it. */
export type Road = 'tel' | 'sms' | 'mail' | 'card'

/** The roads in the order they are offered. */
export const ROADS: readonly { road: Road; title: string; key: string }[] = [
  { road: 'tel', title: 'Call', key: 'P' },
  { road: 'sms', title: 'Text', key: 'S' },
  { road: 'mail', title: 'Mail', key: 'M' },
  { road: 'card', title: 'Card', key: 'V' },
]

/** On shift, or doing something in an open incident. */
export const isNow = (person: PersonView): boolean => person.on_shift === true || person.now_in.length > 0

/** Those of `which` who have all of `words` on their card. */
export function shown(all: readonly PersonView[], which: Which, words: string): PersonView[] {
  return all
    .filter((person) => which === 'all' || isNow(person))
    .filter((person) => !words.trim() || fit(words, textOf(person)) !== null)
}

const textOf = (p: PersonView) => [`@${p.handle}`, p.name, rolesOf(p), p.phone, p.mail, p.chat, p.zone && cityOf(p.zone), ...p.now_in.map((one) => one.ref)].filter(Boolean).join(' ')

/** `Operations Lead, Scribe`. */
export const rolesOf = (person: PersonView): string => person.roles.map(roleLabel).join(', ')

/** The city of a zone: `New York`; the zone itself where it names none. */
export const cityOf = (zone: string): string => zoneCity(zone) ?? zone

/** `15:50` by the clocks of a zone; null where this window does not know the zone. */
export function timeIn(zone: string, now: number): string | null {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now)
  } catch {
    return null
  }
}

/** A person's own clock now; null where the book has no zone. */
export const clockOf = (person: PersonView, now: number): string | null => (person.zone && timeIn(person.zone, now)) ?? person.local_time

/** Where somebody stands with their shift: `until 18:00`, `from Tue 08:00`; never more than the book says. */
export function shiftOf(person: PersonView, now: number): string {
  const { on_shift, shift_changes_at: at, shift } = person
  if (on_shift === null) return shift ? `${shift}, zone not known` : 'not known'
  if (at === null) return on_shift ? 'on shift' : 'off'
  return `${on_shift ? 'until' : 'from'} ${ahead(at, now)}`
}

/** Whether somebody told them of what they do; what nobody told them asks for somebody to do so. */
export const isTold = (one: NowInView): boolean => one.means !== null || !one.knows.startsWith('not told')

/** One person as a line of chat. */
export function line(person: PersonView, now: number): string {
  const time = clockOf(person, now)
  return [
    `@${person.handle}${person.name ? ` ${person.name}` : ''}`,
    rolesOf(person),
    person.phone,
    time && `${time} ${person.zone ? cityOf(person.zone) : ''}`.trim(),
    person.on_shift === null ? null : `${person.on_shift ? 'on shift' : 'off'} ${shiftOf(person, now)}`.replace('off from', 'on shift from'),
    ...person.now_in.map((one) => `${one.ref} ${one.what}, ${one.knows}`),
  ].filter(Boolean).join(', ')
}

/** The dark modules of a code as one path, a unit a module. */
export function pathOf(rows: readonly string[]): string {
  return rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`)).join('')
}
