// From a form to an order to be quiet: what is still missing, what does not read, and the order itself. Pure.

import type { AddQuiet, AlertSeverity } from '../../ipc'
import { readMinutes } from '../../lib/minutes'
import { type Day, firstAt, lasting, readClock, ruleOf } from './recurrence'
import { HOW, readAhead } from './when'

/** What may be ordered here; the rest is ordered on its group. */
export type OrderKind = 'muted' | 'snoozed' | 'maintenance' | 'quiet_hours'
/** How maintenance recurs. */
export type Recurs = 'once' | 'weekly' | 'rule'

/** What stands in the form. */
export interface OrderForm {
  kind: OrderKind
  /** Every alert, instead of those that fit `when`. */
  everything: boolean
  when: string
  reason: string
  /** How long a mute or a snooze lasts, or one time of maintenance. */
  lasts: string
  recurs: Recurs
  /** When maintenance begins, or its first time by rule; empty: now. */
  from: string
  days: Day[]
  at: string
  /** When the quiet hours of a night end. */
  to: string
  rule: string
  /** The day until which it recurs. */
  until: string
  below: AlertSeverity
}

/** An order, or why there is none yet: `problem` where something typed does not read, null where something is missing. */
export type Ordered = { order: AddQuiet } | { field: keyof OrderForm; problem: string | null }

const DAY_MS = 24 * 60 * 60_000
const LENGTH = 'Write it like 90 min, 4 h or 2 d.'
const CLOCK = 'Write it like 22:00.'

/** A local day as `2026-12-01`. */
export const dayText = (at: number): string => new Date(at).toLocaleDateString('sv-SE')

/** The form as it opens. */
export function freshForm(kind: OrderKind, now: number): OrderForm {
  const night = kind === 'quiet_hours'
  return {
    kind, everything: night, when: '', reason: night ? 'night' : '', lasts: kind === 'snoozed' ? '1 h' : kind === 'muted' ? '1 d' : '2 h', recurs: 'once', from: '',
    days: night ? ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] : [], at: '22:00', to: '07:00', rule: 'FREQ=MONTHLY;BYDAY=1TU', until: dayText(now + (night ? 365 : 90) * DAY_MS), below: 'error',
  }
}

/** The order that a form says at `now`, in this machine's zone. */
export function orderOf(form: OrderForm, now: number, zone: string): Ordered {
  const wide = form.everything && (form.kind === 'maintenance' || form.kind === 'quiet_hours')
  if (!wide && !form.when.trim()) return missing('when')
  const times = form.kind === 'quiet_hours' ? night(form, now) : form.kind === 'maintenance' ? work(form, now) : lengthOf(form)
  if ('field' in times) return times
  if (!form.reason.trim() && (form.kind === 'maintenance' || form.kind === 'quiet_hours')) return missing('reason')
  return {
    order: {
      shape: form.kind, over: wide ? { everything: true } : { when: form.when.trim() }, reason: form.reason.trim() || null, ...times, ...('rule' in times ? { zone } : {}),
      ...(form.kind === 'quiet_hours' ? { below: form.below, title: `Quiet hours ${form.at} to ${form.to}` } : {}),
    },
  }
}

type NotYet = Exclude<Ordered, { order: AddQuiet }>
type Times = Pick<AddQuiet, 'from' | 'until' | 'minutes' | 'rule'>

const missing = (field: keyof OrderForm): NotYet => ({ field, problem: null })
const wrong = (field: keyof OrderForm, problem: string): NotYet => ({ field, problem })
const text = (at: number) => new Date(at).toISOString()

function lengthOf({ lasts }: OrderForm): { minutes: number } | NotYet {
  if (!lasts.trim()) return missing('lasts')
  const minutes = readMinutes(lasts)
  return minutes ? { minutes } : wrong('lasts', LENGTH)
}

function work(form: OrderForm, now: number): Times | NotYet {
  const length = lengthOf(form)
  if ('field' in length) return length
  if (form.recurs === 'weekly') return weekly(form, length.minutes, now)
  const from = form.from.trim() ? readAhead(form.from, now) : now
  if (from === null) return wrong('from', HOW)
  if (form.recurs === 'once') return { from: form.from.trim() ? text(from) : null, until: text(from + length.minutes * 60_000) }
  if (!form.rule.trim()) return missing('rule')
  return recurring({ rule: form.rule.trim(), from: text(from), minutes: length.minutes }, form, now)
}

function night(form: OrderForm, now: number): Times | NotYet {
  const [from, to] = [readClock(form.at), readClock(form.to)]
  if (from === null) return wrong('at', CLOCK)
  if (to === null || to === from) return wrong('to', to === from ? 'It ends when it begins.' : CLOCK)
  return weekly(form, lasting(from, to), now)
}

function weekly(form: OrderForm, minutes: number, now: number): Times | NotYet {
  const at = readClock(form.at)
  if (at === null) return wrong('at', CLOCK)
  const rule = ruleOf(form.days)
  const first = firstAt(form.days, at, now)
  if (rule === null || first === null) return missing('days')
  return recurring({ rule, from: text(first), minutes }, form, now)
}

function recurring(times: Times, { until }: OrderForm, now: number): Times | NotYet {
  const end = readAhead(until, now)
  return end === null ? (until.trim() ? wrong('until', HOW) : missing('until')) : { ...times, until: text(end) }
}
