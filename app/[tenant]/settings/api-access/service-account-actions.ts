'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
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
import {
  listServiceAccountActivity,
  listServiceAccountAuditEvents,
} from '@/lib/service-accounts/queries'
import {
  addServiceAccountTokenSchema,
  createServiceAccountSchema,
  patchServiceAccountSchema,
  serviceAccountIdSchema,
} from '@/lib/service-accounts/schema'
import { expirationDaysSchema } from '@/lib/tokens/schema'

const idempotencyKey = z.uuid()
const onAccount = z.strictObject({ serviceAccountId: serviceAccountIdSchema })
const pageToken = z.string().max(4096)

export const createAccount = action(
  z.strictObject({ account: createServiceAccountSchema, idempotencyKey }),
  (ctx, { account, idempotencyKey }) => createServiceAccount(ctx, account, { idempotencyKey }),
)

export const editAccount = action(
  onAccount.extend(patchServiceAccountSchema.shape),
  (ctx, change) => patchServiceAccount(ctx, change),
)

export const suspendAccount = action(onAccount, (ctx, account) =>
  suspendServiceAccount(ctx, account),
)

export const resumeAccount = action(onAccount, (ctx, account) => resumeServiceAccount(ctx, account))

export const revokeAccount = action(onAccount, (ctx, account) => revokeServiceAccount(ctx, account))

export const addAccountToken = action(
  onAccount.extend({ token: addServiceAccountTokenSchema, idempotencyKey }),
  (ctx, { serviceAccountId, token, idempotencyKey }) =>
    addServiceAccountToken(ctx, { serviceAccountId, ...token }, { idempotencyKey }),
)

export const rotateAccountTokens = action(
  onAccount.extend({ keyExpirationDays: expirationDaysSchema.nullable(), idempotencyKey }),
  (ctx, { idempotencyKey, ...rotation }) => rotateServiceAccount(ctx, rotation, { idempotencyKey }),
)

export const loadAccountHistory = action(onAccount.extend({ pageToken }), (ctx, request) =>
  listServiceAccountAuditEvents(ctx, request),
)

export const loadAccountActivity = action(
  onAccount.extend({
    pageToken,
    search: z.string().max(200),
    statusClass: z.literal([2, 3, 4, 5]).optional(),
    method: z.string().max(10).optional(),
  }),
  (ctx, request) => listServiceAccountActivity(ctx, request),
)
