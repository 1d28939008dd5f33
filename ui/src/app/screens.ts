// The screens that are loaded when first shown. Watch is the first and comes with the window.

import type { Component } from 'svelte'
import type { IpcError } from '../ipc'

type Screen = Component<Record<string, unknown>>

/** Loads once; a load that failed is tried again the next time. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () =>
    (loading ??= load().catch((thrown) => {
      loading = undefined
      throw thrown
    }))
}

const rescue = once(() => import('../features/rescue'))

export const screens = {
  incidents: once(async () => (await import('../features/incidents')).IncidentList as unknown as Screen),
  incident: once(async () => (await import('./room')).IncidentRoom as unknown as Screen),
  people: once(async () => (await import('./people')).People as unknown as Screen),
  quiet: once(async () => (await import('./quiet')).Quiet as unknown as Screen),
  settings: once(async () => (await import('../features/settings')).Settings as unknown as Screen),
  /** The rescue screen where the error is of that kind, else nothing. */
  async rescue(error: IpcError) {
    const { Rescue, rescueFor } = await rescue()
    return rescueFor(error) ? Rescue : null
  },
}
