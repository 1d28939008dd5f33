// What the room gives to the clipboard: text for a chat, with times and names, never markup. Pure.

import type { EntryView } from '../../ipc'
import { hourMinute } from '../../lib/time'
import { byMeans } from './words'

/** One entry as a line of chat. */
export function entryText(entry: EntryView, ref: string): string {
  const who = entry.machine ? entry.actor : `@${entry.on_behalf_of ?? entry.actor}${entry.on_behalf_of ? ` ${byMeans(entry.means)}` : ''}`
  return `${hourMinute(entry.occurred_at, true)} UTC ${entry.text} (${who}, ${ref})`
}
