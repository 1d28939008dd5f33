// The rules of a home in Settings: the list, what is being changed, and the one way to save all of it.

import { call, IpcError, query, type Rule, undo } from '../../../ipc'
import { moved, withRule } from './rule'

/** What is being changed: one rule (`at` null: a new one), or all as text; or one is to be removed. */
export type Change = { kind: 'rule'; at: number | null } | { kind: 'text' } | { kind: 'remove'; at: number }

export class Ruling {
  readonly asked = query('rule.list', () => ({}), () => ['settings', 'alerts'])
  change = $state.raw<Change | null>(null)
  fault = $state.raw<IpcError | null>(null)

  rules: Rule[] = $derived((this.asked.data?.rules ?? []).map((one) => one.rule))

  /** Saves one rule in its place. */
  saveRule = (at: number | null, rule: Rule) => this.save({ rules: withRule(this.rules, at, rule) }, at === null ? `Rule ${rule.name} is added` : `Rule ${rule.name} is changed`)

  /** Saves all; throws where it was refused. */
  async save(rules: { rules: Rule[] } | { text: string }, said: string) {
    const was = this.rules
    await call('rule.set', rules)
    undo.saidAll(said, 'Undo: the rules as before', [{ op: 'rule.set', params: { rules: was } }])
  }

  /** Says all of them again: what they keep quiet is quiet for longer. */
  async keep() {
    this.fault = null
    try {
      await call('rule.set', { rules: this.rules })
      undo.saidAll('Kept quiet for 90 days', '', [])
    } catch (thrown) {
      this.fault = IpcError.from(thrown)
    }
  }

  /** Moves one a place further up or down: of two that say something about the same thing, the later holds. */
  async move(at: number, by: 1 | -1) {
    this.fault = null
    try {
      await this.save({ rules: moved(this.rules, at, by) }, `Rule ${this.rules[at]!.name} is moved ${by < 0 ? 'up' : 'down'}`)
    } catch (thrown) {
      this.fault = IpcError.from(thrown)
    }
  }

  /** The list without one. */
  without = (at: number): Rule[] => this.rules.filter((_, i) => i !== at)
}
