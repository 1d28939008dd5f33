// What a declare line means: `sev1 checkout 502s for EU @dana #payments`.

import type { DeclarePreview, Severity, TokenView } from '../bindings.gen'
import { open, summary, type World } from './world'

const NAME = /^[\p{L}\p{N}\-_.]{1,40}$/u

/** Reads a line against what the home knows. */
export function preview(world: World, line: string): DeclarePreview {
  const tokens: TokenView[] = []
  const words: string[] = []
  let severity: Severity | null = null
  let commander: string | null = null
  const services: string[] = []
  for (const found of line.matchAll(/\S+/g)) {
    const word = found[0]
    const token = (kind: string, value: string, fresh: boolean) => tokens.push({ start: found.index, end: found.index + word.length, kind, value, new: fresh })
    const said = /^s(?:ev-?)?([1-5])$/i.exec(word)
    const name = word.slice(1).toLowerCase()
    if (said && !severity) token('severity', (severity = `sev${said[1]}` as Severity), false)
    else if (word.startsWith('@') && NAME.test(name) && !commander) token('person', (commander = name), !world.people.some((p) => p.handle === name))
    else if (word.startsWith('#') && NAME.test(name)) {
      services.push(name)
      token('service', name, !knownServices(world).has(name))
    } else words.push(word)
  }
  const title = words.join(' ')
  return {
    title, severity: severity ?? 'sev2', severity_said: severity !== null, commander: commander ?? world.me, commander_said: commander !== null, services, tokens,
    duplicates: title ? duplicates(world, title, services) : [], problem: title ? null : 'Say what is wrong, in a few words.',
  }
}

const knownServices = (world: World) => new Set(world.cases.flatMap((c) => c.services))

function duplicates(world: World, title: string, services: string[]) {
  const mine = content(title)
  return world.cases.filter(open).flatMap((c) => {
    const same = content(c.title).filter((word) => mine.includes(word))
    const service = services.find((s) => c.services.includes(s))
    if (same.length < 2 && !(service && same.length > 0)) return []
    const why = [service && `same service ${service}`, `same words ${same.slice(0, 3).join(', ')}`].filter(Boolean).join(', ')
    return [{ incident: summary(c), why }]
  }).slice(0, 3)
}

const SMALL = new Set(['for', 'the', 'and', 'are', 'with', 'from', 'not', 'all', 'of', 'in', 'on', 'to', 'is', 'by', 'up'])
const content = (title: string) => title.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 && !SMALL.has(word))
