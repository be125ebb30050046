import { z } from '@hono/zod-openapi'
import {
  epochMs,
  epochMsOrNull,
  upperSnake,
  wireScopes,
  wireTokenType,
} from '@/app/v1/_api/wire-schema'
import { TOKEN_STATES, type TokenOwner, type TokenSummary } from '@/lib/tokens/model'
import type { TokenDetail } from '@/lib/tokens/queries'
import type { VerifiedToken } from '@/lib/tokens/verification'

/** Tokens on the wire (contract of the platform, plus our additions). No secret, no digest, ever. */

const bindingSchema = z
  .strictObject({
    kind: wireTokenType,
    kindLabel: z.string(),
    resourceId: z.string(),
    resourceLabel: z.string(),
  })
  .openapi('TokenBinding', { description: 'What the token belongs to.' })

const commonFields = {
  id: z.uuid(),
  name: z.string(),
  keyPrefix: z.string().openapi({ example: 'fx_pat_4f9K' }),
  last4: z.string(),
  familyId: z
    .uuid()
    .openapi({ description: 'Stays when a token is rotated: the same logical token.' }),
  type: wireTokenType,
  scopes: wireScopes.openapi({ description: 'As granted.' }),
  ownerType: wireTokenType,
  ownerId: z.string(),
  createdBy: z.string(),
  createdById: z.string().nullable(),
  createdAt: epochMs,
  modifiedAt: epochMs,
  expiresAt: epochMsOrNull.openapi({ description: 'As set; null = never.' }),
  effectiveExpiresAt: epochMsOrNull.openapi({
    description: 'When it is really refused: its own date or the organization’s maximum life.',
  }),
  revokedAt: epochMsOrNull,
  lastUsedAt: epochMsOrNull,
}

const tokenFields = {
  ...commonFields,
  ownerLabel: z.string(),
  format: z.enum(['FX1', 'LEGACY']),
  state: z.enum(TOKEN_STATES.map(upperSnake) as [string, ...string[]]),
  stateReason: z.string(),
  rotatedAt: epochMsOrNull,
  replacedById: z.string().nullable(),
  lastUsedIp: z.string().nullable(),
  binding: bindingSchema,
}

export const tokenSchema = z.strictObject(tokenFields).openapi('Token')

function bindingOf(owner: TokenOwner) {
  return {
    kind: ownerTypeOf(owner.type),
    kindLabel: KIND_LABELS[owner.type],
    resourceId: owner.id,
    resourceLabel: owner.label,
  }
}

const KIND_LABELS: Record<TokenOwner['type'], string> = {
  user: 'Personal',
  'service-account': 'Service account',
  integration: 'Integration',
}

const WIRE_TYPES = {
  user: 'USER',
  'service-account': 'SERVICE_ACCOUNT',
  integration: 'SYSTEM',
} as const

export function ownerTypeOf(type: TokenOwner['type']) {
  return WIRE_TYPES[type]
}

export function tokenToWire(token: TokenSummary) {
  return {
    id: token.id,
    name: token.name,
    keyPrefix: token.displayPrefix,
    last4: token.last4,
    familyId: token.familyId,
    type: token.type,
    format: token.format,
    scopes: token.scopes,
    ownerType: ownerTypeOf(token.owner.type),
    ownerId: token.owner.id,
    ownerLabel: token.owner.label,
    createdBy: token.createdBy.label,
    createdById: token.createdBy.id,
    createdAt: token.createdAt,
    modifiedAt: token.modifiedAt,
    expiresAt: token.expiresAt,
    effectiveExpiresAt: token.effectiveExpiresAt,
    revokedAt: token.revokedAt,
    rotatedAt: token.rotatedAt,
    replacedById: token.replacedById,
    lastUsedAt: token.lastUsedAt,
    lastUsedIp: token.lastUsedIp,
    state: upperSnake(token.state),
    stateReason: token.stateReason,
    binding: bindingOf(token.owner),
  }
}

// Not `tokenSchema.extend`: OpenAPI would say allOf of two closed objects, which nothing can satisfy.
export const tokenDetailSchema = z
  .strictObject({
    ...tokenFields,
    effectiveScopes: wireScopes.openapi({
      description: 'What it can do now: as granted, and as its owner still can.',
    }),
    family: z
      .array(tokenSchema)
      .openapi({ description: 'The logical token through its rotations.' }),
    mayRevoke: z.boolean(),
    mayRotate: z.boolean(),
    mayPatch: z.boolean(),
  })
  .openapi('TokenDetail')

export function tokenDetailToWire(token: TokenDetail) {
  return {
    ...tokenToWire(token),
    effectiveScopes: token.effectiveScopes,
    family: token.family.map(tokenToWire),
    mayRevoke: token.mayRevoke,
    mayRotate: token.mayRotate,
    mayPatch: token.mayPatch,
  }
}

export const currentTokenSchema = z
  .strictObject({
    ...commonFields,
    effectiveScopes: wireScopes,
    tenantId: z.uuid(),
    tenantSlug: z.string(),
    missing: wireScopes
      .optional()
      .openapi({ description: 'With ?require=: which of those the token cannot use now.' }),
  })
  .openapi('CurrentToken')

/** The calling token about itself, from the look-up that accepted it. */
export function currentTokenToWire(token: VerifiedToken) {
  return {
    id: token.id,
    name: token.name,
    keyPrefix: token.displayPrefix,
    last4: token.last4,
    familyId: token.familyId,
    type: token.type,
    scopes: token.granted,
    effectiveScopes: token.effective,
    ownerType: ownerTypeOf(token.ownerType),
    ownerId: token.ownerId,
    createdBy: token.createdByLabel,
    createdById: token.createdById,
    createdAt: token.createdAt,
    modifiedAt: token.modifiedAt,
    expiresAt: token.expiresAt,
    effectiveExpiresAt: token.effectiveExpiresAt,
    revokedAt: token.revokedAt,
    lastUsedAt: token.lastUsedAt,
    tenantId: token.organizationId,
    tenantSlug: token.organizationSlug,
  }
}
