// Asking again by hand: every source that can be asked from here, and what it answered.

import { call, IpcError, type SourceView } from '../../ipc'
import { count } from '../../lib/words'

/** Whether this machine can ask it, instead of waiting to be sent something. */
export const askable = (source: SourceView): boolean => source.way === 'pull' || source.way === 'probe'

export class Reasking {
  working = $state(false)
  /** What came of it, one sentence each; empty before. */
  said = $state.raw<string[]>([])

  async ask(sources: readonly SourceView[]) {
    if (this.working) return
    this.working = true
    this.said = []
    const answers = await Promise.all(sources.filter(askable).map((source) => this.#one(source)))
    const answered = answers.filter((why) => why === null).length
    const not = answers.filter((why) => why !== null)
    this.said = [...(answered ? [`${count(answered, 'source')} answered.`] : []), ...not]
    this.working = false
  }

  /** Null where it answered, else why not. */
  async #one({ name }: SourceView): Promise<string | null> {
    try {
      const wrong = (await call('source.test', { name })).find((finding) => !finding.ok)
      return wrong ? `${name}: ${wrong.text}` : null
    } catch (thrown) {
      return `${name}: ${IpcError.from(thrown).message}`
    }
  }
}
