import type pg from 'pg'
import { authorizeOnItem, requireRecentAuthentication } from '@/lib/access/authorize'
import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { AuditEventType } from '@/lib/audit/events'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { DomainError, invalid } from '@/lib/errors'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'
import { visibleServiceAccount } from '@/lib/service-accounts/queries'
import type { PatchServiceAccountInput } from '@/lib/service-accounts/schema'
import { requestedScopes, requireWithinCeiling } from '@/lib/tokens/authority'

/** Everything about a service account but its secrets (lib/service-accounts/credentials.ts). */

/**
 * Renames, redescribes, narrows or widens the grant. Narrowing bites at each of its tokens' next call;
 * widening needs a recent proof of identity and stays within the caller's own power.
 * @throws DomainError not-found | forbidden | invalid | conflict `service_account_revoked`
 */
export async function patchServiceAccount(
  ctx: Context,
  input: PatchServiceAccountInput & { serviceAccountId: string },
): Promise<ServiceAccountSummary> {
  const old = await writableAccount(ctx, input.serviceAccountId)
  if (input.name === undefined && input.description === undefined && input.scopes === undefined) {
    throw invalid([{ pointer: '', detail: 'Nothing to change: send name, description or scopes.' }])
  }
  const scopes = input.scopes === undefined ? old.scopes : requestedScopes({ scopes: input.scopes })
  const added = scopes.filter((scope) => !old.scopes.includes(scope))
  if (added.length > 0) requireRecentAuthentication(ctx.principal, ctx.now)
  requireWithinCeiling(ctx.principal, added)
  const next = {
    name: input.name ?? old.name,
    description: input.description ?? old.description,
    scopes,
  }
  await sqlTransaction(ctx.db.pool, async (client) => {
    const changed = await client.query(
      `UPDATE service_accounts SET name = $3, description = $4, scopes = $5, modified_at = now()
       WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL
         AND (extract(epoch FROM modified_at) * 1000)::float8 = $6`,
      [ctx.organization.id, old.id, next.name, next.description, next.scopes, old.modifiedAt],
    )
    if (changed.rowCount !== 1) throw changedMeanwhile()
    await appendAudit(client, ctx, {
      eventType: 'ACCOUNT_UPDATED',
      target: target({ id: old.id, name: next.name }),
      details: {
        before: { name: old.name, description: old.description, scopes: old.scopes },
        after: next,
      },
    })
  })
  return visibleServiceAccount(ctx, old.id)
}

/**
 * Pauses the principal: every one of its tokens is refused from the next call on, and none is lost.
 * Suspending a suspended account changes nothing and writes no event.
 * @throws DomainError not-found | forbidden | conflict `service_account_revoked`
 */
export async function suspendServiceAccount(
  ctx: Context,
  input: { serviceAccountId: string },
): Promise<ServiceAccountSummary> {
  return setSuspension(ctx, input.serviceAccountId, 'SUSPENDED')
}

/**
 * Ends a suspension. Tokens that were revoked meanwhile stay revoked.
 * @throws DomainError not-found | forbidden | conflict `service_account_revoked`
 */
export async function resumeServiceAccount(
  ctx: Context,
  input: { serviceAccountId: string },
): Promise<ServiceAccountSummary> {
  return setSuspension(ctx, input.serviceAccountId, 'RESUMED')
}

/**
 * Ends the principal for ever, and every token with it, in one transaction. Idempotent.
 * @throws DomainError not-found | forbidden
 */
export async function revokeServiceAccount(
  ctx: Context,
  input: { serviceAccountId: string },
): Promise<void> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:write')
  const account = await visibleServiceAccount(ctx, input.serviceAccountId)
  if (account.state === 'revoked') return
  await sqlTransaction(ctx.db.pool, async (client) => {
    const ended = await client.query(
      `UPDATE service_accounts SET revoked_at = now(), modified_at = now()
       WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL`,
      [ctx.organization.id, account.id],
    )
    if (ended.rowCount !== 1) return
    const tokens = await endAccountTokens(client, ctx, account.id, 'SERVICE_ACCOUNT_REVOKED')
    await appendAudit(client, ctx, {
      eventType: 'ACCOUNT_REVOKED',
      target: target(account),
      details: { tokensEnded: tokens },
    })
  })
}

/** Ends every live token of the account, `except` the one named. Returns the ids. */
export async function endAccountTokens(
  client: pg.PoolClient,
  ctx: Context,
  serviceAccountId: string,
  reason: 'SERVICE_ACCOUNT_REVOKED' | 'ROTATED',
  except: string | null = null,
): Promise<string[]> {
  const result = await client.query<{ id: string }>(
    `UPDATE tokens SET revoked_at = ${THIS_MOMENT}, modified_at = now(), end_reason = $3::token_end_reason,
       ended_by_label = $4
     WHERE organization_id = $1 AND service_account_id = $2 AND id IS DISTINCT FROM $5::uuid
       AND (revoked_at IS NULL OR revoked_at > clock_timestamp())
     RETURNING id`,
    [ctx.organization.id, serviceAccountId, reason, actorOf(ctx.principal).label, except],
  )
  return result.rows.map((row) => row.id)
}

/** Line 1 of every change to an account. */
export async function writableAccount(
  ctx: Context,
  serviceAccountId: string,
): Promise<ServiceAccountSummary> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:write')
  const account = await visibleServiceAccount(ctx, serviceAccountId)
  if (account.state === 'revoked') {
    throw new DomainError(
      'conflict',
      'service_account_revoked',
      'This service account was revoked for ever: create another.',
    )
  }
  return account
}

export function target(account: { id: string; name: string }) {
  return { type: 'service-account' as const, id: account.id, label: account.name, familyId: null }
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    'conflict',
    'service_account_changed',
    'This service account was changed a moment ago by someone else: load it again.',
  )
}

async function setSuspension(
  ctx: Context,
  serviceAccountId: string,
  eventType: Extract<AuditEventType, 'SUSPENDED' | 'RESUMED'>,
): Promise<ServiceAccountSummary> {
  const account = await writableAccount(ctx, serviceAccountId)
  const suspend = eventType === 'SUSPENDED'
  await sqlTransaction(ctx.db.pool, async (client) => {
    const changed = await client.query(
      `UPDATE service_accounts SET suspended_at = CASE WHEN $3 THEN now() END, modified_at = now()
       WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL
         AND (suspended_at IS NULL) = $3`,
      [ctx.organization.id, account.id, suspend],
    )
    if (changed.rowCount !== 1) return
    await appendAudit(client, ctx, { eventType, target: target(account), details: {} })
  })
  return visibleServiceAccount(ctx, account.id)
}
