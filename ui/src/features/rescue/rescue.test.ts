import { expect, test } from 'vitest'
import { IpcError } from '../../ipc'
import { backupsIn, choices, fileName, hintWords, rescueFor } from './rescue'

test('every way in which a home does not open has its own words', () => {
  for (const code of ['corrupt_home', 'newer_home', 'home_busy', 'not_saved'] as const) expect(rescueFor(new IpcError({ code, message: '' })), code).not.toBeNull()
  expect(rescueFor(new IpcError({ code: 'internal', message: '' })), 'another fault is not a rescue').toBeNull()
})

test('a newer home is never restored over or rebuilt', () => {
  expect(rescueFor(new IpcError({ code: 'newer_home', message: '' }))!.ways).toEqual(['retry', 'export'])
})

test('the shell lists the backups; without its list the hint does', () => {
  const made = (path: string, at: string) => ({ path, at, bytes: 1 })
  expect(choices([made('/b/1.db', '2026-11-20T00:00:00Z'), made('/b/2.db', '2026-11-22T00:00:00Z')], null).map((c) => c.path)).toEqual(['/b/2.db', '/b/1.db'])
  expect(choices(null, 'Backups: /b/1.db')).toEqual([{ path: '/b/1.db' }])
  expect(choices([], null)).toEqual([])
})

test('backups are read out of the hint, newest first', () => {
  const hint = 'Backups: /h/backups/muster-2026-11-20.db, /h/backups/muster-2026-11-22.db'
  expect(backupsIn(hint)).toEqual(['/h/backups/muster-2026-11-22.db', '/h/backups/muster-2026-11-20.db'])
  expect(backupsIn('C:\\Muster\\backups\\a.db\nC:\\Muster\\backups\\b.db')).toHaveLength(2)
  expect(backupsIn('Run `muster doctor`, then restore a backup or rebuild.')).toEqual([])
  expect(hintWords('Close it.')).toBe('Close it.')
  expect(hintWords(hint)).toBeNull()
  expect(fileName('/h/backups/muster-2026-11-22.db')).toBe('muster-2026-11-22.db')
})
