import { createHash } from 'node:crypto'
import type pg from 'pg'
import { actorOf } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError } from '@/lib/errors'

/**
 * Idempotency-Key (IETF httpapi draft 07): within 24 hours the same principal, operation and key make
 * one thing. What is remembered is the id of the result, never its secret.
 */

interface Operation {
  name: string
  key: string | undefined
  /** What the caller sent, parsed: another body under the same key is refused. */
  input: unknown
  /** Whether what an earlier call made still counts; where it does not, the key makes another. Absent: it does. */
  stands?: (client: Client, resultId: string) => Promise<boolean>
}

type Client = Pick<pg.Pool | pg.PoolClient, 'query'>

type Outcome<T> = { replayedId: string } | { made: T }

/**
 * Runs `make` in a transaction, or finds what an earlier call with the key made.
 * @throws DomainError conflict `idempotency_in_flight` | idempotency-mismatch `idempotency_key_reused`
 */
export async function onceForKey<T>(
  ctx: Context,
  operation: Operation,
  make: (client: pg.PoolClient) => Promise<T>,
  resultId: (made: T) => string,
): Promise<Outcome<T>> {
  if (operation.key === undefined) {
    return { made: await sqlTransaction(ctx.db.pool, make) }
  }
  const identity = identityOf(ctx, operation.name, operation.key)
  const hash = hashOf(operation.input)
  return sqlTransaction(ctx.db.pool, async (client) => {
    await lockKey(client, identity)
    const replayedId = await earlierResult(client, identity, hash, operation.stands)
    if (replayedId !== null) return { replayedId }
    const made = await make(client)
    await client.query(
      `INSERT INTO idempotency_records
         (organization_id, principal_id, operation, key, request_hash, result_id)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (organization_id, principal_id, operation, key)
         DO UPDATE SET request_hash = excluded.request_hash, result_id = excluded.result_id, created_at = now()`,
      [...identity, hash, resultId(made)],
    )
    return { made }
  })
}

/**
 * What an earlier call with the key made, for what asks much before it makes anything; null where it made nothing yet.
 * @throws DomainError idempotency-mismatch `idempotency_key_reused`
 */
export async function madeForKey(
  ctx: Context,
  { name, key, input, stands }: Operation,
): Promise<string | null> {
  if (key === undefined) return null
  return earlierResult(ctx.db.pool, identityOf(ctx, name, key), hashOf(input), stands)
}

function identityOf({ organization, principal }: Context, name: string, key: string) {
  return [organization.id, actorOf(principal).id, name, key]
}

function hashOf(input: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(input)).digest()
}

async function earlierResult(
  client: Client,
  identity: readonly unknown[],
  hash: Buffer,
  stands: Operation['stands'],
): Promise<string | null> {
  const earlier = await client.query<{ requestHash: Buffer; resultId: string }>(
    `SELECT request_hash AS "requestHash", result_id AS "resultId" FROM idempotency_records
     WHERE organization_id = $1 AND principal_id = $2 AND operation = $3 AND key = $4
       AND created_at > now() - interval '24 hours'`,
    [...identity],
  )
  const found = earlier.rows[0]
  if (!found) return null
  if (!found.requestHash.equals(hash)) {
    throw new DomainError(
      'idempotency-mismatch',
      'idempotency_key_reused',
      'This Idempotency-Key was used with another request: take a new key.',
    )
  }
  return !stands || (await stands(client, found.resultId)) ? found.resultId : null
}

/** Held to the end of the transaction: a second call in flight is told so and does not wait. */
async function lockKey(client: pg.PoolClient, identity: readonly unknown[]): Promise<void> {
  const lock = await client.query<{ held: boolean }>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7)) AS held',
    [JSON.stringify(identity)],
  )
  if (!lock.rows[0]?.held) throw idempotencyInFlight()
}

export function idempotencyInFlight(): DomainError {
  return new DomainError(
    'conflict',
    'idempotency_in_flight',
    'A request with this Idempotency-Key is still being worked on: try again in a moment.',
  )
}
