import { expect, test } from 'vitest'
import { IpcError } from '../../ipc'
import { backupsIn, choices, fileName, hintWords, madeAt, rescueFor, said } from './rescue'

test('every way in which a home does not open has its own words', () => {
  for (const code of ['corrupt_home', 'newer_home', 'home_busy', 'not_saved'] as const) expect(rescueFor(new IpcError({ code, message: '' })), code).not.toBeNull()
  expect(rescueFor(new IpcError({ code: 'internal', message: '' })), 'another fault is not a rescue').toBeNull()
})

test('a newer home is never restored over or rebuilt', () => {
  expect(rescueFor(new IpcError({ code: 'newer_home', message: '' }))!.ways).toEqual(['retry', 'export'])
})

test('the name of a backup says when it was made', () => {
  expect(madeAt('/h/backups/muster-20261122T130500Z.db')).toBe('2026-11-22T13:05:00Z')
  expect(madeAt('/h/backups/copy.db')).toBeNull()
})

test('the shell lists the backups; where it cannot, the hint names them', () => {
  const made = (path: string, at: string) => ({ path, at, bytes: 1 })
  expect(choices([made('/b/1.db', '2026-11-20T00:00:00Z'), made('/b/2.db', '2026-11-22T00:00:00Z')], null).map((c) => c.path)).toEqual(['/b/2.db', '/b/1.db'])
  expect(choices([], 'Backups: /b/muster-20261122T130500Z.db')).toEqual([{ path: '/b/muster-20261122T130500Z.db', at: '2026-11-22T13:05:00Z', bytes: null }])
  expect(choices([], null)).toEqual([])
})

test('what came of it is said with its losses', () => {
  expect(said.restored({ from: '/b/muster-1.db', events: 1204, moved: ['/h/old'] })).toBe('Restored 1,204 events from muster-1.db. What was there is kept beside it.')
  expect(said.rebuilt({ events: 1, lost: 0, moved: [] })).toBe('Saved 1 event; none is known to be lost.')
  expect(said.rebuilt({ events: 9, lost: 2, moved: [] })).toBe('Saved 9 events; 2 lost.')
  expect(said.exported({ path: '/h/x.jsonl', events: 3, unreadable: 1 })).toBe('Wrote 3 events to /h/x.jsonl. 1 row did not read.')
})

test('backups are read out of the hint, newest first', () => {
  const hint = 'Backups: /h/backups/muster-2026-11-20.db, /h/backups/muster-2026-11-22.db'
  expect(backupsIn(hint)).toEqual(['/h/backups/muster-2026-11-22.db', '/h/backups/muster-2026-11-20.db'])
  expect(backupsIn('Put a backup in its place with `muster restore FILE`, the newest first:\n/h/backups/muster-20261122T130500Z.db\n/h/backups/muster-20261121T130500Z.db'), 'as the home says it').toHaveLength(2)
  expect(backupsIn('C:\\Muster\\backups\\a.db\nC:\\Muster\\backups\\b.db')).toHaveLength(2)
  expect(backupsIn('Run `muster doctor`, then restore a backup or rebuild.')).toEqual([])
  expect(hintWords('Close it.')).toBe('Close it.')
  expect(hintWords(hint)).toBeNull()
  expect(fileName('/h/backups/muster-2026-11-22.db')).toBe('muster-2026-11-22.db')
})
