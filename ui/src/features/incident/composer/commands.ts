// The slash commands that exist, in the order of `/help`. One table feeds the alphabet, the parser, the command list and the help.

export type CommandName =
  | 'note' | 'decision' | 'task' | 'question' | 'hypothesis' | 'update' | 'pin'
  | 'at' | 'said' | 'here'
  | 'report' | 'done' | 'extend' | 'drop' | 'accept' | 'support' | 'rule-out' | 'answer'
  | 'believe' | 'doing' | 'need' | 'objective' | 'promise' | 'look' | 'handoff'
  | 'sev' | 'status' | 'resolve' | 'reopen' | 'close' | 'cancel' | 'ack'
  | 'take' | 'confirm' | 'role' | 'release' | 'impact' | 'attach' | 'bridge' | 'merge' | 'link' | 'split' | 'title' | 'copy' | 'paste' | 'redact' | 'help'

/** The alphabet: what a line without a slash is taken for. */
export type Mode = 'note' | 'decision' | 'task' | 'question' | 'hypothesis' | 'update' | 'pin'

/** What Enter does on a command that stands alone: run it, open its picker, or wait for the words. */
export type Alone = 'run' | 'open' | 'fill'

export interface SlashCommand {
  name: CommandName
  /** The same command by another word. */
  also?: string
  /** What may follow, as the help shows it. */
  usage: string
  title: string
  icon: CommandIcon
  alone: Alone
  /** May be back-dated with `/at`. */
  dated: boolean
  /** May record another's act or words with `/said`. */
  spoken: boolean
  /** Takes effect on what follows it instead of standing alone. */
  prefix?: boolean
  /** The action that must be allowed for it, where one is named by the home. */
  action?: string
}

export type CommandIcon =
  | 'note' | 'star' | 'history' | 'said' | 'flag' | 'right' | 'check' | 'undo' | 'archive' | 'x'
  | 'eye' | 'user' | 'usercheck' | 'userminus' | 'users' | 'bell' | 'pencil' | 'redact' | 'keyboard'
  | 'fork' | 'app' | 'layers' | 'ring' | 'plus' | 'copy'

export const COMMANDS: readonly SlashCommand[] = [
  { name: 'note', usage: 'text', title: 'Write a note', icon: 'note', alone: 'fill', dated: true, spoken: true },
  { name: 'decision', also: 'decide', usage: 'text | option: … | risk: … | polled', title: 'Record a decision', icon: 'fork', alone: 'open', dated: true, spoken: true },
  { name: 'task', usage: 'text @owner [10m]', title: 'Give a task to one person, with a time box', icon: 'check', alone: 'open', dated: true, spoken: true },
  { name: 'question', usage: 'text [@name]', title: 'Keep a question open until it is answered', icon: 'said', alone: 'open', dated: true, spoken: true },
  { name: 'hypothesis', usage: 'text', title: 'Propose what may be behind it', icon: 'eye', alone: 'open', dated: true, spoken: true },
  { name: 'update', usage: 'text', title: 'Write an update; it goes nowhere by itself', icon: 'ring', alone: 'open', dated: true, spoken: true },
  { name: 'pin', also: 'key', usage: '[text]', title: 'Write a key moment, or mark the chosen entry as one', icon: 'star', alone: 'run', dated: true, spoken: true },
  { name: 'at', usage: '14:07 | -12m  text', title: 'Back-date what follows', icon: 'history', alone: 'fill', dated: false, spoken: true, prefix: true },
  { name: 'said', usage: '@name [by voice|chat|phone|paste]  text', title: 'Record what somebody else said', icon: 'said', alone: 'fill', dated: true, spoken: false, prefix: true },
  { name: 'here', usage: 'ravi mei -jo', title: 'Roll call: who is there, and who left', icon: 'users', alone: 'fill', dated: true, spoken: true },
  { name: 'report', usage: 'T1 conditions | actions: … | needs: …', title: 'Report on a task', icon: 'note', alone: 'fill', dated: true, spoken: true },
  { name: 'done', usage: 'T1 [outcome]', title: 'A task is done', icon: 'check', alone: 'fill', dated: true, spoken: true },
  { name: 'extend', usage: 'T1 10m', title: 'A fresh time box for a task', icon: 'history', alone: 'fill', dated: false, spoken: true },
  { name: 'drop', usage: 'T1 [why]', title: 'A task need not be done', icon: 'x', alone: 'fill', dated: true, spoken: true },
  { name: 'accept', usage: 'T1 [read-back]', title: 'The owner of a task said yes', icon: 'usercheck', alone: 'fill', dated: true, spoken: true },
  { name: 'support', usage: 'H1 evidence', title: 'Something speaks for a hypothesis', icon: 'plus', alone: 'fill', dated: true, spoken: true },
  { name: 'rule-out', usage: 'H1 evidence', title: 'Rule a hypothesis out', icon: 'x', alone: 'fill', dated: true, spoken: true },
  { name: 'answer', usage: 'Q1 text', title: 'Answer a question', icon: 'said', alone: 'fill', dated: true, spoken: true },
  { name: 'believe', usage: 'text', title: 'Board: what we believe', icon: 'app', alone: 'open', dated: false, spoken: true },
  { name: 'doing', usage: 'text', title: 'Board: what we are doing', icon: 'app', alone: 'open', dated: false, spoken: true },
  { name: 'need', usage: 'text', title: 'Board: what we need', icon: 'app', alone: 'open', dated: false, spoken: true },
  { name: 'objective', usage: 'text', title: 'Board: what comes first', icon: 'app', alone: 'open', dated: false, spoken: true },
  { name: 'promise', usage: '14:40 | 20m | end [why]', title: 'Promise the next update', icon: 'history', alone: 'open', dated: false, spoken: true },
  { name: 'look', usage: '04:50 | 20m  what [, then resolve]', title: 'Look again at a time', icon: 'eye', alone: 'open', dated: false, spoken: false },
  { name: 'handoff', usage: '@name what I would do next', title: 'Offer command', icon: 'right', alone: 'open', dated: false, spoken: true },
  { name: 'sev', usage: '1–5 [why]', title: 'Set the severity', icon: 'flag', alone: 'open', dated: false, spoken: true, action: 'set_severity' },
  { name: 'status', usage: 'state [time]', title: 'Move to another state', icon: 'right', alone: 'open', dated: true, spoken: true, action: 'set_status' },
  { name: 'resolve', usage: '[time]', title: 'Move to Resolved', icon: 'check', alone: 'run', dated: true, spoken: true, action: 'resolve' },
  { name: 'reopen', usage: '', title: 'Back to Investigating', icon: 'undo', alone: 'run', dated: true, spoken: true, action: 'reopen' },
  { name: 'close', usage: '[time]', title: 'Close it: written up, nothing left to do', icon: 'archive', alone: 'run', dated: true, spoken: true, action: 'close' },
  { name: 'cancel', usage: '[time]', title: 'Not an incident after all', icon: 'x', alone: 'run', dated: true, spoken: true, action: 'cancel' },
  { name: 'ack', usage: '', title: 'Acknowledge: stops the repeats', icon: 'eye', alone: 'run', dated: false, spoken: false, action: 'acknowledge' },
  { name: 'take', usage: '', title: 'Take command', icon: 'user', alone: 'run', dated: false, spoken: false, action: 'take_command' },
  { name: 'confirm', usage: '', title: 'Confirm the acting commander', icon: 'usercheck', alone: 'run', dated: false, spoken: false, action: 'confirm_command' },
  { name: 'role', usage: 'role @name', title: 'Assign or hand over a role', icon: 'user', alone: 'open', dated: false, spoken: true },
  { name: 'release', usage: 'role [@name]', title: 'Take a role back', icon: 'userminus', alone: 'fill', dated: false, spoken: false },
  { name: 'impact', usage: 'start|update|end [time] [18%] [#service] [text]', title: 'Customers began to be, or no longer are, affected', icon: 'users', alone: 'open', dated: true, spoken: false },
  { name: 'attach', usage: '[alert]', title: 'Attach waiting alerts', icon: 'bell', alone: 'open', dated: false, spoken: false },
  { name: 'bridge', usage: 'https://… | -', title: 'Where people meet', icon: 'users', alone: 'open', dated: false, spoken: false },
  { name: 'merge', usage: 'INC-…', title: 'Go on as part of another incident', icon: 'layers', alone: 'open', dated: false, spoken: false },
  { name: 'link', usage: 'INC-…', title: 'Tie to another incident', icon: 'layers', alone: 'open', dated: false, spoken: false },
  { name: 'split', usage: '', title: 'Make some of its alerts an incident of their own', icon: 'fork', alone: 'open', dated: false, spoken: false },
  { name: 'title', usage: 'text', title: 'Rename the incident', icon: 'pencil', alone: 'fill', dated: false, spoken: false },
  { name: 'copy', usage: '', title: 'Copy the board for chat, mail, a text message, or to read aloud', icon: 'copy', alone: 'open', dated: false, spoken: false },
  { name: 'paste', usage: '[text]', title: 'Paste what was said elsewhere', icon: 'said', alone: 'open', dated: false, spoken: false },
  { name: 'redact', usage: '[why]', title: 'Take the words of the chosen entry out of the record', icon: 'redact', alone: 'open', dated: false, spoken: false },
  { name: 'help', usage: '', title: 'All commands', icon: 'keyboard', alone: 'open', dated: false, spoken: false },
]

export interface Letter {
  letter: string
  mode: Mode
  title: string
  /** What the empty line says. */
  hint: string
}

/** The alphabet of the room. A letter outside text fields, with Alt inside them. */
export const ALPHABET: readonly Letter[] = [
  { letter: 'N', mode: 'note', title: 'Note', hint: 'Write a note, or / for commands' },
  { letter: 'D', mode: 'decision', title: 'Decision', hint: 'Roll edge-eu back | option: fail over | risk: 90 s reduced capacity | polled' },
  { letter: 'T', mode: 'task', title: 'Task', hint: 'Roll back AMS @tomas 10m' },
  { letter: 'Q', mode: 'question', title: 'Question', hint: 'Do refunds fail as well? @mei' },
  { letter: 'H', mode: 'hypothesis', title: 'Hypothesis', hint: 'What may be behind it' },
  { letter: 'U', mode: 'update', title: 'Update', hint: 'What those outside should know now' },
  { letter: 'K', mode: 'pin', title: 'Key moment', hint: 'What the story will turn on' },
]

export const modeTitle = (mode: Mode): string => ALPHABET.find((one) => one.mode === mode)!.title

export function commandNamed(name: string): SlashCommand | undefined {
  const text = name.toLowerCase()
  return COMMANDS.find((one) => one.name === text || one.also === text)
}

/** Commands whose name begins with `typed`, then those whose title has a word that does. */
export function matching(typed: string, among: readonly SlashCommand[] = COMMANDS): SlashCommand[] {
  const text = typed.toLowerCase()
  if (!text) return [...among]
  const byName = among.filter((one) => one.name.startsWith(text))
  const byWord = among.filter((one) => !byName.includes(one) && (one.also?.startsWith(text) || words(one.title).some((word) => word.startsWith(text))))
  return [...byName, ...(text.length > 2 ? byWord : [])]
}

const words = (text: string) => text.toLowerCase().split(/[^\p{L}]+/u)
