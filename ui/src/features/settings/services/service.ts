// A service's card as a form of text, and in words. Pure; the home says what is refused.

import type { ServiceCard, ServiceView } from '../../../ipc'

/** A card as it stands in the form. */
export interface CardForm {
  name: string
  title: string
  owner: string
  team: string
  /** Services it rests on, between commas. */
  rests: string
  link: string
}

/** The form of a service, or of a new one. */
export const formOf = (service?: ServiceView): CardForm => ({
  name: service?.name ?? '', title: service?.card.title ?? '', owner: service?.card.owner ? `@${service.card.owner}` : '', team: service?.card.team ?? '', rests: service?.card.depends_on.join(', ') ?? '', link: service?.card.link ?? '',
})

/** The card that a form says. */
export function cardOf(form: CardForm): ServiceCard {
  const text = (typed: string) => typed.trim() || null
  return { title: text(form.title), owner: text(form.owner.replace(/^\s*@/, '').toLowerCase()), team: text(form.team), depends_on: [...new Set(form.rests.split(/[\s,]+/).map((one) => one.replace(/^#/, '')).filter(Boolean))], link: text(form.link) }
}

/** Whose it is: `@nils, Payments`; null where nobody says. */
export const ownerOf = ({ card }: ServiceView): string | null => [card.owner && `@${card.owner}`, card.team].filter(Boolean).join(', ') || null

/** Those that nobody watches: no source ever spoke of them. */
export const unwatched = (services: readonly ServiceView[]): ServiceView[] => services.filter((one) => one.watched_by.length === 0)
