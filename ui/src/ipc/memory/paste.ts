// Reading and recording pasted text in the fake home: copied Slack text, lines that begin with a time, a transcript.

import type { EntryView, Operations, PastedLineView, PasteText, PasteView } from '../bindings.gen'
import { type Case, fail, type World } from './world'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

/** Bytes read at once. */
const LIMIT = 4 * 1024 * 1024
/** Letters that an entry holds, and what stands where more were said. */
const ENTRY = 64 * 1024
const CUT = ' … [cut here: an entry holds 64 KB]'
/** What was pasted into a case before, by who, when and words. */
const pasted = new WeakMap<Case, Set<string>>()

export const paste: Handlers = {
  'paste.preview': preview,
  paste: (world, params) => {
    const c = world.case(params.incident)
    const before = params.once ? world.once.get(params.once) : undefined
    if (before) return JSON.parse(before)
    const { lines } = preview(world, params)
    const skip = new Set(params.skip)
    const fresh = lines.filter((line) => !line.known && !skip.has(line.index))
    const keys = known(c)
    const events = fresh.map((line) => {
      keys.add(keyOf(line))
      if (line.person) world.know(line.person)
      const words = line.person || !line.who ? line.text : `${line.who}: ${line.text}`
      return world.write(c, { kind: 'chat', text: words, occurred_at: line.at ?? world.at(), on_behalf_of: line.person, means: 'paste', data: { said_by: line.who } }, ['people']).id
    })
    const already = lines.filter((line) => line.known).length
    const receipt = { added: events.length, known: already, left_out: lines.length - already - events.length, seq: world.seq, events }
    if (params.once) world.once.set(params.once, JSON.stringify(receipt))
    return receipt
  },
  'entry.shift': (world, { incident, events, by_seconds }) => {
    const c = world.case(incident)
    if (by_seconds === 0) fail('invalid_field', 'A shift of nothing moves nothing.', 'Such as an hour earlier.', 'by_seconds')
    const moved = events.map((event) => c.entries.find((one) => one.id.startsWith(event)) ?? fail('not_found', 'That entry is not on the record.', 'Open the timeline again.'))
    if (moved.some((entry) => Date.parse(entry.occurred_at) + by_seconds * 1000 > world.now())) fail('refused', 'An entry would lie ahead of now.', 'Shift by less.')
    for (const entry of moved) shift(world, c, entry, by_seconds)
    return { changed: moved.length, seq: world.seq, events: moved.map((entry) => entry.id), refused: [], undo: { op: 'entry.shift', params: { incident: c.id, events, by_seconds: -by_seconds }, label: 'Undo: the times as before' } }
  },
}

function shift(world: World, c: Case, entry: EntryView, seconds: number) {
  const was = entry.occurred_at
  Object.assign(entry, { was_at: entry.was_at ?? was, occurred_at: new Date(Date.parse(was) + seconds * 1000).toISOString() })
  entry.corrected_by = world.write(c, { kind: 'correction', text: 'Corrected the time of an entry', corrects: entry.id }).id
}

function known(c: Case): Set<string> {
  const keys = pasted.get(c) ?? new Set<string>()
  pasted.set(c, keys)
  return keys
}

const keyOf = (line: Pick<PastedLineView, 'who' | 'text' | 'at'>) => `${line.who ?? ''}|${line.at ?? ''}|${line.text}`

function preview(world: World, params: PasteText): PasteView {
  const c = world.case(params.incident)
  if (new TextEncoder().encode(params.text).length > LIMIT) fail('invalid_field', 'The text is longer than 4 MiB.', 'Paste it in parts.', 'text')
  const format = params.format ?? detect(params.text)
  const day = params.day ?? c.declared_at.slice(0, 10)
  const zone = params.zone ?? 'Europe/Berlin'
  const read = format === 'vtt' ? transcript(params.text, params.start ?? null) : chat(params.text, day, zone)
  const who = (name: string | null) => (name === null ? null : personOf(world, params.people ?? [], name))
  const keys = known(c)
  const lines = read.map((said, index): PastedLineView => {
    const cut = said.text.length > ENTRY
    const line = cut ? { ...said, text: said.text.slice(0, ENTRY - CUT.length) + CUT } : said
    return { index, ...line, person: who(line.who), cut, known: keys.has(keyOf(line)) }
  })
  const long = lines.filter((line) => line.cut).length
  const names = [...new Set(lines.flatMap((line) => line.who ?? []))]
  return {
    format, asks: format === 'vtt' ? ['start'] : read.some((line) => line.at !== null) ? ['day', 'zone'] : [], day, zone, lines, total: lines.length,
    fresh: lines.filter((line) => !line.known).length, speakers: names.map((name) => ({ who: name, person: who(name), lines: lines.filter((line) => line.who === name).length })),
    notes: [
      ...(/[\u202A-\u202E\u2066-\u2069]/.test(params.text) ? ['Signs that turn the direction of text were taken out.'] : []),
      ...(long ? [`${long === 1 ? 'One message was' : `${long} messages were`} cut at 64 KB, and says so at its end. Attach the whole as a file.`] : []),
    ],
  }
}

type Read = Pick<PastedLineView, 'who' | 'at' | 'text'>
const HEAD = /^(\S.{0,60}?)(?: {2,}|\t)(\d{1,2}):(\d{2})(?:\s?([AP]M))?$/
const TIMED = /^\[?(\d{1,2}):(\d{2})(?::(\d{2}))?\]?\s+(?:([\p{L}][\p{L} ._-]{0,40}):\s+)?(.+)$/u

const detect = (text: string) => (text.startsWith('WEBVTT') ? 'vtt' : text.split('\n').some((line) => HEAD.test(line)) ? 'slack' : text.split('\n').some((line) => TIMED.test(line)) ? 'log' : 'plain')

function chat(text: string, day: string, zone: string): Read[] {
  const lines: Read[] = []
  let head: Pick<Read, 'who' | 'at'> = { who: null, at: null }
  for (const line of text.replace(/[\u202A-\u202E\u2066-\u2069]/g, '').split('\n').map((one) => one.trim()).filter(Boolean)) {
    const named = HEAD.exec(line)
    const timed = named ? null : TIMED.exec(line)
    if (named) head = { who: named[1]!, at: instant(day, zone, (Number(named[2]) % 12) + (named[4] === 'PM' || (!named[4] && Number(named[2]) >= 12) ? 12 : 0), Number(named[3])) }
    else if (timed) lines.push({ who: timed[4] ?? null, at: instant(day, zone, Number(timed[1]), Number(timed[2]), Number(timed[3] ?? 0)), text: timed[5]! })
    else lines.push({ ...head, text: line })
  }
  return lines
}

function transcript(text: string, start: string | null): Read[] {
  return [...text.matchAll(/(\d{2}):(\d{2}):(\d{2})\.\d{3} --> [^\n]*\n(?:<v ([^>]+)>)?([^\n]+)/g)].map(([, h, m, s, who, words]) => ({
    who: who ?? null, text: words!.replace(/<\/v>$/, ''), at: start && new Date(Date.parse(start) + ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000).toISOString(),
  }))
}

/** A time of day in a zone, as an instant. */
function instant(day: string, zone: string, hours: number, minutes: number, seconds = 0): string {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + ((hours * 60 + minutes) * 60 + seconds) * 1000
  const shown = new Date(new Date(asUtc).toLocaleString('en-US', { timeZone: zone }) + ' UTC').getTime()
  return new Date(asUtc - (shown - Math.floor(asUtc / 1000) * 1000)).toISOString()
}

function personOf(world: World, said: readonly (readonly [string, string])[], name: string): string | null {
  const told = said.find(([who]) => who === name)
  if (told) return told[1] || null
  return world.people.find((one) => one.name?.toLowerCase() === name.toLowerCase() || one.handle === name.toLowerCase())?.handle ?? null
}
