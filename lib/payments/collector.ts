import type pg from 'pg'
import type { Database } from '@/lib/db/database'
import type { DocumentNews } from '@/lib/invoices/document-news'
import type { StripeProvider } from '@/lib/payments/stripe/provider'

/** Collects payments of invoices by Stripe: of one installation. There is none where no keys are set. */
export interface Collector {
  db: Pick<Database, 'pool'>
  provider: StripeProvider
  /** What webhooks are signed with. */
  webhookSecret: string
  news: DocumentNews
  agreement: SubscriptionAgreement
  /** Hears of what failed and is tried again. */
  onFailure(failure: CollectionFailure): void
}

export interface CollectionFailure {
  /** What was tried. */
  step: 'present' | 'mirror' | 'event' | 'end'
  /** Id of what it was tried on. */
  subject: string
  error: unknown
}

/**
 * What follows for the subscription from what was collected, in the transaction that writes that down. Passed in,
 * because subscriptions stand above payments.
 */
export interface SubscriptionAgreement {
  /** Holds the subscription to the end of the transaction. @returns false where the organization is gone */
  hold(client: pg.PoolClient, organizationId: string): Promise<boolean>
  /** Brings it into agreement with invoices and card: the last step of the transaction. It must be held. */
  settle(client: pg.PoolClient, subject: CollectionSubject): Promise<void>
}

export interface CollectionSubject {
  organizationId: string
  /** Epoch ms. */
  now: number
  /** Whether there is a card to charge. */
  hasCard: boolean
}
