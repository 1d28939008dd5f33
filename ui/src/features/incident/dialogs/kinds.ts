// What may lie over the room, by name. The rail, the keys and the composer ask for it; the dialogs answer.

import type { EntryView, GroupView } from '../../../ipc'

/** Each kind with what `about` names. */
export type DialogKind =
  /** Pickers in the header. */
  | 'severity' | 'lifecycle'
  /** Things of the incident itself. */
  | 'impact' | 'attach' | 'help' | 'bridge' | 'merge' | 'link' | 'split' | 'paste'
  /** `about`: the role's wire name, none: the first that is free. */
  | 'role' | 'role-card'
  /** `about`: the entry. `redact` takes `extra.reason`. */
  | 'correct' | 'redact'
  /** `about`: entry ids joined by commas. */
  | 'shift'
  /** `about`: the task; none: a new one. `report` needs one. */
  | 'task' | 'report'
  /** `about`: the ask (`KnowingView.ask`). `answer` takes `extra.yes` ('true' or 'false'). */
  | 'answer' | 'tell'
  /** `about`: the thought; none: a new one. */
  | 'decision' | 'hypothesis' | 'question'
  /** `about`: `believe`, `doing`, `need` or `objective`. */
  | 'board'
  /** `extra.to`: whom it is offered; `about`: the handoff that runs, to read its brief. */
  | 'handoff'
  /** `about`: the update to send again; none: a new one. */
  | 'update'
  | 'promise'
  /** `about`: the look that is due; none: a new one. */
  | 'look'
  /** `extra.piece`: board, update, task, role, handoff, announcement, handover, people or ask; `about`: which; `extra.role`: of a role card. */
  | 'copy'
  /** `about`: the group of alerts; `extra.title`: what it is called. */
  | 'why'

/** A wish to open something over the room. */
export interface DialogAsk {
  kind: DialogKind
  /** Id of the task, ask, thought, look or entry; see the kinds. */
  about?: string
  extra?: Record<string, string>
}

/** The question why for a group, else for that of the entry one stands on, else for the only one there is; null where it is not clear which. */
export function whyAsk(alerts: readonly GroupView[], entry: EntryView | null, group?: string): DialogAsk | null {
  const chosen = entry?.kind === 'alerts' ? entry : null
  const about = group ?? (chosen ? String(chosen.data['group'] ?? '') : alerts.length === 1 ? alerts[0]!.id : '')
  const title = alerts.find((one) => one.id === about)?.title ?? chosen?.text ?? ''
  return about ? { kind: 'why', about, extra: { title } } : null
}

/** Drawn in the header at their buttons, not as dialogs. */
export const inHeader = (kind: DialogKind): boolean => kind === 'severity' || kind === 'lifecycle'
