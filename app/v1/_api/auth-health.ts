import { z } from '@hono/zod-openapi'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { json } from '@/app/v1/_api/reply'
import { ownerTypeOf } from '@/app/v1/_api/token-resource'
import { epochMsOrNull, wireScopes, wireTokenType } from '@/app/v1/_api/wire-schema'

/** For `fruxon doctor`: no side effect, no rate limit, and the one path that says 403 to a foreign token. */
export const authHealthOperation = operation({
  id: 'getAuthHealth',
  tag: 'Diagnostics',
  method: 'get',
  path: `${TENANT_PREFIX}/auth/health`,
  summary: 'Is this credential good for this organization?',
  description: '401: not accepted. 403: accepted, but of another organization. 200: good.',
  scope: null,
  tellsWrongTenant: true,
  unlimited: true,
  success: {
    status: 200,
    description: 'The credential is good.',
    schema: z
      .strictObject({
        authenticationSource: z.enum(['TOKEN']),
        ownerType: wireTokenType,
        tenantId: z.uuid(),
        tenantSlug: z.string(),
        userId: z.string().nullable(),
        email: z.string().nullable(),
        apiKeyName: z.string(),
        scopes: wireScopes.openapi({ description: 'What the token can do now.' }),
        apiKeyExpiresAt: epochMsOrNull,
      })
      .openapi('AuthHealth'),
  },
  run: ({ token, principal }) =>
    json({
      authenticationSource: 'TOKEN',
      ownerType: ownerTypeOf(token.ownerType),
      tenantId: token.organizationId,
      tenantSlug: token.organizationSlug,
      userId: token.ownerType === 'user' ? token.ownerId : null,
      email: token.ownerEmail,
      apiKeyName: token.name,
      scopes: token.effective,
      apiKeyExpiresAt: principal.expiresAt,
    }),
})

export const DIAGNOSTIC_OPERATIONS = [authHealthOperation]
