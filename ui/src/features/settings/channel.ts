// The kinds of channels in words. Pure.

import type { ChannelKind, ChannelView } from '../../ipc'

export const KINDS: readonly { value: ChannelKind; label: string }[] = [
  { value: 'slack', label: 'Slack' }, { value: 'teams', label: 'Teams' }, { value: 'mattermost', label: 'Mattermost' }, { value: 'discord', label: 'Discord' }, { value: 'mail', label: 'Mail' },
]

/** Where its address is made. */
export const MADE: Record<ChannelKind, string> = {
  slack: 'In Slack: an app with incoming webhooks, Add to a channel, Copy.',
  teams: 'In Teams: the channel, Workflows, “Post to a channel when a webhook request is received”, Copy.',
  mattermost: 'In Mattermost: Integrations, Incoming webhooks, Add, Copy.',
  discord: 'In Discord: the channel, Integrations, Webhooks, Copy webhook URL.',
  mail: 'A draft opens in your own mail program. Muster sends no mail by itself.',
}

export const kindLabel = (kind: ChannelKind): string => KINDS.find((one) => one.value === kind)?.label ?? kind

/** Where it leads, as far as that is shown. */
export const leadsTo = ({ kind, to }: ChannelView): string => [kindLabel(kind), to].filter(Boolean).join(', ')
