// The slash commands that exist, in the order of `/help`. One table feeds the parser, the command list and the help.


export type CommandName =
  | 'note' | 'pin' | 'at' | 'said' | 'sev' | 'status' | 'resolve' | 'reopen' | 'close' | 'cancel' | 'ack'
  | 'take' | 'confirm' | 'role' | 'release' | 'impact' | 'attach' | 'title' | 'redact' | 'help'

/** What Enter does on a command that stands alone: run it, open its picker, or wait for the words. */
export type Alone = 'run' | 'open' | 'fill'

export interface SlashCommand {
  name: CommandName
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

export const COMMANDS: readonly SlashCommand[] = [
  { name: 'note', usage: 'text', title: 'Write a note', icon: 'note', alone: 'fill', dated: true, spoken: true },
  { name: 'pin', usage: '[text]', title: 'Write a key moment, or mark the chosen entry as one', icon: 'star', alone: 'run', dated: true, spoken: true },
  { name: 'at', usage: '14:07 | -12m  text', title: 'Back-date what follows', icon: 'history', alone: 'fill', dated: false, spoken: true, prefix: true },
  { name: 'said', usage: '@name [by voice|chat|phone|paste]  text', title: 'Record what somebody else said', icon: 'said', alone: 'fill', dated: true, spoken: false, prefix: true },
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
  { name: 'title', usage: 'text', title: 'Rename the incident', icon: 'pencil', alone: 'fill', dated: false, spoken: false },
  { name: 'redact', usage: '[why]', title: 'Take the words of the chosen entry out of the record', icon: 'redact', alone: 'open', dated: false, spoken: false },
  { name: 'help', usage: '', title: 'All commands', icon: 'keyboard', alone: 'open', dated: false, spoken: false },
]

export const commandNamed = (name: string): SlashCommand | undefined => COMMANDS.find((one) => one.name === name.toLowerCase())

/** Commands whose name begins with `typed`, then those whose title has a word that does. */
export function matching(typed: string, among: readonly SlashCommand[] = COMMANDS): SlashCommand[] {
  const text = typed.toLowerCase()
  if (!text) return [...among]
  const byName = among.filter((one) => one.name.startsWith(text))
  const byWord = among.filter((one) => !byName.includes(one) && words(one.title).some((word) => word.startsWith(text)))
  return [...byName, ...(text.length > 2 ? byWord : [])]
}

const words = (text: string) => text.toLowerCase().split(/[^\p{L}]+/u)
