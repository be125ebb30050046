import type { AuditTarget } from '@/lib/audit/events'

interface NamedToken {
  tokenId: string
  familyId: string
  name: string
  /** Set for what the product made for an integration. */
  integrationId: string | null
}

/** What an event about a secret is about: the token, or the integration that it was made for. */
export function auditTargetOf({ tokenId, familyId, name, integrationId }: NamedToken): AuditTarget {
  return integrationId === null
    ? { type: 'token', id: tokenId, label: name, familyId }
    : { type: 'integration', id: integrationId, label: name, familyId }
}
