// What a line in the composer means: a note, a command with its words read, or a problem in a sentence. Pure: it asks nobody.

import type { Means, Role, Severity, Status } from '../../../ipc'
import { readHandle, readRole, readSeverity, readStatus, SPOKEN, STATUSES } from '../words'
import { takeWhen } from '../when'
import { commandNamed, type CommandName, type SlashCommand } from './commands'

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
  | { do: 'open'; what: 'sev' | 'status' | 'role' | 'impact' | 'attach' | 'help' | 'redact'; words: string }

export type Line =
  | { kind: 'empty' }
  | { kind: 'unfinished'; hint: string }
  | { kind: 'problem'; message: string; hint: string | null }
  | { kind: 'ready'; meaning: Meaning; setting: Setting }

const MOVES: Partial<Record<CommandName, Status>> = { resolve: 'resolved', reopen: 'investigating', close: 'closed', cancel: 'cancelled' }

/** Reads a whole line at `now`. */
export function parseLine(typed: string, now: number): Line {
  const text = typed.trim()
  if (!text) return { kind: 'empty' }
  return parse(text, { at: null, forName: null, by: null }, now)
}

function parse(text: string, setting: Setting, now: number): Line {
  if (text.startsWith('//')) return note(text.slice(1), setting, false)
  const head = /^\/([\p{L}-]*)(?=\s|$)/u.exec(text)
  if (!head) return note(text, setting, false)
  const command = commandNamed(head[1]!)
  const rest = text.slice(head[0].length).trimStart()
  if (!command) return problem(`There is no command ${head[0]}.`, `To write it as a note, begin with // instead.`)
  if (command.name === 'at') return at(rest, setting, now)
  if (command.name === 'said') return said(rest, setting, now)
  if (setting.at !== null && !command.dated) return problem(`/${command.name} cannot be back-dated.`, 'It takes effect when it is entered. Write a /note for what happened before.')
  if (setting.forName !== null && !command.spoken) return problem(`/${command.name} cannot be recorded for somebody else.`, 'Only notes, severity, status and roles can.')
  return argued(command, rest, setting, now)
}

function at(rest: string, setting: Setting, now: number): Line {
  if (!rest) return { kind: 'unfinished', hint: 'A time such as 14:07 or -12m, then the words.' }
  const taken = takeWhen(rest, now)
  if (!taken) return problem(`“${firstWord(rest)}” is not a time.`, 'Use 14:07 (UTC), -12m or 2026-03-04T14:07Z.')
  if ('problem' in taken.when) return problem(taken.when.problem, 'Times on the record lie before now.')
  if (!taken.rest) return { kind: 'unfinished', hint: 'What happened then?' }
  return parse(taken.rest, { ...setting, at: taken.when.at }, now)
}

function said(rest: string, setting: Setting, now: number): Line {
  if (!rest) return { kind: 'unfinished', hint: 'Who said it, such as @dana by voice, then the words.' }
  const found = /^(\S+)(?:\s+by\s+(\S+))?\s*/i.exec(rest)!
  const name = readHandle(found[1]!)
  if (!name) return problem(`“${found[1]}” is not a name.`, 'Use letters, digits, dots and dashes, such as @dana.')
  const by = found[2] ? SPOKEN.find((means) => means === found[2]!.toLowerCase()) : 'voice'
  if (!by) return problem(`“by ${found[2]}” is not a way to say it.`, `Use by ${SPOKEN.join(', by ')}.`)
  const words = rest.slice(found[0].length)
  if (!words) return { kind: 'unfinished', hint: `What did @${name} say?` }
  return parse(words, { ...setting, forName: name, by }, now)
}

function argued(command: SlashCommand, rest: string, setting: Setting, now: number): Line {
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
    case 'attach': return rest ? ready({ do: 'attach', group: rest }, setting) : ready({ do: 'open', what: 'attach', words: '' }, setting)
    case 'title': return rest ? ready({ do: 'title', title: rest }, setting) : { kind: 'unfinished', hint: 'The new title.' }
    case 'redact': return ready({ do: 'open', what: 'redact', words: rest }, setting)
    case 'help': return ready({ do: 'open', what: 'help', words: '' }, setting)
    case 'at': case 'said': return note(rest, setting, false)
  }
}

function severity(rest: string, setting: Setting): Line {
  if (!rest) return ready({ do: 'open', what: 'sev', words: '' }, setting)
  const found = readSeverity(firstWord(rest))
  if (!found) return problem(`“${firstWord(rest)}” is not a severity.`, 'Use 1 to 5, worst first.')
  return ready({ do: 'severity', severity: found, reason: afterWord(rest) || null }, setting)
}

function status(rest: string, setting: Setting, now: number): Line {
  if (!rest) return ready({ do: 'open', what: 'status', words: '' }, setting)
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
  if (!rest) return ready({ do: 'open', what: 'role', words: '' }, setting)
  const read = roleAndName(rest)
  if ('message' in read) return read
  const name = read.name ?? setting.forName
  return name ? ready({ do: 'assign', role: read.role, name }, setting) : ready({ do: 'open', what: 'role', words: read.role }, setting)
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
  if (!rest) return ready({ do: 'open', what: 'impact', words: '' }, setting)
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
const ready = (meaning: Meaning, setting: Setting): Line => ({ kind: 'ready', meaning, setting })
const problem = (message: string, hint: string | null): Line & { kind: 'problem' } => ({ kind: 'problem', message, hint })
const firstWord = (text: string) => text.split(/\s/, 1)[0]!
const afterWord = (text: string) => text.slice(firstWord(text).length).trim()
