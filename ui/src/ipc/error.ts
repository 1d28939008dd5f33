// Why an operation was not carried out, as the window holds it.

import type { Fault } from '../lib/fault'
import type { ApiError, Code } from './bindings.gen'

/** Codes of the shell's own making come beside the table's. */
export class IpcError extends Error implements Fault {
  readonly code: Code
  readonly hint: string | null
  readonly field: string | null

  constructor(error: { code: Code; message: string; hint?: string | null; field?: string | null }) {
    super(error.message)
    this.name = 'IpcError'
    this.code = error.code
    this.hint = error.hint ?? null
    this.field = error.field ?? null
  }

  /** Anything thrown, as one of ours. */
  static from(thrown: unknown): IpcError {
    if (thrown instanceof IpcError) return thrown
    if (isApiError(thrown)) return new IpcError(thrown)
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    return new IpcError({ code: 'internal', message: `Muster could not answer: ${message}`, hint: 'Copy the details and try again.' })
  }
}

function isApiError(thrown: unknown): thrown is ApiError {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown
}
