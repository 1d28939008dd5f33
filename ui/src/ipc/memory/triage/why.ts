// Why a group did or did not make a noise, in one sentence, and what would change that.

import type { GroupView, Operations, WhyView } from '../../bindings.gen'
import type { World } from '../world'
import { holds, readWhen } from './conditions'
import { covering } from './quiet'
import type { Order } from './state'

const WORDS: Record<Order['shape'], string> = { dismissed: 'dismissed as noise', snoozed: 'snoozed', muted: 'muted', not_mine: 'handed on', maintenance: 'maintenance', storm: 'storm, somebody knows', quiet_hours: 'quiet hours' }
const utc = (at: string) => at.slice(11, 16)

export const why = (world: World, { alert }: Operations['alert.why'][0]): WhyView => {
  const group = world.group(alert)
  const rules = world.triage.rules.filter((rule) => holds(readWhen(rule.when), group)).map((rule) => rule.name)
  return { group: group.id, title: group.title, rules, ...whyGroup(world, group) }
}

/** The answer without its head. */
export function whyGroup(world: World, group: GroupView): Pick<WhyView, 'rang' | 'sentence' | 'change' | 'quiet'> {
  const order = covering(world, group)
  if (order) {
    const end = order.until_over ? 'until it ends' : `until ${utc(order.until_at)}`
    const scope = order.over.when ? ` (${order.over.when})` : order.over.everything ? ' (everything)' : ''
    return { rang: false, quiet: order.id, sentence: `It made no noise: ${WORDS[order.shape]}${scope} by ${order.owner} ${end}: ${order.reason}.`, change: `End it in the list of what is quiet, or wait ${end}.` }
  }
  const hush = world.triage.hushes.get(group.id)
  if (hush) return { rang: false, quiet: null, sentence: `It made no noise: ${hush.sentence}`, change: hush.change }
  if (group.state === 'attached') return { rang: false, quiet: null, sentence: `It made no noise: it belongs to ${group.incident}, which has a notice of its own.`, change: `Detach it from ${group.incident}.` }
  if (group.state === 'acknowledged') return { rang: true, quiet: null, sentence: `It rang at ${utc(group.first_at)}. Since then ${group.acknowledged_by} looks at it.`, change: 'It rings the next time it begins.' }
  if (group.suggested > 'sev3') return { rang: false, quiet: null, sentence: `It made no noise: ${group.severity} alerts make no noise here.`, change: `Set ${group.suggested.toUpperCase()} to show notices in Settings, or let a rule raise it.` }
  return { rang: true, quiet: null, sentence: `It rang at ${utc(group.first_at)}: nothing else had rung in the ten minutes before.`, change: 'Acknowledge, snooze or attach it, and it rings no more.' }
}
