// A place for runes outside of a component, for tests.

import { flushSync } from 'svelte'

/** Makes something inside an effect root; `state.id` is a rune to move parameters with. */
export function place<T>(make: (state: { id: string | null }) => T): { value: T; dispose: () => void } {
  const state = $state<{ id: string | null }>({ id: null })
  let value!: T
  const dispose = $effect.root(() => {
    value = make(state)
  })
  flushSync()
  return { value, dispose }
}
