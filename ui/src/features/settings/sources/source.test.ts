import { expect, test } from 'vitest'
import { aSource } from '../../../ipc/testing'
import { KINDS } from '../../../lib/kinds'
import { about, formOf, isWhole, needsOf, settingsOf } from './source'

const EMPTY = { url: null, every_secs: null, silent_minutes: null, mapping: null, header: null, expect: null, service: null }

test('each kind asks only for what it needs', () => {
  expect(needsOf('alertmanager')).toEqual({ silence: 'optional', service: true })
  expect(needsOf('prometheus-pull')).toMatchObject({ url: { label: 'Address to ask' }, every: true })
  expect(needsOf('probe-tcp')).toMatchObject({ expect: 'tcp', url: { placeholder: 'db.example.com:5432' } })
  expect(needsOf('heartbeat').silence, 'silence is all it says').toBe('needed')
  expect(needsOf('telex'), 'a kind of a newer home is asked for little').toEqual({ silence: 'optional', service: true })
  for (const kind of KINDS) if (kind.way !== 'push') expect(needsOf(kind.wire).url, kind.wire).toBeDefined()
})

test('a form says what its kind asks, and nothing else', () => {
  const form = { ...formOf(), url: ' https://prom.example ', every: '30', silence: '10 min', service: '#checkout', status: '200' }
  expect(settingsOf('prometheus-pull', form)).toEqual({ ...EMPTY, url: 'https://prom.example', every_secs: 30, silent_minutes: 10, service: 'checkout' })
  expect(settingsOf('alertmanager', form)).toEqual({ ...EMPTY, silent_minutes: 10, service: 'checkout' })
  expect(settingsOf('probe-http', { ...form, within: '2000', tries: '3' })).toMatchObject({ expect: { status: 200, text: null, within_ms: 2000, certificate_days: null, tries: 3 } })
})

test('what does not read is said at its field', () => {
  expect(settingsOf('prometheus-pull', { ...formOf(), every: 'often' })).toEqual({ field: 'every', problem: 'Use a whole number.' })
  expect(settingsOf('alertmanager', { ...formOf(), silence: 'long' })).toMatchObject({ field: 'silence' })
})

test('what a kind cannot do without is waited for', () => {
  expect(isWhole('alertmanager', formOf(), false)).toBe(true)
  expect(isWhole('probe-http', formOf(), false)).toBe(false)
  expect(isWhole('pagerduty-pull', { ...formOf(), secret: 'k' }, false), 'its address is known').toBe(true)
  expect(isWhole('pagerduty-pull', formOf(), true), 'its key lies here already').toBe(true)
  expect(isWhole('heartbeat', formOf(), false)).toBe(false)
})

test('a form reads back what is set', () => {
  const settings = { ...EMPTY, url: 'https://shop.example', every_secs: 60, silent_minutes: 90, expect: { status: 200, text: null, within_ms: 2000, certificate_days: 14, tries: 3 } }
  expect(formOf(settings)).toMatchObject({ url: 'https://shop.example', every: '60', silence: '1 h 30', status: '200', within: '2000', certificate: '14', tries: '3', secret: '' })
})

test('a source says its kind, and how much it sent or where it is asked', () => {
  expect(about(aSource('eu', 4, { requests: 41207 }))).toBe('Alertmanager, 41,207 requests')
  expect(about(aSource('shop', 4, { way: 'probe', label: 'HTTP probe', settings: { ...EMPTY, url: 'https://shop.example', every_secs: 60, service: 'checkout' } }))).toBe('HTTP probe, https://shop.example, every 60 s, checkout')
})
