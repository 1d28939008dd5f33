// The service catalogue of the fake home.

import type { Operations, ServiceCard, ServicesImport, ServiceView } from '../../bindings.gen'
import { fail, type World } from '../world'

type Handlers = { [K in keyof Operations]?: (world: World, params: Operations[K][0]) => Operations[K][1] }

const TAGS = ['settings', 'watch', 'alerts', 'home']

export const services: Handlers = {
  'service.list': (world) => [...world.triage.services].sort(([a], [b]) => a.localeCompare(b)).map(([name, card]) => view(world, name, card)),
  'service.describe': (world, { name, card }) => {
    const short = name.trim().replace(/^#/, '').toLowerCase()
    if (!/^[\p{L}\p{N}\-_./]{1,60}$/u.test(short)) fail('invalid_field', 'A service name has letters, digits, - _ . and / only.', 'Such as checkout-web.', 'name')
    if (card.link && !/^https?:\/\//.test(card.link)) fail('invalid_field', 'A link begins with http:// or https://.', null, 'link')
    if (card.depends_on.includes(short)) fail('invalid_field', 'A service does not rest on itself.', null, 'depends_on')
    const was = world.triage.services.get(short)
    world.triage.services.set(short, { ...card })
    const undo = was ? { op: 'service.describe', params: { name: short, card: was }, label: `Undo: ${short} as before` } : { op: 'service.remove', params: { name: short }, label: `Undo: no card of ${short}` }
    return world.receipt({ seq: world.push(TAGS), id: world.id() }, undefined, undo)
  },
  'service.remove': (world, { name }) => {
    const was = world.triage.services.get(name) ?? fail('not_found', `There is no service ${name}.`, 'Settings lists the services there are.')
    world.triage.services.delete(name)
    return world.receipt({ seq: world.push(TAGS), id: world.id() }, undefined, { op: 'service.describe', params: { name, card: was }, label: `Undo: ${name} is back` })
  },
  'service.import': (world, { text, dry_run = false }) => taken(world, text, dry_run),
}

function view(world: World, name: string, card: ServiceCard): ServiceView {
  const about = world.groups.filter((g) => g.services.includes(name))
  const probes = world.sources.filter((source) => source.settings.service === name).map((source) => source.name)
  return {
    name, in_catalog: true, card: { ...card }, dependents: [...world.triage.services].filter(([, other]) => other.depends_on.includes(name)).map(([other]) => other),
    watched_by: [...new Set([...about.flatMap((g) => g.sources), ...probes])], firing: about.reduce((sum, g) => sum + g.firing, 0),
  }
}

/** Our YAML (a list of services) or Backstage's catalog-info.yaml, as far as tests and the preview need. */
function taken(world: World, text: string, dry_run: boolean): ServicesImport {
  if (!text.trim()) fail('invalid_field', 'There is nothing to import.', 'Paste the text of a catalogue.', 'text')
  const pieces = /^kind:/m.test(text) ? text.split(/^---\s*$/m) : text.split(/^\s*- (?=name:)/m).slice(1)
  if (!pieces.length) fail('invalid_field', 'This names no service.', 'Write a list under "services:", each with "- name: …", or paste a catalog-info.yaml.', 'text')
  const out: ServicesImport = { added: [], changed: [], same: 0, skipped: [] }
  pieces.forEach((piece, i) => {
    const line = (key: string) => new RegExp(`^\\s*${key}:[ \\t]*(.+)$`, 'm').exec(piece)?.[1]?.trim().replace(/^["']|["']$/g, '') ?? null
    const kind = line('kind')
    if (kind && kind !== 'Component' && kind !== 'Resource') return void out.skipped.push(`Part ${i + 1} is a ${kind}, no service.`)
    const name = line('name')
    if (!name) return void out.skipped.push(`Part ${i + 1} has no name.`)
    const list = (/depends_?on:[ \t]*\[(.*)\]/i.exec(piece)?.[1] ?? [.../dependsOn:\s*\n((?:\s+- .+\n?)+)/g.exec(piece) ?? []].at(1)?.replace(/^\s*- (?:\w+:)?/gm, '').replace(/\n/g, ',') ?? '').split(',')
    const owner = line('owner')?.replace(/^(user|group):/, '') ?? null
    const card: ServiceCard = { title: line('title'), owner: kind ? null : (owner?.replace(/^@/, '') ?? null), team: kind ? owner : line('team'), depends_on: list.map((one) => one.trim()).filter(Boolean), link: line('link') }
    const known = world.triage.services.get(name)
    if (known && JSON.stringify(known) === JSON.stringify(card)) out.same += 1
    else (known ? out.changed : out.added).push(name)
    if (!dry_run) world.triage.services.set(name, card)
  })
  if (!dry_run && out.added.length + out.changed.length > 0) world.push(TAGS)
  return out
}
