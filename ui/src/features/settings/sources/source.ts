// What each kind of source needs to be told, and a form of it as text. Pure; the home says what is refused.

import type { Expect, SourceSettings, SourceView } from '../../../ipc'
import { kindOf, type Way } from '../../../lib/kinds'
import { minutesText, readMinutes } from '../../../lib/minutes'

/** What is asked for a kind; what is absent is not asked. */
export interface Needs {
  /** The label of the address, and whether it may stay empty. */
  url?: { label: string; placeholder: string; optional?: boolean }
  every?: true
  /** The label of the secret, and whether it may stay empty. */
  secret?: { label: string; help: string; needed?: boolean }
  header?: true
  mapping?: true
  /** Whether it can be told what happens here. */
  reply?: true
  /** Its silence is an alarm after so long; needed where silence is all it says. */
  silence?: 'optional' | 'needed'
  service?: true
  expect?: 'http' | 'tcp'
}

const TOKEN = { label: 'Token', help: 'Only where it asks for one. It is kept with this machine’s secrets and not shown again.' }
const SIGNING = { label: 'Secret that signs', help: 'Checked on every request where it is set. It is kept with this machine’s secrets and not shown again.' }
const ASKED: Needs = { url: { label: 'Address to ask', placeholder: 'https://alertmanager.example.com' }, every: true, secret: TOKEN, silence: 'optional', service: true }

const OWN: Record<string, Needs> = {
  grafana: { secret: SIGNING, silence: 'optional', service: true },
  sentry: { secret: SIGNING, service: true },
  github: { secret: SIGNING },
  mapped: { mapping: true, silence: 'optional', service: true },
  nagios: { service: true },
  email: { service: true },
  heartbeat: { silence: 'needed', service: true },
  report: { service: true },
  'pagerduty-pull': { url: { label: 'Address to ask', placeholder: 'https://api.pagerduty.com', optional: true }, every: true, secret: { label: 'REST API key', help: 'Your own; read-only is enough to listen. It is kept with this machine’s secrets and not shown again.', needed: true }, reply: true, silence: 'optional' },
  'json-pull': { ...ASKED, url: { label: 'Address to ask', placeholder: 'https://status.example.com/alerts.json' }, header: true, mapping: true },
  'probe-http': { url: { label: 'Address to try', placeholder: 'https://shop.example.com/health' }, every: true, service: true, expect: 'http' },
  'probe-tcp': { url: { label: 'Host and port to try', placeholder: 'db.example.com:5432' }, every: true, service: true, expect: 'tcp' },
}

/** What a kind must be told. */
export const needsOf = (kind: string): Needs => OWN[kind] ?? (kindOf(kind)?.way === 'pull' ? ASKED : { silence: 'optional', service: true })

/** The ways in the order they are shown, each with what it means. */
export const WAYS: readonly { way: Way; title: string; says: string }[] = [
  { way: 'push', title: 'Push', says: 'They send to this machine, each with its own token.' },
  { way: 'pull', title: 'Asked', says: 'This machine asks them: no way in is needed.' },
  { way: 'probe', title: 'Tried', says: 'Muster tries them itself; a few failures in a row are an alarm.' },
]

/** A source's settings as they stand in the form. */
export interface SourceForm {
  url: string
  every: string
  silence: string
  mapping: string
  header: string
  service: string
  secret: string
  reply: string
  status: string
  text: string
  within: string
  certificate: string
  tries: string
}

const number = (n: number | null | undefined) => (n == null ? '' : String(n))

/** The form of a source as it is set, or of a new one. */
export function formOf(settings?: SourceSettings): SourceForm {
  const { url, every_secs, silent_minutes, mapping, header, expect, service, reply_as } = settings ?? ({} as Partial<SourceSettings>)
  return {
    url: url ?? '', every: number(every_secs), silence: silent_minutes ? minutesText(silent_minutes) : '', mapping: mapping ?? '', header: header ?? '', service: service ?? '', secret: '', reply: reply_as ?? '',
    status: number(expect?.status), text: expect?.text ?? '', within: number(expect?.within_ms), certificate: number(expect?.certificate_days), tries: number(expect?.tries),
  }
}

/** The field that does not read, with what to do. */
export interface Unread {
  field: keyof SourceForm
  problem: string
}

const whole = (typed: string): number | null | undefined => (typed.trim() === '' ? null : /^\d+$/.test(typed.trim()) ? Number(typed) : undefined)

/** What a form says, as far as its kind asks; the first field that does not read instead. */
export function settingsOf(kind: string, form: SourceForm): SourceSettings | Unread {
  const needs = needsOf(kind)
  const bad = (Object.entries({ every: needs.every, status: needs.expect === 'http', within: needs.expect, certificate: needs.expect === 'http', tries: needs.expect }) as [keyof SourceForm, unknown][])
    .find(([field, asked]) => asked && whole(form[field]) === undefined)
  if (bad) return { field: bad[0], problem: 'Use a whole number.' }
  const silence = form.silence.trim() === '' ? null : readMinutes(form.silence)
  if (needs.silence && silence === undefined) return { field: 'silence', problem: 'Write it like 10 min or 25 h.' }
  const words = (asked: unknown, text: string) => (asked ? text.trim() || null : null)
  return {
    url: words(needs.url, form.url), every_secs: needs.every ? whole(form.every)! : null, silent_minutes: needs.silence ? silence! : null, mapping: words(needs.mapping, form.mapping),
    header: words(needs.header, form.header), service: words(needs.service, form.service.replace(/^#/, '')), expect: needs.expect ? expectOf(form, needs.expect) : null,
    ...(needs.reply && form.reply.trim() ? { reply_as: form.reply.trim() } : {}),
  }
}

function expectOf(form: SourceForm, kind: 'http' | 'tcp'): Expect {
  const http = kind === 'http'
  return { status: http ? whole(form.status)! : null, text: http ? form.text.trim() || null : null, within_ms: whole(form.within)!, certificate_days: http ? whole(form.certificate)! : null, tries: whole(form.tries)! }
}

/** Whether all that its kind cannot do without is there. `kept`: a secret lies on this machine already. */
export function isWhole(kind: string, form: SourceForm, kept: boolean): boolean {
  const needs = needsOf(kind)
  const there = (asked: boolean | undefined, text: string) => !asked || text.trim() !== ''
  return there(needs.url && !needs.url.optional, form.url) && there(needs.mapping, form.mapping) && there(needs.silence === 'needed', form.silence) && there(needs.secret?.needed && !kept, form.secret)
}

/** What stands beneath a source's name: its kind, and where it is asked or how much it sent. */
export function about(source: SourceView): string {
  const { label, way, settings, requests } = source
  const rhythm = settings.every_secs ? `every ${settings.every_secs} s` : null
  return [label, way === 'push' ? `${requests.toLocaleString('en')} ${requests === 1 ? 'request' : 'requests'}` : settings.url, way === 'push' ? null : rhythm, settings.service].filter(Boolean).join(', ')
}
