// The way to the record. Features ask here and nowhere else.

export type * from './bindings.gen'
export { backend, call, raw, useBackend } from './client'
export { IpcError } from './error'
export { feed } from './feed'
export { Query, query, type QueryOptions } from './query.svelte'
export { type Step, undo } from './undo.svelte'
