// Calls. One way in, whichever back end answers.

import type { Backend } from './backend'
import type { Operations } from './bindings.gen'
import { IpcError } from './error'
import { tauri } from './tauri'

let chosen: Promise<Backend> | undefined

/** The back end: the shell inside the app, the fake one in a plain browser and in tests. */
export function backend(): Promise<Backend> {
  return (chosen ??= choose())
}

/** Sets the back end, for tests. */
export function useBackend(other: Backend) {
  chosen = Promise.resolve(other)
}

async function choose(): Promise<Backend> {
  if (typeof window !== 'undefined' && '__TAURI_INTERNALS__' in window) return tauri
  if (__WITH_MEMORY__) return (await import('./memory')).memory
  throw new IpcError({ code: 'no_desktop', message: 'This page is the window of the Muster app.', hint: 'Start Muster from the system menu.' })
}

/** Carries out an operation; throws `IpcError`. */
export function call<K extends keyof Operations>(op: K, params: Operations[K][0]): Promise<Operations[K][1]> {
  return raw(op, params) as Promise<Operations[K][1]>
}

/** Carries out an operation that is not in the table: the rescue screen's, offered by the shell while no home is open. */
export async function raw(op: string, params: object): Promise<unknown> {
  try {
    return await (await backend()).rpc(op, params)
  } catch (thrown) {
    throw IpcError.from(thrown)
  }
}
