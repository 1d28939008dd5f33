import { expect, test } from 'vitest'
import type { PersonView } from '../../ipc'
import { changes, remembered, wordsOf, zones } from './card'
import { isNow, isTold, line, pathOf, shiftOf, shown, timeIn } from './people'
import { decoded, FILE_LIMIT, readFile } from './reading'

const NOW = Date.parse('2026-11-23T14:50:00Z')
const person = (more: Partial<PersonView> = {}): PersonView => ({
  handle: 'tomas-edge', name: 'Tomas Berg', added_at: '2026-08-01T08:00:00Z', me: false, roles: ['expert'], zone: 'Europe/Stockholm', local_time: '15:50', shift: 'daily 08:00-20:00',
  on_shift: true, shift_changes_at: '2026-11-23T19:00:00Z', phone: '+49 30 23125 044', mail: null, chat: null, roads: { tel: 'tel:+493023125044', sms: 'sms:+493023125044', mailto: null }, now_in: [], ...more,
})

test('now means at work or in an open incident, and never a guess', () => {
  const busy = { ref: 'INC-7K3F', what: 'Scribe', knows: 'not told yet', means: null, since: '2026-11-23T14:00:00Z' }
  expect(isNow(person())).toBe(true)
  expect(isNow(person({ on_shift: null }))).toBe(false)
  expect(isNow(person({ on_shift: false, now_in: [busy] }))).toBe(true)
})

test('only what nobody told asks for somebody', () => {
  const one = { ref: 'INC-7K3F', what: 'Scribe', since: '2026-11-23T14:00:00Z' }
  expect(isTold({ ...one, knows: 'not told yet', means: null })).toBe(false)
  expect(isTold({ ...one, knows: 'told by hand 14:31', means: null })).toBe(true)
  expect(isTold({ ...one, knows: 'said yes by voice 14:36', means: 'voice' })).toBe(true)
})

test('a filter reads the whole card', () => {
  const all = [person(), person({ handle: 'kofi', name: 'Kofi Mensah', roles: ['commander'], zone: 'Europe/London', phone: null, on_shift: false })]
  const found = (words: string) => shown(all, 'all', words).map((one) => one.handle)
  expect(found('incident comm')).toEqual(['kofi'])
  expect(found('stockholm 044')).toEqual(['tomas-edge'])
  expect(shown(all, 'now', '').map((one) => one.handle)).toEqual(['tomas-edge'])
})

test('a shift says until when, and what is not known', () => {
  expect(shiftOf(person(), NOW)).toBe('until 20:00')
  expect(shiftOf(person({ on_shift: false, shift_changes_at: '2026-11-24T07:00:00Z' }), NOW)).toBe('from Tue 08:00')
  expect(shiftOf(person({ on_shift: null, shift: null }), NOW)).toBe('not known')
  expect(shiftOf(person({ on_shift: null, zone: null }), NOW)).toBe('daily 08:00-20:00, zone not known')
})

test('a clock elsewhere, and one that nobody knows', () => {
  expect(timeIn('Asia/Tokyo', NOW)).toBe('23:50')
  expect(timeIn('Nowhere/Atall', NOW)).toBeNull()
})

test('a copied line is plain words', () => {
  expect(line(person(), NOW)).toBe('@tomas-edge Tomas Berg, Subject Matter Expert, +49 30 23125 044, 15:50 Stockholm, on shift until 20:00')
  expect(line(person({ on_shift: false, shift_changes_at: '2026-11-24T07:00:00Z', roles: [], phone: null }), NOW)).toBe('@tomas-edge Tomas Berg, 15:50 Stockholm, on shift from Tue 08:00')
})

test('a code is drawn module by module, runs joined', () => {
  expect(pathOf(['1101', '0000', '0110'])).toBe('M0 0h2v1h-2zM3 0h1v1h-1zM1 2h2v1h-2z')
  expect(pathOf([])).toBe('')
})

test('a card tells only what differs, and clears what was emptied', () => {
  const was = wordsOf(person())
  expect(changes('tomas-edge', was, { ...was })).toBeNull()
  expect(changes('tomas-edge', was, { ...was, phone: '', shift: ' mon-fri 9-17 ' })).toEqual({ handle: 'tomas-edge', phone: '', shift: 'mon-fri 9-17' })
  expect(changes('tomas-edge', was, { ...was, roles: ['scribe', 'commander'] })).toEqual({ handle: 'tomas-edge', roles: ['commander', 'scribe'] })
})

test('kept words are read back, others are let be', () => {
  const words = wordsOf(person())
  expect(remembered(JSON.stringify(words))).toEqual(words)
  expect(remembered('')).toBeNull()
  expect(remembered('{"name":7}')).toBeNull()
})

test('zones are offered with the time there', () => {
  const berlin = zones(NOW).find((zone) => zone.value === 'Europe/Berlin')
  expect(berlin).toEqual({ value: 'Europe/Berlin', detail: 'Berlin 15:50' })
  expect(zones(NOW)[0]!.value).toBe('UTC')
})

test('files are read as they were written, and too large ones are not read at all', async () => {
  expect(decoded(new TextEncoder().encode('Zoë'))).toBe('Zoë')
  expect(decoded(new Uint8Array([0x5a, 0x6f, 0xeb])), 'as a spreadsheet writes it').toBe('Zoë')
  expect(decoded(new Uint8Array([0xff, 0xfe, 0x5a, 0, 0xeb, 0])).slice(-2)).toBe('Zë')
  await expect(readFile({ name: 'all.csv', size: FILE_LIMIT + 1 } as File)).rejects.toThrow('larger than 4 MB')
  expect(await readFile(new File(['name\nZoë'], 'p.csv'))).toBe('name\nZoë')
})
