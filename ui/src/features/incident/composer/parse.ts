// What a line in the composer means: a note, a command with its words read, or a problem in a sentence. Pure: it asks nobody.

import type { Means, Role, Severity, Status } from '../../../ipc'
import type { DialogAsk } from '../dialogs/kinds'
import { readHandle, readRole, readSeverity, readStatus, SPOKEN, STATUSES } from '../words'
import { takeWhen } from '../when'
import { commandNamed, type CommandName, type Mode, type SlashCommand } from './commands'
import { type Deed, readCraft } from './craft'
import { type Lore, NOTHING_KNOWN } from './lore'

/** What the prefixes `/at` and `/said` add to the command behind them. */
export interface Setting {
  at: number | null
  forName: string | null
  by: Means | null
}

export type Meaning =
  | { do: 'note'; text: string; pin: boolean }
  | { do: 'pin_chosen' }
  | { do: 'severity'; severity: Severity; reason: string | null }
  | { do: 'status'; status: Status; action: string }
  | { do: 'acknowledge' | 'take' | 'confirm' }
  | { do: 'assign'; role: Role; name: string }
  | { do: 'release'; role: Role; name: string | null }
  | { do: 'impact'; step: 'start' | 'update' | 'end'; share: number | null; services: string[]; text: string | null }
  | { do: 'attach'; group: string }
  | { do: 'title'; title: string }
  | Deed

export type Line =
  | { kind: 'empty' }
  | { kind: 'unfinished'; hint: string }
  | { kind: 'problem'; message: string; hint: string | null }
  | { kind: 'ready'; meaning: Meaning; setting: Setting }

const MOVES: Partial<Record<CommandName, Status>> = { resolve: 'resolved', reopen: 'investigating', close: 'closed', cancel: 'cancelled' }

/** What a line is read with: the letter it was begun by, and what the room knows. */
export interface Reading {
  mode?: Mode
  lore?: Lore
}

interface Frame {
  now: number
  mode: Mode
  lore: Lore
}

/** Reads a whole line at `now`. */
export function parseLine(typed: string, now: number, { mode = 'note', lore = NOTHING_KNOWN }: Reading = {}): Line {
  const text = typed.trim()
  if (!text) return { kind: 'empty' }
  return parse(text, { at: null, forName: null, by: null }, { now, mode, lore })
}

function parse(text: string, setting: Setting, frame: Frame): Line {
  if (text.startsWith('//')) return frame.mode === 'note' ? note(text.slice(1), setting, false) : argued(commandNamed(frame.mode)!, text.slice(1), setting, frame)
  const head = /^\/([\p{L}-]*)(?=\s|$)/u.exec(text)
  if (!head) return argued(commandNamed(frame.mode)!, text, setting, frame)
  const command = commandNamed(head[1]!)
  const rest = text.slice(head[0].length).trimStart()
  if (!command) return problem(`There is no command ${head[0]}.`, `To write it as a note, begin with // instead.`)
  if (command.name === 'at') return at(rest, setting, frame)
  if (command.name === 'said') return said(rest, setting, frame)
  if (setting.at !== null && !command.dated) return problem(`/${command.name} cannot be back-dated.`, 'It takes effect when it is entered. Write a /note for what happened before.')
  if (setting.forName !== null && !command.spoken) return problem(`/${command.name} cannot be recorded for somebody else.`, 'It is an act of the one at the keyboard.')
  return argued(command, rest, setting, frame)
}

function at(rest: string, setting: Setting, frame: Frame): Line {
  if (!rest) return { kind: 'unfinished', hint: 'A time such as 14:07 or -12m, then the words.' }
  const taken = takeWhen(rest, frame.now)
  if (!taken) return problem(`“${firstWord(rest)}” is not a time.`, 'Use 14:07 (UTC), -12m or 2026-03-04T14:07Z.')
  if ('problem' in taken.when) return problem(taken.when.problem, 'Times on the record lie before now.')
  if (!taken.rest) return { kind: 'unfinished', hint: 'What happened then?' }
  return parse(taken.rest, { ...setting, at: taken.when.at }, frame)
}

function said(rest: string, setting: Setting, frame: Frame): Line {
  if (!rest) return { kind: 'unfinished', hint: 'Who said it, such as @dana by voice, then the words.' }
  const found = new RegExp(`^(\\S+)(?:\\s+by\\s+(\\S+)|\\s+(${SPOKEN.join('|')})(?=\\s|$))?\\s*`, 'i').exec(rest)!
  const read = speaker(found[1]!, found[2] ?? found[3])
  if ('kind' in read) return read
  const words = rest.slice(found[0].length)
  if (!words) return { kind: 'unfinished', hint: `What did @${read.forName} say?` }
  return parse(words, { ...setting, ...read }, frame)
}

function speaker(typed: string, means: string | undefined): { forName: string; by: Means } | (Line & { kind: 'problem' }) {
  const forName = readHandle(typed)
  if (!forName) return problem(`“${typed}” is not a name.`, 'Use letters, digits, dots and dashes, such as @dana.')
  const by = means ? SPOKEN.find((one) => one === means.toLowerCase()) : 'voice'
  return by ? { forName, by } : problem(`“by ${means}” is not a way to say it.`, `Use by ${SPOKEN.join(', by ')}.`)
}

/** `@ravi said by phone: …` at the front of the words, in any letter of the alphabet. */
export const SAID = /^@(\S+)\s+said(?:\s+by\s+([^\s:]*))?\s*:\s*/i

function argued(command: SlashCommand, words: string, before: Setting, frame: Frame): Line {
  const said = command.spoken && before.forName === null ? SAID.exec(words) : null
  const read = said && speaker(said[1]!, said[2] || undefined)
  if (read && 'kind' in read) return read
  const setting = read ? { ...before, ...read } : before
  const rest = said ? words.slice(said[0].length).trim() : words
  if (read && !rest) return { kind: 'unfinished', hint: `What did @${read.forName} say?` }
  return crafted(command, rest, setting, frame) ?? plain(command, rest, setting, frame.now)
}

function crafted(command: SlashCommand, rest: string, setting: Setting, { lore, now }: Frame): Line | null {
  const read = readCraft(command, rest, lore, now)
  if (!read) return null
  if ('wait' in read) return { kind: 'unfinished', hint: read.wait }
  if ('wrong' in read) return problem(read.wrong, read.hint)
  // Who accepts a task is its owner; another's yes is heard, not signed.
  if (read.do === 'accept' && setting.forName === null && read.task.owner !== lore.me) return ready(read, { ...setting, forName: read.task.owner, by: 'voice' })
  return ready(read, setting)
}

function plain(command: SlashCommand, rest: string, setting: Setting, now: number): Line {
  switch (command.name) {
    case 'note': return rest ? note(rest, setting, false) : { kind: 'unfinished', hint: 'The words of the note.' }
    case 'pin': return rest ? note(rest, setting, true) : ready({ do: 'pin_chosen' }, setting)
    case 'sev': return severity(rest, setting)
    case 'status': return status(rest, setting, now)
    case 'resolve': case 'reopen': case 'close': case 'cancel':
      return moved(MOVES[command.name]!, command.name, rest, setting, now)
    case 'ack': return alone({ do: 'acknowledge' }, command, rest, setting)
    case 'take': return alone({ do: 'take' }, command, rest, setting)
    case 'confirm': return alone({ do: 'confirm' }, command, rest, setting)
    case 'role': return role(rest, setting)
    case 'release': return release(rest, setting)
    case 'impact': return impact(rest, setting, now)
    case 'attach': return rest ? ready({ do: 'attach', group: rest }, setting) : opens({ kind: 'attach' }, setting)
    case 'title': return rest ? ready({ do: 'title', title: rest }, setting) : { kind: 'unfinished', hint: 'The new title.' }
    case 'redact': return opens({ kind: 'redact', extra: { reason: rest } }, setting)
    case 'help': return opens({ kind: 'help' }, setting)
    default: return note(rest, setting, false)
  }
}

function severity(rest: string, setting: Setting): Line {
  if (!rest) return opens({ kind: 'severity' }, setting, 'set_severity')
  const found = readSeverity(firstWord(rest))
  if (!found) return problem(`“${firstWord(rest)}” is not a severity.`, 'Use 1 to 5, worst first.')
  return ready({ do: 'severity', severity: found, reason: afterWord(rest) || null }, setting)
}

function status(rest: string, setting: Setting, now: number): Line {
  if (!rest) return opens({ kind: 'lifecycle' }, setting, 'set_status')
  const found = readStatus(firstWord(rest))
  if (!found) return problem(`“${firstWord(rest)}” is not a state.`, `Use ${STATUSES.join(', ')}.`)
  return moved(found, 'set_status', afterWord(rest), setting, now)
}

/** A move to a state, with an optional time behind it. */
function moved(to: Status, action: string, rest: string, setting: Setting, now: number): Line {
  if (!rest) return ready({ do: 'status', status: to, action }, setting)
  const taken = takeWhen(rest.replace(/^at\s+/i, ''), now)
  if (!taken || taken.rest) return problem(`“${rest}” is not a time.`, 'Only a time may follow, such as 14:07 or -12m. Write the reason as a note.')
  if ('problem' in taken.when) return problem(taken.when.problem, 'Times on the record lie before now.')
  return ready({ do: 'status', status: to, action }, { ...setting, at: taken.when.at })
}

function role(rest: string, setting: Setting): Line {
  if (!rest) return opens({ kind: 'role' }, setting)
  const read = roleAndName(rest)
  if ('message' in read) return read
  const name = read.name ?? setting.forName
  return name ? ready({ do: 'assign', role: read.role, name }, setting) : opens({ kind: 'role', about: read.role }, setting)
}

function release(rest: string, setting: Setting): Line {
  if (!rest) return { kind: 'unfinished', hint: 'Which role?' }
  const read = roleAndName(rest)
  return 'message' in read ? read : ready({ do: 'release', ...read }, setting)
}

/** A role and a name in either order; the name may miss its `@` where it comes last. */
function roleAndName(rest: string): { role: Role; name: string | null } | (Line & { kind: 'problem' }) {
  const handle = /(?:^|\s)@(\S+)/.exec(rest)
  const words = handle ? rest.replace(handle[0], ' ').trim() : rest
  if (handle && !readHandle(handle[1]!)) return problem(`“@${handle[1]}” is not a name.`, 'Use letters, digits, dots and dashes.')
  const whole = readRole(words)
  if (whole) return { role: whole, name: handle ? readHandle(handle[1]!) : null }
  const split = words.lastIndexOf(' ')
  const before = !handle && split > 0 ? readRole(words.slice(0, split)) : null
  const bare = split > 0 ? readHandle(words.slice(split)) : null
  return before && bare ? { role: before, name: bare } : problem(`“${words}” is not a role.`, 'Type / and role, then choose one from the list.')
}

function impact(rest: string, setting: Setting, now: number): Line {
  const step = /^(start|update|end)(?:\s+|$)/i.exec(rest)
  if (!rest) return opens({ kind: 'impact' }, setting)
  if (!step) return problem(`“${firstWord(rest)}” is not a step.`, 'Use /impact start, /impact update or /impact end.')
  const taken = takeWhen(rest.slice(step[0].length).replace(/^at\s+/i, ''), now)
  if (taken && 'problem' in taken.when) return problem(taken.when.problem, 'Times on the record lie before now.')
  const words = taken ? taken.rest : rest.slice(step[0].length)
  const share = /(?:^|\s)(\d{1,3}(?:[.,]\d+)?)\s?%/.exec(words)
  const percent = share ? Number(share[1]!.replace(',', '.')) : null
  if (percent !== null && percent > 100) return problem(`${percent}% is more than all customers.`, 'The share goes from 0 to 100.')
  const services = [...words.matchAll(/(?:^|\s)#([\p{L}\p{N}._-]+)/gu)].map((found) => found[1]!.toLowerCase())
  const text = words.replace(/(?:^|\s)#[\p{L}\p{N}._-]+/gu, '').trim()
  const meaning: Meaning = { do: 'impact', step: step[1]!.toLowerCase() as 'start', share: percent, services, text: text || null }
  return ready(meaning, taken && 'at' in taken.when ? { ...setting, at: taken.when.at } : setting)
}

function alone(meaning: Meaning, command: SlashCommand, rest: string, setting: Setting): Line {
  return rest ? problem(`/${command.name} takes no words.`, 'Write them as a note.') : ready(meaning, setting)
}

const note = (text: string, setting: Setting, pin: boolean): Line => ready({ do: 'note', text, pin }, setting)
const opens = (ask: DialogAsk, setting: Setting, action: string | null = null): Line => ready({ do: 'open', ask, action }, setting)
const ready = (meaning: Meaning, setting: Setting): Line => ({ kind: 'ready', meaning, setting })
const problem = (message: string, hint: string | null): Line & { kind: 'problem' } => ({ kind: 'problem', message, hint })
const firstWord = (text: string) => text.split(/\s/, 1)[0]!
const afterWord = (text: string) => text.slice(firstWord(text).length).trim()
