// The keys of Watch as actions of the one registry. They act on the row with the focus, or on all groups that are marked.

import type { GroupView } from '../../ipc'
import type { Action } from '../../lib/actions.svelte'
import type { Deciding } from './deciding.svelte'
import type { Watching } from './watching.svelte'

/** What the keys need beside the lists. */
export interface Hands {
  watching: Watching
  deciding: Deciding
  /** Whether there is an incident to attach to. */
  attachable: () => boolean
  /** Declares from groups of alerts. */
  declare: (from: GroupView[]) => void
}

export function watchActions({ watching, deciding, attachable, declare }: Hands): Action[] {
  const group = 'Watch'
  const onIncident = () => watching.incident !== null
  const onGroup = () => watching.targets.length > 0
  const many = () => (watching.marked.length > 0 ? ` (${watching.marked.length} marked)` : '')
  return [
    { id: 'watch.down', title: 'Next row', shortcut: ['↓'], group, hidden: true, run: () => watching.move(1) },
    { id: 'watch.up', title: 'Previous row', shortcut: ['↑'], group, hidden: true, run: () => watching.move(-1) },
    { id: 'watch.open', title: 'Open the incident', short: 'Open', shortcut: ['Enter'], native: true, group, hint: 1, when: onIncident, run: () => watching.open() },
    { id: 'watch.command', title: 'Take command', shortcut: ['C'], group, hint: 2, when: () => watching.incident !== null && watching.incident.commander.state !== 'confirmed', run: () => watching.incident && void deciding.command(watching.incident) },
    { id: 'watch.attach', get title() { return `Attach to an incident${many()}` }, short: 'Attach', shortcut: ['A'], group, hint: 3, when: () => onGroup() && attachable(), run: () => void deciding.attach() },
    { id: 'watch.attach-alike', title: 'Attach it and all groups alike', shortcut: ['Shift', 'A'], group, when: () => (watching.triage?.alike.length ?? 0) > 0 && attachable() && watching.marked.length === 0, run: () => void deciding.attachAlike() },
    { id: 'watch.declare', get title() { return `Declare from these alerts${many()}` }, short: 'Declare', shortcut: ['Ctrl', 'D'], group, hint: 8, when: () => onGroup() && watching.inside, run: () => declare(watching.targets.map((one) => one.group)) },
    { id: 'watch.ack', get title() { return `Acknowledge the alerts${many()}` }, short: 'Acknowledge', shortcut: ['E'], group, hint: 4, when: () => watching.targets.some((one) => one.group.state === 'waiting'), run: () => void deciding.acknowledge() },
    { id: 'watch.snooze', get title() { return `Snooze the alerts${many()}` }, short: 'Snooze', shortcut: ['S'], group, hint: 5, when: onGroup, run: () => (watching.triage ? (deciding.snoozing = true) : deciding.ask('snooze')) },
    { id: 'watch.mute', get title() { return `Mute the alerts${many()}` }, short: 'Mute', shortcut: ['M'], group, when: onGroup, run: () => deciding.ask('mute') },
    { id: 'watch.dismiss', get title() { return `Dismiss as noise${many()}` }, short: 'Noise', shortcut: ['X'], group, hint: 6, when: onGroup, run: () => void deciding.dismiss() },
    { id: 'watch.hand', get title() { return `Not mine: hand the alerts on${many()}` }, short: 'Not mine', shortcut: ['O'], group, when: onGroup, run: () => deciding.ask('hand') },
    { id: 'watch.why', title: 'Why it did or did not make a noise', short: 'Why', shortcut: ['W'], group, hint: 7, when: () => watching.triage !== null, run: () => watching.explain() },
    { id: 'watch.alerts', title: 'Show the alerts of the group', group, when: () => watching.triage !== null, run: () => watching.open() },
    { id: 'watch.mark', title: 'Mark the group, to decide on several', short: 'Mark', shortcut: ['Space'], group, when: () => watching.triage !== null && watching.inside, run: () => watching.mark() },
    { id: 'watch.mark-all', title: 'Mark all groups', shortcut: ['Ctrl', 'A'], group, when: () => watching.inbox.length > 0 && watching.inside, run: () => watching.markAll() },
    { id: 'watch.unmark', title: 'Mark no group', shortcut: ['Esc'], group, when: () => watching.marked.length > 0, run: () => watching.unmark() },
  ]
}
