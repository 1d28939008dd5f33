// The keys that select entries, to move them in time together. They answer in the timeline only.

import type { Action } from '../../../lib/actions.svelte'
import type { Room } from '../room.svelte'

interface Hands {
  room: Room
  /** Whether the focus is in the timeline. */
  within: () => boolean
  /** Goes on by one and selects both. */
  extend: (by: 'up' | 'down') => void
}

export function selecting({ room, within, extend }: Hands): Action[] {
  const group = 'Incident'
  const some = () => within() && room.selected.size > 0
  return [
    { id: 'entry.select', title: 'Select the entry', shortcut: ['X'], group, when: () => within() && room.chosen !== null, run: () => room.select([room.chosen!], true) },
    { id: 'entry.select_up', title: 'Select upwards', shortcut: ['Shift', '↑'], group, hidden: true, when: within, run: () => extend('up') },
    { id: 'entry.select_down', title: 'Select downwards', shortcut: ['Shift', '↓'], group, hidden: true, when: within, run: () => extend('down') },
    { id: 'entry.shift', title: 'Shift the times of the selected entries', group, when: () => room.selected.size > 0, run: () => room.shift() },
    { id: 'entry.unselect', title: 'Select no entry', shortcut: ['Esc'], group, hidden: true, when: some, run: () => room.unselect() },
  ]
}
