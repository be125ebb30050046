import type { Principal } from '@/lib/access/principal'
import type { Database } from '@/lib/db/database'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { WebhookSecretSealer } from '@/lib/inbound/secret-sealer'
import type { ModelAccess } from '@/lib/llm-providers/model-access'
import type { PageTokenSealer } from '@/lib/page-token'
import type { Peppers } from '@/lib/tokens/digest'
import type { AuthenticatorSecretSealer } from '@/lib/two-factor/secret-sealer'

export interface TokenPolicy {
  /** Days; null = no maximum. */
  maxLifetimeDays: number | null
  expiryRequired: boolean
  bearerMinting: boolean
}

export interface OrganizationContext {
  id: string
  slug: string
  name: string
  policy: TokenPolicy
}

/** Derived from the secrets of the installation. */
export interface InstallationKeys {
  peppers: Peppers
  pageTokens: PageTokenSealer
  emailLinks: EmailLinkSealer
  authenticatorSecrets: AuthenticatorSecretSealer
  webhookSecrets: WebhookSecretSealer
  /** Opens the keys of model providers, and holds those of the operator. */
  modelAccess: ModelAccess
}

/** Where the call came from, for audit and activity. Never a credential. */
export interface RequestFacts {
  id: string
  channel: 'dashboard' | 'api' | 'system'
  ip: string | null
  userAgent: string | null
}

/** What every query and command takes first. Built in exactly one place, `buildContext`. */
export interface Context<P extends Principal = Principal> {
  principal: P
  organization: OrganizationContext
  db: Database
  /** Keys of this installation; a context is never serialised. */
  crypto: InstallationKeys
  /** Epoch ms at which the request began. */
  now: number
  request: RequestFacts
}

/** The one place where a context is made; the doors bring what they know. */
export function buildContext<P extends Principal>(parts: Context<P>): Context<P> {
  return Object.freeze({ ...parts })
}
