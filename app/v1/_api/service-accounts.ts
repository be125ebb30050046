import { z } from '@hono/zod-openapi'
import { idempotency } from '@/app/v1/_api/idempotency-key'
import { mintedTokenSchema, mintedTokenToWire } from '@/app/v1/_api/minted-token-resource'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { pageRequest, wholeNumber } from '@/app/v1/_api/query'
import { empty, json } from '@/app/v1/_api/reply'
import {
  provisionedSchema,
  serviceAccountDetailSchema,
  serviceAccountDetailToWire,
  serviceAccountSchema,
  serviceAccountToWire,
} from '@/app/v1/_api/service-account-resource'
import { pageOf } from '@/app/v1/_api/wire-schema'
import {
  patchServiceAccount,
  resumeServiceAccount,
  revokeServiceAccount,
  suspendServiceAccount,
} from '@/lib/service-accounts/commands'
import {
  addServiceAccountToken,
  createServiceAccount,
  rotateServiceAccount,
} from '@/lib/service-accounts/credentials'
import { getServiceAccount, listServiceAccounts } from '@/lib/service-accounts/queries'
import {
  addServiceAccountTokenSchema,
  createServiceAccountSchema,
  patchServiceAccountSchema,
} from '@/lib/service-accounts/schema'
import { EXPIRATION_DAYS_MAX } from '@/lib/tokens/limits'

const TAG = 'Service accounts'
const COLLECTION = `${TENANT_PREFIX}/serviceAccounts`
const ITEM = `${COLLECTION}/{serviceAccount}`

/** A body of an operation that takes none: an empty object passes, a field that would be ignored does not. */
const noFieldsSchema = z.strictObject({})

export const SERVICE_ACCOUNT_OPERATIONS = [
  operation({
    id: 'listServiceAccounts',
    tag: TAG,
    method: 'get',
    path: COLLECTION,
    summary: 'List service accounts',
    scope: 'keys:read',
    query: PAGING_PARAMETERS,
    success: {
      status: 200,
      description: 'One page of accounts.',
      schema: pageOf(serviceAccountSchema, 'ServiceAccountPage'),
    },
    run: async (call) => {
      const page = await listServiceAccounts(call.ctx, pageRequest(call.query))
      return json({ ...page, items: page.items.map(serviceAccountToWire) })
    },
  }),
  operation({
    id: 'createServiceAccount',
    tag: TAG,
    method: 'post',
    path: COLLECTION,
    summary: 'Create a service account and its first token',
    description:
      'keyExpirationDays null or absent = the token never expires (where policy allows).',
    scope: 'keys:write',
    idempotent: true,
    conflicts: true,
    body: { schema: createServiceAccountSchema, required: true },
    success: {
      status: 201,
      description: 'The account, and its first secret this once.',
      schema: provisionedSchema,
    },
    run: async (call) => {
      const { serviceAccount, minted } = await createServiceAccount(
        call.ctx,
        call.body,
        idempotency(call),
      )
      return json(
        { serviceAccount: serviceAccountToWire(serviceAccount), key: mintedTokenToWire(minted) },
        201,
        { Location: `${call.path}/${serviceAccount.id}` },
      )
    },
  }),
  operation({
    id: 'getServiceAccount',
    tag: TAG,
    method: 'get',
    path: ITEM,
    summary: 'Get one service account with its tokens',
    scope: 'keys:read',
    success: { status: 200, description: 'The account.', schema: serviceAccountDetailSchema },
    run: async (call) =>
      json(
        serviceAccountDetailToWire(
          await getServiceAccount(call.ctx, { serviceAccountId: call.id('serviceAccount') }),
        ),
      ),
  }),
  operation({
    id: 'patchServiceAccount',
    tag: TAG,
    method: 'patch',
    path: ITEM,
    summary: 'Rename, describe, or change the grant',
    description: 'A narrower grant narrows all its tokens at once.',
    scope: 'keys:write',
    readScope: 'keys:read',
    conflicts: true,
    body: { schema: patchServiceAccountSchema, required: true },
    success: { status: 200, description: 'The changed account.', schema: serviceAccountSchema },
    run: async (call) => {
      const serviceAccountId = call.id('serviceAccount')
      return json(
        serviceAccountToWire(
          await patchServiceAccount(call.ctx, { serviceAccountId, ...call.body }),
        ),
      )
    },
  }),
  operation({
    id: 'revokeServiceAccount',
    tag: TAG,
    method: 'delete',
    path: ITEM,
    summary: 'Revoke the account and all its tokens',
    scope: 'keys:write',
    readScope: 'keys:read',
    success: { status: 204, description: 'Revoked.' },
    run: async (call) => {
      await revokeServiceAccount(call.ctx, { serviceAccountId: call.id('serviceAccount') })
      return empty()
    },
  }),
  operation({
    id: 'rotateServiceAccount',
    tag: TAG,
    method: 'post',
    path: `${ITEM}:rotate`,
    summary: 'Replace all its tokens by a new one',
    description: 'The new token lives before the others are revoked.',
    scope: 'keys:write',
    readScope: 'keys:read',
    idempotent: true,
    conflicts: true,
    query: [
      {
        name: 'keyExpirationDays',
        description: 'Days until the new token expires; absent = never (where policy allows).',
        schema: z.number().int().min(1).max(EXPIRATION_DAYS_MAX),
      },
    ],
    body: { schema: noFieldsSchema, required: false },
    success: {
      status: 200,
      description: 'The new token with its secret.',
      schema: mintedTokenSchema,
    },
    run: async (call) => {
      const keyExpirationDays =
        wholeNumber(call.query, 'keyExpirationDays', { min: 1, max: EXPIRATION_DAYS_MAX }) ?? null
      const serviceAccountId = call.id('serviceAccount')
      const minted = await rotateServiceAccount(
        call.ctx,
        { serviceAccountId, keyExpirationDays },
        idempotency(call),
      )
      return json(mintedTokenToWire(minted))
    },
  }),
  operation({
    id: 'suspendServiceAccount',
    tag: TAG,
    method: 'post',
    path: `${ITEM}:suspend`,
    summary: 'Pause the account: its tokens are refused',
    scope: 'keys:write',
    readScope: 'keys:read',
    conflicts: true,
    body: { schema: noFieldsSchema, required: false },
    success: { status: 200, description: 'The suspended account.', schema: serviceAccountSchema },
    run: async (call) =>
      json(
        serviceAccountToWire(
          await suspendServiceAccount(call.ctx, { serviceAccountId: call.id('serviceAccount') }),
        ),
      ),
  }),
  operation({
    id: 'resumeServiceAccount',
    tag: TAG,
    method: 'post',
    path: `${ITEM}:resume`,
    summary: 'Let the account work again',
    description: 'Revives only tokens that were not revoked.',
    scope: 'keys:write',
    readScope: 'keys:read',
    conflicts: true,
    body: { schema: noFieldsSchema, required: false },
    success: { status: 200, description: 'The active account.', schema: serviceAccountSchema },
    run: async (call) =>
      json(
        serviceAccountToWire(
          await resumeServiceAccount(call.ctx, { serviceAccountId: call.id('serviceAccount') }),
        ),
      ),
  }),
  operation({
    id: 'generateServiceAccountToken',
    tag: TAG,
    method: 'post',
    path: `${ITEM}/tokens:generate`,
    summary: 'Mint a further token of the account',
    description: 'scopes absent = the account’s whole grant.',
    scope: 'keys:write',
    readScope: 'keys:read',
    idempotent: true,
    conflicts: true,
    body: { schema: addServiceAccountTokenSchema, required: false },
    success: {
      status: 200,
      description: 'The new token with its secret.',
      schema: mintedTokenSchema,
    },
    run: async (call) => {
      const minted = await addServiceAccountToken(
        call.ctx,
        { serviceAccountId: call.id('serviceAccount'), ...call.body },
        idempotency(call),
      )
      return json(mintedTokenToWire(minted))
    },
  }),
]
