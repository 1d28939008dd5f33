// Copying what has the focus: at once in the form used last, with the question where it was put. One copy is remembered, so
// that the key after it is about what really lies on the clipboard.

import { type BriefView, call, IpcError } from '../../../ipc'
import { copyComing, copyRich, type Taken } from '../../../lib/clipboard'
import { toasts } from '../../../lib/toasts.svelte'
import type { Room } from '../room.svelte'
import { type Form, keepForm, lastForm, shapeOf } from './forms'
import { askFor, briefOf, nameOf, sameWish, type Wanted } from './wanted'

/** What lies on the clipboard as far as this window knows. */
export interface OnClipboard {
  /** Whole id of the incident. */
  incident: string
  wanted: Wanted
  form: Form
  brief: BriefView
}

class LastCopy {
  /** Null until something was copied, and after it was said where it went. */
  now = $state.raw<OnClipboard | null>(null)

  /** Whether this is what was copied last. */
  is(incident: string, wanted: Wanted, form?: Form): boolean {
    return this.now !== null && this.now.incident === incident && sameWish(this.now.wanted, wanted) && (form === undefined || this.now.form === form)
  }
}

/** The window's last copy. */
export const lastCopy = new LastCopy()

const REFUSED = ['The system did not take the copy.', 'Press Y again for the words, then select and copy them.'] as const

/** On its way to the clipboard: a second copy would take its place there, and one of them would be refused. */
let coming: Omit<OnClipboard, 'brief'> | null = null

/** Copies at once in the form used last; pressed again for the same piece, it shows the words and the other forms. */
export async function copyOut(room: Room, wanted: Wanted) {
  const { incident } = room
  if (!incident) return
  const form = lastForm()
  if (lastCopy.is(incident.id, wanted, form) || (coming?.incident === incident.id && sameWish(coming.wanted, wanted))) return room.open(askFor(wanted))
  coming = { incident: incident.id, wanted, form }
  try {
    const brief = call('brief', briefOf(incident.ref, wanted, form))
    const taken = await copyComing(brief, shapeOf(form).rich)
    said(room, { incident: incident.id, wanted, form, brief: await brief }, taken)
  } catch (thrown) {
    const error = IpcError.from(thrown)
    room.refuse(`Not copied. ${error.message}`, error.hint)
  } finally {
    coming = null
  }
}

/** Copies words that are on screen. Returns whether the system took them. */
export async function copyShown(room: Room, what: OnClipboard): Promise<boolean> {
  keepForm(what.form)
  return said(room, what, await copyRich({ text: what.brief.text, html: shapeOf(what.form).rich ? what.brief.html : null }))
}

/** Hands a draft to the person's own mail program. */
export async function mailOut(room: Room, wanted: Wanted) {
  const { incident } = room
  if (!incident) return
  try {
    const brief = await call('brief', briefOf(incident.ref, wanted, 'mail'))
    if (!brief.mailto) return void room.refuse('These words are too long for a mail link.', 'Copy them as mail and paste them into your mail program.')
    await call('window.link', { url: brief.mailto })
    lastCopy.now = { incident: incident.id, wanted, form: 'mail', brief }
    tell(room, wanted, 'Opened a draft in your mail program.')
  } catch (thrown) {
    const error = IpcError.from(thrown)
    room.refuse(`No mail was opened. ${error.message}`, error.hint)
  }
}

function said(room: Room, what: OnClipboard, taken: Taken): boolean {
  if (taken === null) return room.refuse(...REFUSED)
  const { rich, purpose } = shapeOf(what.form)
  lastCopy.now = what
  const plain = rich && taken === 'plain' && what.brief.html !== null
  tell(room, what.wanted, plain ? `Copied ${nameOf(what.wanted)} as plain text: the system took no formatting.` : `Copied ${nameOf(what.wanted)} ${purpose}.`)
  return true
}

function tell(room: Room, wanted: Wanted, text: string) {
  toasts.show(text, { label: wanted.piece === 'ask' ? 'Told where?' : 'Posted where?', keys: ['P'], run: () => askWhere(room, wanted) })
}

/** Asks where it was put. An ask that was put somewhere is a person who was told: that is another fact. */
export function askWhere(room: Room, wanted: Wanted) {
  room.open(wanted.piece === 'ask' && wanted.about ? { kind: 'tell', about: wanted.about } : askFor(wanted, 'posted'))
}
