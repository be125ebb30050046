import { authorize, requireOrganizationInventory } from '@/lib/access/authorize'
import { actorOf } from '@/lib/access/principal'
import type { Scope } from '@/lib/access/scopes'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { DomainError, invalid } from '@/lib/errors'
import { onceForKey } from '@/lib/idempotency'
import { newId } from '@/lib/ids'
import { endAccountTokens, target, writableAccount } from '@/lib/service-accounts/commands'
import type { ServiceAccountSummary, ServiceAccountWithToken } from '@/lib/service-accounts/model'
import { visibleServiceAccount } from '@/lib/service-accounts/queries'
import type {
  AddServiceAccountTokenInput,
  CreateServiceAccountInput,
} from '@/lib/service-accounts/schema'
import {
  authorizeMinting,
  requestedScopes,
  requireWithinCeiling,
  requireWithinOwnLife,
  requireWithinPolicy,
} from '@/lib/tokens/authority'
import { insertToken, type NewToken } from '@/lib/tokens/insert'
import { minted } from '@/lib/tokens/mint'
import { expiryFromDays, type MintedToken } from '@/lib/tokens/model'

/** The secrets of service accounts: the first, further ones, and all of them anew. */

interface Keyed {
  idempotencyKey?: string | undefined
}

const UNTITLED = 'Untitled service account'
const FIRST_TOKEN = 'First token'

/**
 * Provisions a workload identity with its first token, in one transaction.
 * @throws DomainError forbidden | invalid | conflict | idempotency-mismatch
 */
export async function createServiceAccount(
  ctx: Context,
  input: CreateServiceAccountInput,
  options: Keyed = {},
): Promise<ServiceAccountWithToken> {
  authorize(ctx.principal, 'keys:write')
  requireOrganizationInventory(ctx.principal)
  authorizeMinting(ctx)
  const scopes = requestedScopes(input)
  requireWithinCeiling(ctx.principal, scopes)
  const expiresAt = requireLife(ctx, input.keyExpirationDays, '/keyExpirationDays')
  const account = { id: newId(), name: input.name ?? UNTITLED }
  const actor = actorOf(ctx.principal)
  const outcome = await onceForKey(
    ctx,
    { name: 'serviceAccounts:create', key: options.idempotencyKey, input },
    async (client) => {
      await client.query(
        `INSERT INTO service_accounts
           (organization_id, id, name, description, scopes, created_by_id, created_by_label)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [
          ctx.organization.id,
          account.id,
          account.name,
          input.description ?? '',
          scopes,
          actor.id,
          actor.label,
        ],
      )
      await appendAudit(client, ctx, {
        eventType: 'PROVISIONED',
        target: target(account),
        details: { scopes, description: input.description ?? '' },
      })
      return insertToken(client, ctx, tokenOf(account, FIRST_TOKEN, scopes, expiresAt), {
        type: 'MINTED',
        details: { scopes, expiresAt, serviceAccount: account.name },
      })
    },
    (made) => made.summary.id,
  )
  const result = await minted(ctx, outcome)
  return {
    serviceAccount: await visibleServiceAccount(ctx, result.summary.owner.id),
    minted: result,
  }
}

/**
 * Mints a further token of the account. Without scopes it gets the account's whole grant; it can never
 * get more than that, nor more than the caller can do.
 * @throws DomainError not-found | forbidden | invalid | conflict | idempotency-mismatch
 */
export async function addServiceAccountToken(
  ctx: Context,
  input: AddServiceAccountTokenInput & { serviceAccountId: string },
  options: Keyed = {},
): Promise<MintedToken> {
  const account = await writableAccount(ctx, input.serviceAccountId)
  authorizeMinting(ctx)
  const names = (input.scopes?.length ?? 0) > 0 || Boolean(input.preset)
  const scopes = names ? requestedScopes(input) : account.scopes
  requireWithinGrant(account, scopes)
  requireWithinCeiling(ctx.principal, scopes)
  const expiresAt = requireLife(ctx, input.expirationDays, '/expirationDays')
  const token = tokenOf(account, input.name ?? 'Untitled token', scopes, expiresAt)
  const outcome = await onceForKey(
    ctx,
    { name: 'serviceAccounts:mint', key: options.idempotencyKey, input },
    (client) =>
      insertToken(client, ctx, token, {
        type: 'MINTED',
        details: { scopes, expiresAt, serviceAccount: account.name },
      }),
    (made) => made.summary.id,
  )
  return minted(ctx, outcome)
}

/**
 * One new token with the account's whole grant, live first; then all its other tokens end. Both in one
 * transaction, so a failure leaves everything as it was. No `keyExpirationDays` = never expires.
 * @throws DomainError not-found | forbidden | invalid | conflict | idempotency-mismatch
 */
export async function rotateServiceAccount(
  ctx: Context,
  input: { serviceAccountId: string; keyExpirationDays?: number | null | undefined },
  options: Keyed = {},
): Promise<MintedToken> {
  const account = await writableAccount(ctx, input.serviceAccountId)
  authorizeMinting(ctx)
  requireWithinCeiling(ctx.principal, account.scopes)
  const expiresAt = requireLife(ctx, input.keyExpirationDays, '/query/keyExpirationDays')
  const outcome = await onceForKey(
    ctx,
    { name: 'serviceAccounts:rotate', key: options.idempotencyKey, input },
    async (client) => {
      await lockAccount(client, ctx, account)
      const retired = await endAccountTokens(client, ctx, account.id, 'ROTATED')
      await appendAudit(client, ctx, {
        eventType: 'ACCOUNT_ROTATED',
        target: target(account),
        details: { tokensEnded: retired, expiresAt },
      })
      return insertToken(
        client,
        ctx,
        tokenOf(account, `${account.name} rotated`, account.scopes, expiresAt),
        {
          type: 'MINTED',
          details: { scopes: account.scopes, expiresAt, serviceAccount: account.name },
        },
      )
    },
    (made) => made.summary.id,
  )
  return minted(ctx, outcome)
}

/**
 * Two rotations of one account, or one and a revocation, go one after the other. A stronger lock would
 * deadlock with a new token, whose foreign key is checked when it already holds the audit chain.
 */
async function lockAccount(
  client: import('pg').PoolClient,
  ctx: Context,
  account: ServiceAccountSummary,
): Promise<void> {
  const held = await client.query(
    `SELECT 1 FROM service_accounts
     WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL FOR NO KEY UPDATE`,
    [ctx.organization.id, account.id],
  )
  if (held.rowCount !== 1) {
    throw new DomainError(
      'conflict',
      'service_account_revoked',
      'This service account was revoked a moment ago.',
    )
  }
}

function requireWithinGrant(account: ServiceAccountSummary, scopes: readonly Scope[]): void {
  const beyond = scopes.filter((scope) => !account.scopes.includes(scope))
  if (beyond.length > 0) {
    throw invalid([
      {
        pointer: '/scopes',
        detail: `The service account was not granted ${beyond.join(', ')}.`,
      },
    ])
  }
}

function requireLife(
  ctx: Context,
  days: number | null | undefined,
  pointer: string,
): number | null {
  const expiresAt = days == null ? null : expiryFromDays(ctx.now, days)
  requireWithinPolicy(expiresAt, ctx.now, ctx.organization.policy, pointer)
  requireWithinOwnLife(ctx.principal, expiresAt)
  return expiresAt
}

function tokenOf(
  account: { id: string; name: string },
  name: string,
  scopes: Scope[],
  expiresAt: number | null,
): NewToken {
  return {
    type: 'SERVICE_ACCOUNT',
    name,
    scopes,
    expiresAt,
    owner: { type: 'service-account', id: account.id, label: account.name },
  }
}
