import { z } from '@hono/zod-openapi'
import { mintedTokenSchema } from '@/app/v1/_api/minted-token-resource'
import { tokenSchema, tokenToWire } from '@/app/v1/_api/token-resource'
import { epochMs, epochMsOrNull, upperSnake, wireScopes } from '@/app/v1/_api/wire-schema'
import type { ServiceAccountDetail, ServiceAccountSummary } from '@/lib/service-accounts/model'

const serviceAccountFields = {
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  scopes: wireScopes,
  isActive: z.boolean(),
  state: z.enum(['ACTIVE', 'SUSPENDED', 'REVOKED']),
  createdBy: z.string(),
  createdById: z.string().nullable(),
  createdAt: epochMs,
  modifiedAt: epochMs,
  suspendedAt: epochMsOrNull,
  revokedAt: epochMsOrNull,
  activeTokens: z.number().int(),
  lastUsedAt: epochMsOrNull,
}

export const serviceAccountSchema = z.strictObject(serviceAccountFields).openapi('ServiceAccount')

export function serviceAccountToWire(account: ServiceAccountSummary) {
  return {
    id: account.id,
    name: account.name,
    description: account.description,
    scopes: account.scopes,
    isActive: account.state === 'active',
    state: upperSnake(account.state),
    createdBy: account.createdBy.label,
    createdById: account.createdBy.id,
    createdAt: account.createdAt,
    modifiedAt: account.modifiedAt,
    suspendedAt: account.suspendedAt,
    revokedAt: account.revokedAt,
    activeTokens: account.activeTokens,
    lastUsedAt: account.lastUsedAt,
  }
}

export const serviceAccountDetailSchema = z
  .strictObject({ ...serviceAccountFields, tokens: z.array(tokenSchema) })
  .openapi('ServiceAccountDetail')

export function serviceAccountDetailToWire(account: ServiceAccountDetail) {
  return { ...serviceAccountToWire(account), tokens: account.tokens.map(tokenToWire) }
}

export const provisionedSchema = z
  .strictObject({ serviceAccount: serviceAccountSchema, key: mintedTokenSchema })
  .openapi('ProvisionedServiceAccount')
