import { ACCOUNT_KINDS, type AccountFacts } from '@/lib/notifications/account-kinds'
import { AGENT_KINDS, type AgentFacts } from '@/lib/notifications/agent-kinds'
import { BILLING_KINDS, type BillingFacts } from '@/lib/notifications/billing-kinds'
import { BUDGET_KINDS, type BudgetFacts } from '@/lib/notifications/budget-kinds'
import { EVALUATION_KINDS, type EvaluationFacts } from '@/lib/notifications/evaluation-kinds'
import { INBOUND_KINDS, type InboundFacts } from '@/lib/notifications/inbound-kinds'
import type { EmailCadence, KindDefinition, Place, Words } from '@/lib/notifications/kind'
import { TEAM_KINDS, type TeamFacts } from '@/lib/notifications/team-kinds'
import { TOKEN_KINDS, type TokenFacts } from '@/lib/notifications/token-kinds'

/** Everything people are told; isomorphic. A new kind is its facts and its entry, and nothing else. */

/** Plain data for the words of each kind, kept with the notice. Never a secret. */
export interface NotificationFacts
  extends TokenFacts,
    AccountFacts,
    TeamFacts,
    AgentFacts,
    BudgetFacts,
    BillingFacts,
    InboundFacts,
    EvaluationFacts {}
export type NotificationKind = keyof NotificationFacts

export const NOTIFICATION_KINDS: {
  [Kind in NotificationKind]: KindDefinition<NotificationFacts[Kind]>
} = {
  ...TOKEN_KINDS,
  ...ACCOUNT_KINDS,
  ...TEAM_KINDS,
  ...AGENT_KINDS,
  ...BUDGET_KINDS,
  ...BILLING_KINDS,
  ...INBOUND_KINDS,
  ...EVALUATION_KINDS,
}

/** False for what a newer process beside this one wrote. */
export function isNotificationKind(value: string): value is NotificationKind {
  return Object.hasOwn(NOTIFICATION_KINDS, value)
}

/**
 * The same words in the inbox, the e-mail and the digest.
 * @param facts of this kind, as they are kept with the notice: `notify` takes no others
 */
export function wordsOf(kind: NotificationKind, facts: unknown, place: Place): Words {
  const definition: KindDefinition<unknown> = NOTIFICATION_KINDS[kind]
  return definition.words(facts, place)
}

/** Why this person; by the name of the organization it is about. */
export const REASON_WORDS = {
  OWNER: () => 'You own this token.',
  ADMIN: (organization: string) => `You are an admin of ${organization}.`,
  FINANCE: (organization: string) => `You look after the finances of ${organization}.`,
  MEMBER: (organization: string) => `You are a member of ${organization}.`,
  ACCOUNT: () => 'It is about your own account.',
  INVITED: (organization: string) => `You were invited to ${organization}.`,
  ASKED: () => 'You asked for it.',
  COLLABORATOR: () => 'You are a collaborator of this agent.',
} as const

export type NotificationReason = keyof typeof REASON_WORDS

/** One sentence: why this person was told. */
export function whyOf(reason: string, organizationName: string | null): string {
  if (!Object.hasOwn(REASON_WORDS, reason)) return ''
  return REASON_WORDS[reason as NotificationReason](organizationName ?? 'the organization')
}

export interface Preference {
  inApp: boolean
  email: EmailCadence
}

/** What happens for a person who chose `chosen`, or nothing. */
export function decided(kind: NotificationKind, chosen: Preference | null): Preference {
  const { inApp, email, locked } = NOTIFICATION_KINDS[kind]
  if (locked !== null) return { inApp: true, email: 'INSTANT' }
  return chosen ?? { inApp, email }
}

/** The hour of the day, in the person's time zone, at which the digest comes. */
export const DIGEST_HOUR = 8
