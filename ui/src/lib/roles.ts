// The roles of an incident by name, in the order they are shown. Pure.

/** The roles' names on the wire. */
export const ROLES = ['commander', 'deputy', 'operations', 'communications', 'scribe', 'customer-liaison', 'internal-liaison', 'expert', 'planning', 'observer'] as const
/** A role's name on the wire. */
export type RoleName = (typeof ROLES)[number]

const TITLES: Record<RoleName, string> = {
  commander: 'Incident Commander',
  deputy: 'Deputy',
  operations: 'Operations Lead',
  communications: 'Communications Lead',
  scribe: 'Scribe',
  'customer-liaison': 'Customer Liaison',
  'internal-liaison': 'Internal Liaison',
  expert: 'Subject Matter Expert',
  planning: 'Planning Lead',
  observer: 'Observer',
}

/** `Incident Commander`, the name on screen. */
export const roleLabel = (role: RoleName): string => TITLES[role]
