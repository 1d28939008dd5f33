// Pieces of a line: time boxes, owners, fields behind bars. Pure.

import { readHandle } from '../words'
import type { When } from '../when'

const BOX = /^(?:(\d{1,3})h)?(?:(\d{1,5})m(?:in)?)?$/i

/** Reads `10m`, `90min`, `1h`, `1h30m` as minutes; null where it is none of these. */
export function readBox(word: string): number | null {
  const found = word ? BOX.exec(word) : null
  return found && (found[1] || found[2]) ? Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0) : null
}

/** Takes the last time box out of a line. */
export function takeBox(text: string): { minutes: number | null; rest: string } {
  const found = [...text.matchAll(/\S+/g)].reverse().find((word) => readBox(word[0]) !== null)
  if (!found) return { minutes: null, rest: text }
  return { minutes: readBox(found[0]), rest: joined(text.slice(0, found.index), text.slice(found.index + found[0].length)) }
}

/** Takes the one whose it is out of a line: a name at its front, else the last name in it. */
export function takeOwner(text: string): { owner: string | null; rest: string } {
  const names = [...text.matchAll(/(?<=^|\s)@([^\s,;:!?]+?)(?=[.,;:!?]*(?:\s|$))/g)]
  const found = names[0]?.index === 0 ? names[0] : names.at(-1)
  const owner = found ? readHandle(found[1]!) : null
  if (!found || !owner) return { owner: null, rest: text }
  return { owner, rest: joined(text.slice(0, found.index), text.slice(found.index + found[0].length)) }
}

const joined = (before: string, after: string) => `${before.trimEnd()} ${after.trimStart()}`.trim().replace(/\s+([,;:!?])/g, '$1')

/** The words before the first bar, and the fields behind it. */
export function fields(text: string): { words: string; fields: { name: string | null; value: string; raw: string }[] } {
  const [words = '', ...rest] = text.split(/\s*\|\s*/)
  return {
    words: words.trim(),
    fields: rest.map((raw) => raw.trim()).filter(Boolean).map((raw) => {
      const named = /^([\p{L}-]+)\s*:\s*/u.exec(raw)
      return named ? { name: named[1]!.toLowerCase(), value: raw.slice(named[0].length).trim(), raw } : { name: null, value: raw, raw }
    }),
  }
}

const CLOCK = /^(\d{1,2}):(\d{2})(?:z|utc)?$/i
const DAY_MS = 86_400_000

/** Reads a time ahead off the front of a line: `14:40` (UTC, the next one), `20m`, `1h30m`. */
export function takeAhead(line: string, now: number): { when: When; rest: string } | null {
  const word = line.split(/\s/, 1)[0] ?? ''
  const rest = line.slice(word.length).trim()
  const minutes = readBox(word.replace(/^\+/, ''))
  if (minutes !== null) return { when: minutes > 0 ? { at: now + minutes * 60_000 } : { problem: `${word} is no time ahead.` }, rest }
  const clock = CLOCK.exec(word)
  if (!clock) return null
  const [hours, mins] = [Number(clock[1]), Number(clock[2])]
  if (hours > 23 || mins > 59) return { when: { problem: `${word} is not a time of day.` }, rest }
  const today = Math.floor(now / DAY_MS) * DAY_MS + (hours * 60 + mins) * 60_000
  return { when: { at: today > now ? today : today + DAY_MS }, rest }
}

export interface Call {
  here: string[]
  left: string[]
}

/** Reads a roll call: names with or without `@`, those who left with `-`. A word that is no name is returned as it is. */
export function readCall(text: string): Call | string {
  const call: Call = { here: [], left: [] }
  for (const word of text.split(/[\s,]+/).filter(Boolean)) {
    const name = readHandle(word.replace(/^-/, ''))
    if (!name) return word
    const list = word.startsWith('-') ? call.left : call.here
    if (!list.includes(name)) list.push(name)
  }
  return call
}
