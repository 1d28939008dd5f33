// What is to be copied: read from a wish to open the dialog, or from where the focus is. Pure.

import type { AskBrief, Role } from '../../../ipc'
import type { DialogAsk } from '../dialogs/kinds'
import { roleTitle } from '../words'
import type { Form } from './forms'

const PIECES = ['board', 'update', 'task', 'role', 'handoff', 'announcement', 'handover', 'people', 'ask'] as const
export type PieceName = (typeof PIECES)[number]

export interface Wanted {
  piece: PieceName
  /** Id of the update, task or ask; absent: the newest, or there is only one. */
  about?: string
  role?: Role
  /** Words of an update that is not yet written. */
  text?: string
}

const isPiece = (name: string | undefined): name is PieceName => PIECES.includes(name as PieceName)

function read(piece: string | undefined, about: string | undefined, role: string | undefined, text?: string): Wanted {
  return { piece: isPiece(piece) ? piece : 'board', ...(about ? { about } : {}), ...(role ? { role: role as Role } : {}), ...(text ? { text } : {}) }
}

/** What a wish to open the dialog names; the board where it names nothing. */
export const wantedBy = ({ about, extra }: DialogAsk): Wanted => read(extra?.['piece'], about, extra?.['role'], extra?.['text'])

/** The wish that leads to what is wanted. */
export function askFor({ piece, about, role, text }: Wanted, step?: 'posted'): DialogAsk {
  return { kind: 'copy', ...(about ? { about } : {}), extra: { piece, ...(role ? { role } : {}), ...(text ? { text } : {}), ...(step ? { step } : {}) } }
}

/**
 * What lies at `element`: whoever draws a piece marks it with `data-copy` (the piece), `data-about` (which one) and
 * `data-role`. Null where nothing is marked.
 */
export function wantedAt(element: Element | null): Wanted | null {
  const marked = element?.closest<HTMLElement>('[data-copy]')
  return marked && isPiece(marked.dataset['copy']) ? read(marked.dataset['copy'], marked.dataset['about'], marked.dataset['role']) : null
}

/** `the board`, `the task`: for a sentence. */
export function nameOf({ piece, role }: Wanted): string {
  switch (piece) {
    case 'role': return role ? `the card of the ${roleTitle(role)}` : 'the role card'
    case 'handoff': return 'the brief'
    case 'handover': return 'the announcement'
    case 'people': return 'who is here'
    default: return `the ${piece}`
  }
}

/** What to ask the home for. */
export function briefOf(incident: string, { piece, about, role, text }: Wanted, form: Form): AskBrief {
  return { incident, piece, form, about: about ?? null, role: role ?? null, text: text ?? null }
}

export const sameWish = (a: Wanted, b: Wanted): boolean => a.piece === b.piece && a.about === b.about && a.role === b.role && a.text === b.text
