/** What a kind of notification is made of; isomorphic. */

export const EMAIL_CADENCES = ['INSTANT', 'DAILY', 'OFF'] as const
export type EmailCadence = (typeof EMAIL_CADENCES)[number]

/** In the order of the preferences page. */
export const NOTIFICATION_GROUPS = [
  'Security',
  'Your tokens',
  'Usage and budgets',
  'Billing',
  'Integrations',
  'Agents',
  'Team and organization',
] as const
export type NotificationGroup = (typeof NOTIFICATION_GROUPS)[number]

/** Whom the words are for, and where their links lead. */
export interface Place {
  /** The organization the notice is about; null for what concerns the person's own account. */
  organizationName: string | null
  /** Of that organization, else of one the person belongs to; null for somebody who belongs to none. */
  organizationSlug: string | null
  /** IANA name. */
  timeZone: string
}

/** Plain text, whatever people typed. */
export interface Words {
  /** A sentence without its full stop; the subject of the e-mail. */
  title: string
  body: string
  /** A path of this site. */
  action: { label: string; path: string } | null
}

export interface KindDefinition<Facts> {
  label: string
  /** When it is sent. */
  description: string
  /** Null for what has no preference. */
  group: NotificationGroup | null
  /** Defaults, for who never chose. */
  inApp: boolean
  email: EmailCadence
  /** Why nobody can switch it off: it is always shown, and its e-mail is sent at once. Null = free. */
  locked: string | null
  words(facts: Facts, place: Place): Words
}

/** The path of a page of the organization; the home page, which finds one, where none is known. */
export function pagePath({ organizationSlug }: Place, page: string): string {
  return organizationSlug === null ? '/' : `/${organizationSlug}/${page}`
}
