import { z } from '@hono/zod-openapi'
import { idempotency } from '@/app/v1/_api/idempotency-key'
import { mintedTokenSchema, mintedTokenToWire } from '@/app/v1/_api/minted-token-resource'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { json } from '@/app/v1/_api/reply'
import { tokenSchema, tokenToWire } from '@/app/v1/_api/token-resource'
import { importTokens } from '@/lib/tokens/import'
import { mintToken } from '@/lib/tokens/mint'
import { rotateToken } from '@/lib/tokens/rotate'
import { importTokensSchema, mintTokenSchema, rotateTokenSchema } from '@/lib/tokens/schema'

const TAG = 'Tokens'

export const generateOperation = operation({
  id: 'generateToken',
  tag: TAG,
  method: 'post',
  path: `${TENANT_PREFIX}/tokens:generate`,
  summary: 'Mint a new personal token',
  description:
    'The secret is in this answer and nowhere else. `scopes` and `preset` are united and must name at least one scope. A token mints only for its own person, within its own scopes and life; service-account tokens never mint.',
  scope: 'keys:write',
  idempotent: true,
  conflicts: true,
  body: { schema: mintTokenSchema, required: true },
  success: {
    status: 200,
    description: 'The new token with its secret.',
    schema: mintedTokenSchema,
  },
  run: async (call) =>
    json(mintedTokenToWire(await mintToken(call.ctx, call.body, idempotency(call)))),
})

export const rotateOperation = operation({
  id: 'rotateToken',
  tag: TAG,
  method: 'post',
  path: `${TENANT_PREFIX}/tokens/{token}:rotate`,
  summary: 'Rotate, with optional overrides',
  description:
    'Makes a replacement that inherits name, scopes, type and expiry date unless the body says otherwise, and ends the old secret (after graceSeconds, 0 by default). No body at all is fine. Of two rotations at once one answers 409.',
  scope: 'keys:write',
  readScope: 'keys:read',
  rotates: true,
  idempotent: true,
  conflicts: true,
  body: { schema: rotateTokenSchema, required: false },
  success: {
    status: 200,
    description: 'The replacement with its secret.',
    schema: mintedTokenSchema,
  },
  run: async (call) =>
    json(
      mintedTokenToWire(
        await rotateToken(call.ctx, { tokenId: call.id('token'), ...call.body }, idempotency(call)),
      ),
    ),
})

export const importOperation = operation({
  id: 'importTokens',
  tag: TAG,
  method: 'post',
  path: `${TENANT_PREFIX}/tokens:import`,
  summary: 'Import keys of the older system',
  description:
    'Takes the SHA-256 of each fx_live_ or fxn_live_ key, never the key. They work as Bearer tokens until rotated.',
  scope: 'keys:write',
  conflicts: true,
  body: { schema: importTokensSchema, required: true },
  success: {
    status: 200,
    description: 'The imported tokens.',
    schema: z.strictObject({ imported: z.array(tokenSchema) }).openapi('ImportedTokens'),
  },
  run: async (call) => {
    const { imported } = await importTokens(call.ctx, call.body)
    return json({ imported: imported.map(tokenToWire) })
  },
})

export const TOKEN_ISSUANCE_OPERATIONS = [generateOperation, rotateOperation, importOperation]
