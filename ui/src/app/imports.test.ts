// Who may know whom: lib ← kit ← features ← app; ipc is known by features and app; features meet only at their index.ts.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const SRC = resolve(import.meta.dirname, '..')
const MAY: Record<string, string[]> = {
  lib: ['lib'],
  kit: ['kit', 'lib'],
  ipc: ['ipc', 'lib'],
  features: ['features', 'kit', 'ipc', 'lib'],
  app: ['app', 'features', 'kit', 'ipc', 'lib'],
}

const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((f) => /\.(svelte|ts)$/.test(f) && !f.endsWith('.d.ts'))

function imports(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((found) => found[1]!)
}

const inside = (file: string, path: string) => relative(SRC, resolve(SRC, dirname(file), path))

test('imports go down only', () => {
  const wrong = files.flatMap((file) => {
    const layer = file.split('/')[0]!
    return imports(file).filter((path) => path.startsWith('.')).flatMap((path) => {
      const target = inside(file, path)
      const other = target.split('/')[0]!
      return MAY[layer] && !MAY[layer].includes(other) ? [`${file} imports ${target}`] : []
    })
  })
  expect(wrong, 'lower layers must not know higher ones').toEqual([])
})

test('a feature meets another only at its index', () => {
  const wrong = files.filter((file) => file.startsWith('features/')).flatMap((file) => {
    const mine = file.split('/')[1]
    return imports(file).filter((path) => path.startsWith('.')).flatMap((path) => {
      const [layer, noun, rest] = inside(file, path).split('/')
      const isIndex = rest === undefined || rest === 'index' || rest === 'index.ts'
      return layer === 'features' && noun !== mine && !isIndex ? [`${file} imports ${path}`] : []
    })
  })
  expect(wrong, 'what a feature offers is in its index.ts').toEqual([])
})

test('only one file knows Tauri', () => {
  const knowing = files.filter((file) => imports(file).some((path) => path.startsWith('@tauri-apps/')))
  expect(knowing).toEqual(['ipc/tauri.ts'])
})
