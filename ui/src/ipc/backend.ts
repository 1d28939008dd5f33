// What the window needs of whatever answers it: the shell, or the fake one.

import type { Pushed } from './bindings.gen'

/** The other side of every call. */
export interface Backend {
  /** Carries out an operation; rejects with `{code, message, hint, field}`. */
  rpc(op: string, params: object): Promise<unknown>
  /** Pushes what changed after `since`; resolves when subscribed. The result ends the subscription. */
  subscribe(since: number, pushed: (push: Pushed) => void): Promise<() => void>
}
