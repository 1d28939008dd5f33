import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { kindOf, KINDS } from './kinds'

const DOMAIN = resolve(import.meta.dirname, '../../../src-tauri/crates/domain/src/home/sources.rs')

test('the kinds are those of the domain, in its order', () => {
  const rows = [...readFileSync(DOMAIN, 'utf8').matchAll(/^ {4}\w+ "([^"]+)" "([^"]+)" (Push|Pull|Probe);$/gm)]
  expect(rows.length, 'the table of the domain is found').toBeGreaterThan(20)
  expect(KINDS).toEqual(rows.map(([, wire, label, way]) => ({ wire, label, way: way!.toLowerCase() })))
})

test('a kind of a newer home is not known, and nothing is made up', () => {
  expect(kindOf('prometheus-pull')).toEqual({ wire: 'prometheus-pull', label: 'Prometheus, asked', way: 'pull' })
  expect(kindOf('telex')).toBeNull()
})
