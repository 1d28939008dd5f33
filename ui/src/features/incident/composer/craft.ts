// The words behind the commands of the craft: tasks, decisions, what the room thinks, the board, clocks, ties. Pure.

import type { DialogAsk } from '../dialogs/kinds'
import { readHandle } from '../words'
import type { CommandName, SlashCommand } from './commands'
import { type BoardName, type Lore, type Named, type NamedTask, takeNumber } from './lore'
import { fields, readBox, readCall, takeAhead, takeBox, takeOwner } from './pieces'

/** What a line of the craft asks for. */
export type Deed =
  | { do: 'task'; text: string; owner: string; minutes: number | null }
  | { do: 'decision'; text: string; options: string[]; risk: string | null; polled: boolean }
  | { do: 'question'; text: string; of: string | null }
  | { do: 'hypothesis' | 'update'; text: string }
  | { do: 'here'; here: string[]; left: string[] }
  | { do: 'report'; task: NamedTask; conditions: string; actions: string | null; needs: string | null }
  | { do: 'done' | 'drop'; task: NamedTask; note: string | null }
  | { do: 'extend'; task: NamedTask; minutes: number }
  | { do: 'accept'; task: NamedTask; words: string | null }
  | { do: 'support' | 'rule_out' | 'answer'; about: Named; text: string }
  | { do: 'board'; line: BoardName; text: string | null }
  | { do: 'promise'; at: number; minutes: number | null }
  | { do: 'end_promise'; reason: string | null }
  | { do: 'look'; at: number; text: string | null; resolve: boolean }
  | { do: 'handoff'; to: string; next: string | null }
  | { do: 'merge' | 'link'; other: string }
  | { do: 'bridge'; url: string | null }
  | { do: 'open'; ask: DialogAsk; action: string | null }

export type Read = Deed | { wait: string } | { wrong: string; hint: string | null }

/** Minutes of a time box where none was named. */
export const USUAL_BOX = 15

const wait = (hint: string): Read => ({ wait: hint })
const wrong = (message: string, hint: string | null = null): Read => ({ wrong: message, hint })
const open = (ask: DialogAsk): Read => ({ do: 'open', ask, action: null })

/** Reads what stands behind a command of the craft; null where the command is another kind. */
export function readCraft(command: SlashCommand, rest: string, lore: Lore, now: number): Read | null {
  const { name } = command
  switch (name) {
    case 'task': return rest ? task(rest) : open({ kind: 'task' })
    case 'decision': return rest ? decision(rest) : open({ kind: 'decision' })
    case 'question': return rest ? question(rest) : open({ kind: 'question' })
    case 'hypothesis': return rest ? { do: name, text: rest } : open({ kind: 'hypothesis' })
    case 'update': return rest ? { do: name, text: rest } : open({ kind: 'update' })
    case 'here': return rest ? here(rest) : wait('Who is there, such as ravi mei, and who left, such as -jo.')
    case 'report': case 'done': case 'drop': case 'extend': case 'accept': return aboutTask(name, rest, lore)
    case 'support': case 'rule-out': return about(name === 'support' ? 'support' : 'rule_out', lore.hypotheses, 'H', 'hypothesis', rest, 'What speaks for it?', 'What speaks against it?')
    case 'answer': return about('answer', lore.questions, 'Q', 'question', rest, 'The answer.', '')
    case 'believe': case 'doing': case 'need': case 'objective': return rest ? { do: 'board', line: name, text: rest === '-' ? null : rest } : open({ kind: 'board', about: name })
    case 'promise': return rest ? promise(rest, now) : open({ kind: 'promise' })
    case 'look': return rest ? look(rest, now) : open({ kind: 'look' })
    case 'handoff': return rest ? handoff(rest) : open({ kind: 'handoff' })
    case 'merge': case 'link': return rest ? tie(name, rest, lore) : open({ kind: name })
    case 'split': return rest ? wrong('/split takes no words.', 'Choose the alerts in the window that opens.') : open({ kind: 'split' })
    case 'copy': return rest ? wrong('/copy takes no words.', 'Choose the form in the window that opens.') : open({ kind: 'copy' })
    case 'paste': return open({ kind: 'paste', ...(rest ? { extra: { text: rest } } : {}) })
    case 'bridge': return rest ? bridge(rest) : open({ kind: 'bridge' })
    default: return null
  }
}

function task(rest: string): Read {
  const box = takeBox(rest)
  const { owner, rest: text } = takeOwner(box.rest)
  if (!owner) return wait('Who does it? Name one person, such as @tomas.')
  if (!text) return wait(`What is @${owner} to do?`)
  if (box.minutes === 0) return wrong('A time box lasts at least one minute.')
  return { do: 'task', text, owner, minutes: box.minutes }
}

function decision(rest: string): Read {
  const read = fields(rest)
  if (!read.words) return wait('What was decided?')
  const options: string[] = []
  let risk: string | null = null
  let polled = false
  for (const field of read.fields) {
    if (field.name === 'option' || field.name === 'options') options.push(...field.value.split(/\s*;\s*/).filter(Boolean))
    else if (field.name === 'risk') risk = field.value || null
    else if (field.name === null && /^(polled|no (strong )?objections?)$/i.test(field.value)) polled = true
    else return wrong(`“${field.raw}” is no part of a decision.`, 'Use | option: …, | risk: … or | polled.')
  }
  return { do: 'decision', text: read.words, options, risk, polled }
}

/** A name at the front or the end of a question says of whom it is asked. */
function question(rest: string): Read {
  const at = /^@(\S+)\s+|\s+@(\S+?)[?.]?$/u.exec(rest)
  const of = at ? readHandle(at[1] ?? at[2]!) : null
  const text = at && of ? (at[1] ? rest.slice(at[0].length) : rest.slice(0, at.index)).trim() : rest
  return text ? { do: 'question', text, of } : wait('What do we want to know?')
}

function here(rest: string): Read {
  const call = readCall(rest)
  return typeof call === 'string' ? wrong(`“${call}” is not a name.`, 'Use letters, digits, dots and dashes; a dash in front for who left.') : { do: 'here', ...call }
}

type TaskName = Extract<CommandName, 'report' | 'done' | 'drop' | 'extend' | 'accept'>

function aboutTask(name: TaskName, rest: string, lore: Lore): Read {
  const found = pick(lore.tasks, 'T', 'task', rest)
  if (!('item' in found)) return found
  const { item, rest: words } = found
  switch (name) {
    case 'report': return report(item, words)
    case 'done': case 'drop': return { do: name, task: item, note: words || null }
    case 'accept': return { do: 'accept', task: item, words: words || null }
    case 'extend': {
      const minutes = words ? readBox(words) : USUAL_BOX
      return minutes ? { do: 'extend', task: item, minutes } : wrong(`“${words}” is not a time box.`, 'Use 10m or 1h.')
    }
  }
}

function report(item: NamedTask, words: string): Read {
  if (!words) return open({ kind: 'report', about: item.id })
  const read = fields(words)
  const named = (name: string) => read.fields.find((field) => field.name !== null && name.startsWith(field.name.replace(/s$/, '')))?.value || null
  const odd = read.fields.find((field) => field.name === null || !['action', 'actions', 'need', 'needs'].includes(field.name))
  if (odd) return wrong(`“${odd.raw}” is no part of a report.`, 'Use | actions: … or | needs: ….')
  return read.words ? { do: 'report', task: item, conditions: read.words, actions: named('actions'), needs: named('needs') } : wait('How do things stand?')
}

function about(act: 'support' | 'rule_out' | 'answer', items: readonly Named[], letter: string, noun: string, rest: string, more: string, less: string): Read {
  const found = pick(items, letter, noun, rest, act === 'answer' ? undefined : () => true)
  if (!('item' in found)) return found
  return found.rest ? { do: act, about: found.item, text: found.rest } : wait(act === 'rule_out' ? less : more)
}

function pick<N extends Named>(items: readonly N[], letter: string, noun: string, rest: string, fits: (item: N) => boolean = (item) => item.open): { item: N; rest: string } | Extract<Read, { wait: string } | { wrong: string }> {
  const open = items.filter((one) => one.open)
  const choice = open.length ? `Choose one: ${open.slice(0, 4).map((one) => one.number).join(', ')}.` : `No ${noun} is open.`
  if (!rest) return { wait: open.length ? `Which ${noun}? ${choice}` : choice }
  const taken = takeNumber(items, letter, rest)
  if (!taken) return { wrong: `Which ${noun} is it?`, hint: open.length ? `Begin with its number, such as ${open[0]!.number}, or choose from the list.` : choice }
  if (!taken.item) return { wrong: `There is no ${taken.typed}.`, hint: choice }
  if (!fits(taken.item)) return { wrong: `${taken.typed} is not open any more.`, hint: choice }
  return { item: taken.item, rest: taken.rest }
}

function promise(rest: string, now: number): Read {
  const end = /^end(?:\s+(.*))?$/is.exec(rest)
  if (end) return { do: 'end_promise', reason: end[1]?.trim() || null }
  const taken = takeAhead(rest, now)
  if (!taken || taken.rest) return wrong(`“${rest}” is not a time ahead.`, 'Use 14:40 (UTC) or 20m.')
  if ('problem' in taken.when) return wrong(taken.when.problem, 'Use 14:40 (UTC) or 20m.')
  return { do: 'promise', at: taken.when.at, minutes: readBox(rest) }
}

function look(rest: string, now: number): Read {
  const taken = takeAhead(rest, now)
  if (!taken) return wrong(`“${rest.split(/\s/, 1)[0]}” is not a time ahead.`, 'Begin with 04:50 (UTC) or 20m, then what to look at.')
  if ('problem' in taken.when) return wrong(taken.when.problem, 'Use 04:50 (UTC) or 20m.')
  const resolve = /(?:^|[,;]?\s+)then\s+(?:offer\s+(?:to\s+)?)?resolve\.?$/i.exec(taken.rest)
  const text = (resolve ? taken.rest.slice(0, resolve.index) : taken.rest).replace(/[,;]$/, '').trim()
  return { do: 'look', at: taken.when.at, text: text || null, resolve: resolve !== null }
}

function handoff(rest: string): Read {
  const word = rest.split(/\s/, 1)[0]!
  const to = readHandle(word)
  return to ? { do: 'handoff', to, next: rest.slice(word.length).trim() || null } : wrong(`“${word}” is not a name.`, 'Use letters, digits, dots and dashes, such as @sam.')
}

function tie(name: 'merge' | 'link', rest: string, lore: Lore): Read {
  const word = rest.split(/\s/, 1)[0]!
  if (word !== rest) return wrong('One incident by its reference.', 'Such as INC-7K3F. Choose it from the list, or type its title there.')
  return { do: name, other: lore.incidents.find((one) => one.ref.toLowerCase() === word.toLowerCase() || one.ref.toLowerCase() === `inc-${word.toLowerCase()}`)?.ref ?? word }
}

function bridge(rest: string): Read {
  if (rest === '-') return { do: 'bridge', url: null }
  return /^(https?|tel|sip):\S+$/i.test(rest) ? { do: 'bridge', url: rest } : wrong('That is not a link.', 'Paste the address of the call, such as https://meet.jit.si/room.')
}
