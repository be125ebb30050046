import type pg from 'pg'
import type { Actor } from '@/lib/access/principal'
import type { AuditEntry } from '@/lib/audit/events'
import { auditPayload, systemAuditPayload } from '@/lib/audit/payload'
import type { Context, RequestFacts } from '@/lib/context'
import { newId } from '@/lib/ids'

/**
 * Appends the event to the organization's chain over a plain connection, in the caller's transaction and
 * as its last statement: the chain's head stays locked until the commit.
 */
export async function appendAudit(
  client: Pick<pg.PoolClient, 'query'>,
  ctx: Context,
  entry: AuditEntry,
): Promise<void> {
  await client.query({
    name: 'audit-append',
    text: 'SELECT audit.append($1::uuid, $2::uuid, $3)',
    values: [ctx.organization.id, newId(), auditPayload(ctx, entry)],
  })
}

/** The same for what the passing of time did: nobody asked for it. */
export async function appendSystemAudit(
  client: Pick<pg.PoolClient, 'query'>,
  organizationId: string,
  entry: AuditEntry,
): Promise<void> {
  const request = { id: newId(), channel: 'system', ip: null, userAgent: null } as const
  await appendPayload(client, organizationId, systemAuditPayload(request, entry))
}

/** The same for what somebody asked for and a job does after the answer: it is theirs all the same. */
export async function appendAuditFor(
  client: Pick<pg.PoolClient, 'query'>,
  organizationId: string,
  { actor, request }: { actor: Actor; request: RequestFacts },
  entry: AuditEntry,
): Promise<void> {
  await appendPayload(client, organizationId, systemAuditPayload(request, entry, actor))
}

async function appendPayload(
  client: Pick<pg.PoolClient, 'query'>,
  organizationId: string,
  payload: string,
): Promise<void> {
  await client.query('SELECT audit.append($1::uuid, $2::uuid, $3)', [
    organizationId,
    newId(),
    payload,
  ])
}
