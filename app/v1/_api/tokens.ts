import { z } from '@hono/zod-openapi'
import { type Call, operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { asksForPage, choice, pageRequest, scopeList } from '@/app/v1/_api/query'
import { empty, json, type Reply } from '@/app/v1/_api/reply'
import { scopeCatalogueSchema, scopeCatalogueText } from '@/app/v1/_api/scope-catalogue-resource'
import {
  currentTokenSchema,
  currentTokenToWire,
  tokenDetailSchema,
  tokenDetailToWire,
  tokenSchema,
  tokenToWire,
} from '@/app/v1/_api/token-resource'
import { upperSnake } from '@/app/v1/_api/wire-schema'
import { patchToken } from '@/lib/tokens/patch'
import { getToken, listTokens, listTokensPage } from '@/lib/tokens/queries'
import { revokeToken, revokeTokens } from '@/lib/tokens/revoke'
import { bulkRevokeSchema, patchTokenSchema, TOKEN_ORIGINS } from '@/lib/tokens/schema'

const TAG = 'Tokens'

async function listing(call: Call): Promise<Reply> {
  const origin = choice(call.query, 'origin', TOKEN_ORIGINS)
  const filter = origin ? { origin } : {}
  if (!asksForPage(call.query)) return json((await listTokens(call.ctx, filter)).map(tokenToWire))
  const request = pageRequest(call.query)
  const page = await listTokensPage(call.ctx, { ...filter, ...request })
  const next = new URLSearchParams({
    ...filter,
    ...(request.pageSize !== undefined && { pageSize: String(request.pageSize) }),
    pageToken: page.nextPageToken,
  })
  return json(
    page.items.map(tokenToWire),
    200,
    page.nextPageToken ? { Link: `<${call.path}?${next}>; rel="next"` } : undefined,
  )
}

function current(call: Call): Reply {
  const facts = currentTokenToWire(call.token)
  const required = scopeList(call.query, 'require')
  if (!required) return json(facts)
  const held = call.principal.scopes
  return json({ ...facts, missing: required.filter((scope) => !held.has(scope)) })
}

export const listTokensOperation = operation({
  id: 'listTokens',
  tag: TAG,
  method: 'get',
  path: `${TENANT_PREFIX}/tokens`,
  summary: 'List tokens',
  description:
    'Newest first, ended ones included, secrets never. Admins and service accounts see every token of the organization, others their own. The whole list, unless pageSize or pageToken asks for a page; then the Link header names the next one.',
  scope: 'keys:read',
  query: [
    {
      name: 'origin',
      description:
        'OWNED = tokens of people and service accounts, SYSTEM = tokens made automatically.',
      schema: z.enum(TOKEN_ORIGINS).default('ALL'),
    },
    ...PAGING_PARAMETERS,
  ],
  success: { status: 200, description: 'The tokens.', schema: z.array(tokenSchema) },
  run: listing,
})

export const scopesOperation = operation({
  id: 'listScopes',
  tag: TAG,
  method: 'get',
  path: `${TENANT_PREFIX}/tokens/scopes`,
  summary: 'Discover the scope vocabulary',
  description: 'Any accepted token may ask.',
  scope: null,
  success: {
    status: 200,
    description: 'Scopes, resources and presets.',
    schema: scopeCatalogueSchema,
  },
  run: () => ({
    status: 200,
    body: scopeCatalogueText(),
    headers: { 'Content-Type': 'application/json' },
  }),
})

export const currentOperation = operation({
  id: 'getCurrentToken',
  tag: TAG,
  method: 'get',
  path: `${TENANT_PREFIX}/tokens/current`,
  summary: 'Self-introspect the calling token',
  description:
    'Any accepted token may ask, however narrow. `scopes` is what was granted, `effectiveScopes` what the owner’s role or account still allows.',
  scope: null,
  query: [
    {
      name: 'require',
      description:
        'Comma-separated scopes; the answer’s `missing` holds those the token cannot use.',
      schema: z.string().openapi({ example: 'agents:execute,traces:write' }),
    },
  ],
  success: { status: 200, description: 'The calling token.', schema: currentTokenSchema },
  run: current,
})

export const getTokenOperation = operation({
  id: 'getToken',
  tag: TAG,
  method: 'get',
  path: `${TENANT_PREFIX}/tokens/{token}`,
  summary: 'Get one token',
  scope: 'keys:read',
  success: { status: 200, description: 'The token.', schema: tokenDetailSchema },
  run: async (call) =>
    json(tokenDetailToWire(await getToken(call.ctx, { tokenId: call.id('token') }))),
})

export const patchTokenOperation = operation({
  id: 'patchToken',
  tag: TAG,
  method: 'patch',
  path: `${TENANT_PREFIX}/tokens/{token}`,
  summary: 'Rename, change expiry, or adjust scopes',
  description: 'Fields left out stay. Scopes can be no more than the caller’s own.',
  scope: 'keys:write',
  readScope: 'keys:read',
  conflicts: true,
  body: { schema: patchTokenSchema, required: true },
  success: { status: 200, description: 'The changed token.', schema: tokenSchema },
  run: async (call) =>
    json(tokenToWire(await patchToken(call.ctx, { tokenId: call.id('token'), ...call.body }))),
})

export const revokeTokenOperation = operation({
  id: 'revokeToken',
  tag: TAG,
  method: 'delete',
  path: `${TENANT_PREFIX}/tokens/{token}`,
  summary: 'Revoke permanently',
  description:
    'From this answer on the secret is refused everywhere. The row stays, so that history and activity do too.',
  scope: 'keys:write',
  readScope: 'keys:read',
  success: { status: 204, description: 'Revoked.' },
  run: async (call) => {
    await revokeToken(call.ctx, { tokenId: call.id('token') })
    return empty()
  },
})

export const bulkRevokeOperation = operation({
  id: 'bulkRevokeTokens',
  tag: TAG,
  method: 'post',
  path: `${TENANT_PREFIX}/tokens:bulkRevoke`,
  summary: 'Revoke many tokens',
  description: 'Each id is reported and audited by itself; a foreign id is NOT_FOUND.',
  scope: 'keys:write',
  readScope: 'keys:read',
  body: { schema: bulkRevokeSchema, required: true },
  success: {
    status: 200,
    description: 'What became of each.',
    schema: z
      .strictObject({
        results: z.array(
          z.strictObject({
            tokenId: z.string(),
            outcome: z.enum(['REVOKED', 'ALREADY_ENDED', 'NOT_FOUND']),
          }),
        ),
      })
      .openapi('BulkRevocation'),
  },
  run: async (call) => {
    const results = await revokeTokens(call.ctx, call.body)
    return json({
      results: results.map(({ tokenId, outcome }) => ({ tokenId, outcome: upperSnake(outcome) })),
    })
  },
})

export const TOKEN_OPERATIONS = [
  listTokensOperation,
  scopesOperation,
  currentOperation,
  getTokenOperation,
  patchTokenOperation,
  revokeTokenOperation,
  bulkRevokeOperation,
]
