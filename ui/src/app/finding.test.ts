import { expect, test } from 'vitest'
import type { IncidentSummary, SearchHit } from '../ipc'
import type { Action } from '../lib/actions.svelte'
import { found } from './finding'

const action = (id: string, title: string, more: Partial<Action> = {}): Action => ({ id, title, group: 'Watch', run() {}, ...more })
const incident = (ref: string, title: string, status = 'investigating') => ({ id: ref, ref, title, status, services: ['checkout-web'] }) as unknown as IncidentSummary
const all = [action('take', 'Take command'), action('watch', 'Go to Watch'), action('down', 'Next row', { hidden: true })]
const open = [incident('INC-7K3F', 'Checkout returns 502'), incident('INC-6TM4', 'Orders slow', 'closed')]

test('with nothing typed: open incidents, then what can be done', () => {
  expect(found('', all, open, []).map((line) => line.id)).toEqual(['i:INC-7K3F', 'a:take', 'a:watch'])
})

test('a reference comes first, an action before a title', () => {
  expect(found('7k3f', all, open, [])[0]!.id).toBe('i:INC-7K3F')
  expect(found('command', all, open, []).map((line) => line.id)).toEqual(['a:take'])
  expect(found('orders', all, open, []).map((line) => line.id), 'past incidents are found by their words').toEqual(['i:INC-6TM4'])
})

test('hits of the record come last, with their marks', () => {
  const hit = { incident: open[0]!, event: 'e1', at: '', snippet: 'the \u{E000}ratio\u{E001} fell' } as SearchHit
  const line = found('ratio', all, open, [hit])[0]!
  expect(line).toMatchObject({ kind: 'entry', title: [{ text: 'the ', hit: false }, { text: 'ratio', hit: true }, { text: ' fell', hit: false }] })
})
