// Sources of the fake home and its door, as they look from outside.

import { kindOf } from '../../lib/kinds'
import type { Finding, ListenerView, Operations, SourceCreated, SourceSettings, SourceView } from '../bindings.gen'
import { fail, type Source, type World } from './world'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

const TAGS = ['sources', 'home', 'settings', 'watch']
/** Seconds between two asks, least and most. */
const EVERY_SECS: [number, number] = [5, 3600]
const NEEDS_MAPPING = ['mapped', 'json-pull']

export const noSettings = (): SourceSettings => ({ url: null, every_secs: null, silent_minutes: null, mapping: null, header: null, expect: null, service: null })
export const sourceView = ({ token: _, ...source }: Source): SourceView => ({ ...source })
export const listener = (world: World): ListenerView => ({ enabled: world.machine.listener_enabled, listening: world.machine.listener_enabled ? world.machine.listener_address : null, error: null, certificate: world.machine.listener_enabled && world.machine.listener_tls ? `${world.path}/listener.pem` : null })

/** A source as it is right after it was added. */
export function sourceOf(world: World, kind: string, name: string, more: Partial<Source> = {}): Source {
  const { label, way } = kindOf(kind) ?? fail('invalid_field', `Muster does not know the kind ${kind}.`, 'Choose one of the list.', 'kind')
  return { name, kind, label, way, settings: noSettings(), has_secret: false, silent_since: null, added_at: world.at(), last_heard_at: null, requests: 0, refused: 0, last_refusal: null, uptime: null, token: token(world), ...more }
}

export const sources: Handlers = {
  'source.list': (world) => world.sources.map(sourceView),
  'source.add': (world, { kind, name, settings, secret }) => {
    const short = name.trim().toLowerCase()
    if (!/^[\p{L}\p{N}\-_.]{1,40}$/u.test(short)) fail('invalid_field', 'A source name has letters, digits, - _ and . only.', 'Such as alertmanager-eu.', 'name')
    if (world.sources.some((s) => s.name === short)) fail('refused', `There is a source ${short} already.`, 'Choose another name, or give that one a new token.', 'name')
    const source = sourceOf(world, kind, short, { settings: checked(kind, settings ?? noSettings()), has_secret: Boolean(secret) })
    if (kind === 'pagerduty-pull' && !secret) fail('invalid_field', 'PagerDuty answers only with a token.', 'Make a read-only REST API key in PagerDuty.', 'secret')
    world.sources.push(source)
    world.push(TAGS)
    return created(world, source)
  },
  'source.set': (world, { name, settings, secret }) => {
    const source = world.source(name)
    const was = source.settings
    source.settings = checked(source.kind, settings)
    if (secret) source.has_secret = true
    return world.receipt({ seq: world.push(TAGS), id: world.id() }, undefined, { op: 'source.set', params: { name, settings: was }, label: `Undo: ${name} as before` })
  },
  'source.rotate': (world, { name }) => {
    const source = world.source(name)
    source.token = token(world)
    world.push(['sources', 'settings'])
    return created(world, source)
  },
  'source.remove': (world, { name }) => {
    world.sources = world.sources.filter((s) => s !== world.source(name))
    return world.receipt({ seq: world.push(TAGS), id: world.id() })
  },
  'source.refusals': (world, { name }) => world.refusals.filter((r) => r.source === world.source(name).name),
  'source.ask': (world) => ({ asked: world.sources.filter((source) => source.way !== 'push').length }),
  'source.test': (world, { name }) => tested(world, world.source(name)),
}

function checked(kind: string, settings: SourceSettings): SourceSettings {
  const { url, every_secs, mapping } = settings
  const way = kindOf(kind)?.way
  if (way !== 'push' && kind !== 'pagerduty-pull' && !url) fail('invalid_field', way === 'pull' ? 'Say where to ask.' : 'Say what to try.', kind === 'probe-tcp' ? 'Such as db.example.com:5432.' : 'Such as https://example.com/health.', 'url')
  if (url && kind === 'probe-tcp' && !/^[^/:\s]+:\d+$/.test(url)) fail('invalid_field', `${url} is no host and port.`, 'Write it like db.example.com:5432.', 'url')
  if (url && kind !== 'probe-tcp' && !/^https?:\/\/\S+$/.test(url)) fail('invalid_field', `${url} is no address.`, 'It begins with http:// or https://.', 'url')
  if (every_secs !== null && (every_secs < EVERY_SECS[0] || every_secs > EVERY_SECS[1])) fail('invalid_field', 'A source is asked every 5 seconds to every hour.', null, 'every_secs')
  if (NEEDS_MAPPING.includes(kind) && !mapping?.trim()) fail('invalid_field', 'This kind is read by a mapping.', 'Write which fields become the title, the severity and the key.', 'mapping')
  return { ...settings }
}

const token = (world: World) => `mst_${fnv(world.id())}${fnv(`${world.now()}`)}`
const fnv = (text: string) => [...text].reduce((h, c) => Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0, 2166136261).toString(16).padStart(8, '0').repeat(2)

function created(world: World, { name, kind, way, token }: Source): SourceCreated {
  const base = `http://${world.machine.listener_address}`
  const url = kind === 'report' ? `${base}/report/${token}` : kind === 'heartbeat' ? `${base}/ping/${token}` : `${base}/hooks/${kind}/${token}`
  const texts: Record<string, string> = {
    alertmanager: `receivers:\n  - name: muster\n    webhook_configs:\n      - url: ${url}\n        send_resolved: true\nroute:\n  receiver: muster`,
    heartbeat: `# at the end of the job\ncurl -fsS ${url}`,
    report: `Give this address to whoever may report a problem:\n${url}`,
  }
  return way === 'push' ? { name, kind, token, url, setup: texts[kind] ?? `POST ${url}` } : { name, kind, token, url: '', setup: '' }
}

function tested(world: World, source: Source): Finding[] {
  if (source.way === 'push' && !world.machine.listener_enabled) return [{ name: 'listener', ok: false, text: 'The listener is off, so nothing can arrive.', hint: 'Switch the listener on.' }]
  if (source.settings.url?.includes('unreachable')) return [{ name: 'ask', ok: false, text: `${source.settings.url} does not answer: connection refused.`, hint: 'Look at the address, and whether this machine needs a VPN for it.' }]
  Object.assign(source, { last_heard_at: world.at(), requests: source.requests + 1, silent_since: null })
  world.push(TAGS)
  if (source.way === 'probe') return [{ name: 'try', ok: true, text: `${source.settings.url} answered in 84 ms.`, hint: null }]
  if (source.way === 'pull') return [{ name: 'ask', ok: true, text: `${source.settings.url ?? 'api.pagerduty.com'} answered in 112 ms.`, hint: null }, { name: 'read', ok: true, text: 'Two alerts were read.', hint: null }]
  return [
    { name: 'listener', ok: true, text: `It listens on ${world.machine.listener_address}.`, hint: null },
    { name: 'token', ok: true, text: 'It knows the token.', hint: null },
    { name: 'alert', ok: true, text: 'A test alert was stored and has ended.', hint: null },
  ]
}
