import { randomBytes } from 'node:crypto'
import { listTokenActivity } from '@/lib/activity/queries'
import { exportAuditEvents } from '@/lib/audit/export'
import { listAuditEvents } from '@/lib/audit/queries'
import { verifyOwnAuditChain } from '@/lib/audit/verify'
import { getTokenPolicy, previewTokenPolicy, updateTokenPolicy } from '@/lib/organization/policy'
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
  getServiceAccount,
  listServiceAccountActivity,
  listServiceAccountAuditEvents,
  listServiceAccounts,
} from '@/lib/service-accounts/queries'
import type { Operation } from '@/lib/testing/operation'
import { listTokenAuditEvents } from '@/lib/tokens/audit'
import { importTokens } from '@/lib/tokens/import'
import { introspectToken } from '@/lib/tokens/introspect'
import { mintToken } from '@/lib/tokens/mint'
import { patchToken } from '@/lib/tokens/patch'
import { getToken, listTokens, listTokensPage } from '@/lib/tokens/queries'
import { revokeToken, revokeTokens } from '@/lib/tokens/revoke'
import { rotateToken } from '@/lib/tokens/rotate'
import { scopeUsage } from '@/lib/tokens/scope-usage'

const policy = { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true }

const scopes = ['agents:read' as const]

function legacyKey() {
  const sha256 = randomBytes(32).toString('hex')
  return { name: 'old', sha256, keyPrefix: 'fx_live_abc', last4: 'wxyz', scopes }
}

/** Of tokens and service accounts, and of what they may and did. */
export const TOKEN_OPERATIONS: Record<string, Operation> = {
  listTokens: { on: 'organization', run: (ctx) => listTokens(ctx) },
  listTokensPage: { on: 'organization', run: (ctx) => listTokensPage(ctx, {}) },
  mintToken: { on: 'organization', run: (ctx) => mintToken(ctx, { scopes }) },
  importTokens: {
    on: 'organization',
    run: (ctx) => importTokens(ctx, { tokens: [legacyKey()] }),
  },
  getToken: { on: 'token', isRead: true, run: getToken },
  listTokenAuditEvents: { on: 'token', isRead: true, run: listTokenAuditEvents },
  listTokenActivity: { on: 'token', isRead: true, run: listTokenActivity },
  scopeUsage: { on: 'token', isRead: true, run: scopeUsage },
  introspectToken: {
    on: 'token',
    isRead: true,
    run: async (ctx, { secret }) =>
      (await introspectToken(ctx, { token: secret })).active ? 'active' : 'inactive',
  },
  rotateToken: { on: 'token', run: (ctx, { tokenId }) => rotateToken(ctx, { tokenId }) },
  patchToken: {
    on: 'token',
    run: (ctx, { tokenId }) => patchToken(ctx, { tokenId, name: 'renamed' }),
  },
  revokeToken: { on: 'token', run: revokeToken },
  revokeTokens: {
    on: 'token',
    run: async (ctx, { tokenId }) =>
      (await revokeTokens(ctx, { tokenIds: [tokenId] })).map(({ outcome }) => outcome).join(),
  },
  listServiceAccounts: { on: 'organization', run: (ctx) => listServiceAccounts(ctx) },
  createServiceAccount: {
    on: 'organization',
    run: (ctx) => createServiceAccount(ctx, { scopes }),
  },
  getServiceAccount: { on: 'service-account', isRead: true, run: getServiceAccount },
  listServiceAccountAuditEvents: {
    on: 'service-account',
    isRead: true,
    run: listServiceAccountAuditEvents,
  },
  listServiceAccountActivity: {
    on: 'service-account',
    isRead: true,
    run: listServiceAccountActivity,
  },
  patchServiceAccount: {
    on: 'service-account',
    run: (ctx, { serviceAccountId }) =>
      patchServiceAccount(ctx, { serviceAccountId, name: 'renamed' }),
  },
  suspendServiceAccount: { on: 'service-account', run: suspendServiceAccount },
  resumeServiceAccount: { on: 'service-account', run: resumeServiceAccount },
  revokeServiceAccount: { on: 'service-account', run: revokeServiceAccount },
  addServiceAccountToken: {
    on: 'service-account',
    run: (ctx, { serviceAccountId }) => addServiceAccountToken(ctx, { serviceAccountId, scopes }),
  },
  rotateServiceAccount: {
    on: 'service-account',
    run: (ctx, { serviceAccountId }) => rotateServiceAccount(ctx, { serviceAccountId }),
  },
  getTokenPolicy: { on: 'organization', run: getTokenPolicy },
  previewTokenPolicy: { on: 'organization', run: (ctx) => previewTokenPolicy(ctx, policy) },
  updateTokenPolicy: { on: 'organization', run: (ctx) => updateTokenPolicy(ctx, policy) },
  listAuditEvents: { on: 'organization', run: (ctx) => listAuditEvents(ctx, {}) },
  exportAuditEvents: {
    on: 'organization',
    run: (ctx) => exportAuditEvents(ctx, { format: 'ndjson' }),
  },
  verifyOwnAuditChain: { on: 'organization', run: verifyOwnAuditChain },
}
