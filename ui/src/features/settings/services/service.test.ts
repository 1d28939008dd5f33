import { expect, test } from 'vitest'
import type { ServiceView } from '../../../ipc'
import { cardOf, formOf, ownerOf, unwatched } from './service'

const service = (more: Partial<ServiceView> = {}): ServiceView => ({ name: 'checkout-web', in_catalog: true, card: { title: 'Checkout', owner: 'nils', team: 'Payments', depends_on: ['edge-eu', 'payments'], link: null }, dependents: [], watched_by: ['eu'], firing: 0, ...more })

test('a card is read from its form, and back', () => {
  expect(cardOf(formOf(service()))).toEqual(service().card)
  expect(cardOf({ ...formOf(), owner: ' @Nils ', rests: '#edge-eu,payments  edge-eu' })).toEqual({ title: null, owner: 'nils', team: null, depends_on: ['edge-eu', 'payments'], link: null })
})

test('whose it is, and what nobody watches', () => {
  expect(ownerOf(service())).toBe('@nils, Payments')
  expect(ownerOf(service({ card: { title: null, owner: null, team: null, depends_on: [], link: null } }))).toBeNull()
  expect(unwatched([service(), service({ name: 'sso', watched_by: [] })]).map((one) => one.name)).toEqual(['sso'])
})
