// What is done with sources in Settings: added, tested, set, given a new token, removed.

import { call, type Finding, IpcError, type SourceCreated, type SourceView, undo } from '../../../ipc'

/** What is asked before it is done. */
export interface Sure {
  what: 'rotate' | 'remove'
  source: SourceView
}

export class Sourcing {
  adding = $state(false)
  editing = $state.raw<SourceView | null>(null)
  /** A token, the one time it is shown. */
  created = $state.raw<SourceCreated | null>(null)
  asking = $state.raw<Sure | null>(null)
  tested = $state.raw<{ name: string; findings: Finding[] } | null>(null)
  /** The source whose refusals are shown. */
  looking = $state<string | null>(null)
  /** The source with an operation on its way. */
  working = $state<string | null>(null)
  fault = $state.raw<IpcError | null>(null)

  /** What comes after adding: the token where it sends, else whether it can be heard. */
  added(made: SourceCreated, way: string | undefined) {
    if (way === 'push') this.created = made
    else void this.test(made.name)
  }

  test = (name: string) =>
    this.#attempt(name, async () => {
      this.tested = null
      this.tested = { name, findings: await call('source.test', { name }) }
    })

  /** Does what was asked. */
  sure = () =>
    this.#attempt(this.asking?.source.name ?? null, async () => {
      const { what, source } = this.asking!
      if (what === 'rotate') this.created = await call('source.rotate', { name: source.name })
      else {
        undo.said(`${source.name} is removed. What it sent stays`, await call('source.remove', { name: source.name }))
        if (this.tested?.name === source.name) this.tested = null
      }
      this.asking = null
    })

  listen = () => this.#attempt(null, async () => void (await call('machine.set', { listener_enabled: true })))

  async #attempt(name: string | null, work: () => Promise<void>) {
    this.fault = null
    this.working = name ?? ''
    try {
      await work()
    } catch (thrown) {
      this.fault = IpcError.from(thrown)
    } finally {
      this.working = null
    }
  }
}
