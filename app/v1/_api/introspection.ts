import { z } from '@hono/zod-openapi'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { json } from '@/app/v1/_api/reply'
import { introspectToken } from '@/lib/tokens/introspect'

/** RFC 7662. `token_type_hint` is allowed by it and changes nothing here. */
const introspectionRequestSchema = z.strictObject({
  token: z.string().min(1).max(512),
  token_type_hint: z.string().max(100).optional(),
})

const introspectionSchema = z
  .object({
    active: z.boolean(),
    scope: z.string().optional().openapi({ description: 'Space-separated effective scopes.' }),
    sub: z.string().optional(),
    exp: z.number().int().optional().openapi({ description: 'Epoch seconds.' }),
    iat: z.number().int().optional().openapi({ description: 'Epoch seconds.' }),
  })
  .openapi('Introspection')

export const introspectOperation = operation({
  id: 'introspectToken',
  tag: 'Tokens',
  method: 'post',
  path: `${TENANT_PREFIX}/tokens:introspect`,
  summary: 'Ask about another token (RFC 7662)',
  description:
    'Form-encoded as in the RFC, or JSON. An unknown, ended or foreign token gives {"active":false} and nothing else.',
  scope: 'keys:read',
  body: { schema: introspectionRequestSchema, required: true, form: true },
  success: { status: 200, description: 'The state of the token.', schema: introspectionSchema },
  run: async (call) => json(await introspectToken(call.ctx, { token: call.body.token })),
})

export const INTROSPECTION_OPERATIONS = [introspectOperation]
