import { render, screen } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import { toasts } from '../lib/toasts.svelte'
import Toasts from './Toasts.svelte'

afterEach(() => [...toasts.list].forEach((toast) => toasts.dismiss(toast.id)))

test('the key stands with what it takes back, and no other', () => {
  const undo = { label: 'Undo', keys: ['Z'], run: () => undefined }
  toasts.show('Snoozed', undo)
  toasts.show('Muted', undo)
  toasts.show('Saved elsewhere')
  render(Toasts)
  const buttons = screen.getAllByRole('button', { name: /Undo/ })
  expect(buttons.map((button) => button.textContent?.includes('Z'))).toEqual([false, true])
})
