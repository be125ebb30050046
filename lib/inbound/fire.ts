import type pg from 'pg'
import type { InstallationKeys } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { STORED_BY_NOW } from '@/lib/db/this-moment'
import { newId } from '@/lib/ids'
import { tellOfDeadDelivery } from '@/lib/inbound/dead-letter-notice'
import { retryDelayMs, type TargetKind, type WebhookTarget } from '@/lib/inbound/model'
import type { Firing, FiringOutcome, TriggerTargets } from '@/lib/inbound/trigger-target'

export interface FiringSetting {
  /** Tries before a delivery is given up. */
  attempts: number
  /** Wait after the first try, in ms. */
  firstRetryMs: number
  /** By kind of target: after so many ms the process that claimed a delivery is taken for dead, and another tries again. */
  claimMs: Readonly<Record<TargetKind, number>>
}

export interface FiringRuntime {
  pool: pg.Pool
  crypto: Pick<InstallationKeys, 'webhookSecrets' | 'emailLinks'>
  targets: TriggerTargets
  setting: FiringSetting
}

/** Of one endpoint at once, so that one that never answers does not hold up the others. */
const AT_ONCE_OF_ONE = 8
/** Of what is due, so many are looked at to choose from. */
const LOOKED_AT = 1000

export interface ClaimedDelivery extends Omit<Firing, 'secrets'> {
  target: WebhookTarget
  /** Tries since it was last begun anew, this one included. */
  tries: number
  sealedSecrets: readonly { id: string; sealed: string }[]
}

/**
 * Claims what is due at one kind of target, of no endpoint more than its share. Of any number of processes one gets a
 * delivery; where that one dies, the claim ends by itself.
 * @param lane kinds do not wait for each other: a run may take minutes, a forward seconds
 * @param busy how many of each endpoint are under way here
 */
export async function claimDue(
  { pool, setting }: FiringRuntime,
  { kind, most }: { kind: TargetKind; most: number },
  busy: ReadonlyMap<string, number>,
): Promise<{ claim: string; deliveries: ClaimedDelivery[] }> {
  const claim = newId()
  const { rows } = await pool.query<ClaimedDelivery>({
    name: 'inbound-claim',
    text: CLAIM,
    values: [
      most,
      claim,
      setting.claimMs[kind],
      JSON.stringify(Object.fromEntries(busy)),
      AT_ONCE_OF_ONE,
      LOOKED_AT,
      kind,
    ],
  })
  return { claim, deliveries: rows }
}

const CLAIM = `
  WITH due AS (
    SELECT d.organization_id, d.id, d.endpoint_id, d.next_attempt_at
    FROM inbound.delivery d JOIN inbound.endpoint e
      ON e.organization_id = d.organization_id AND e.id = d.endpoint_id AND e.target_kind = $7
    WHERE d.state = 'WAITING' AND d.next_attempt_at <= ${STORED_BY_NOW} ORDER BY d.next_attempt_at LIMIT $6
  ), placed AS (
    SELECT *, row_number() OVER (PARTITION BY endpoint_id ORDER BY next_attempt_at)
      + coalesce(($4::jsonb ->> endpoint_id::text)::int, 0) AS place FROM due
  ), taken AS (
    SELECT d.organization_id, d.id FROM inbound.delivery d JOIN placed p USING (organization_id, id)
    WHERE p.place <= $5 AND d.state = 'WAITING' AND d.next_attempt_at <= ${STORED_BY_NOW}
    ORDER BY p.next_attempt_at LIMIT $1 FOR UPDATE OF d SKIP LOCKED
  ), claimed AS (
    UPDATE inbound.delivery d SET claim = $2, attempts = attempts + 1, tries = tries + 1,
      next_attempt_at = clock_timestamp() + $3 * interval '1 millisecond'
    FROM taken t WHERE d.organization_id = t.organization_id AND d.id = t.id RETURNING d.*
  )
  SELECT c.organization_id AS "organizationId", e.id AS "webhookId", e.name AS "webhookName",
    c.id AS "deliveryId", c.attempts AS attempt, c.tries, e.provider, c.event_type AS "eventType",
    c.content_type AS "contentType", c.body, e.target,
    coalesce((SELECT json_agg(json_build_object('id', s.id, 'sealed', encode(s.sealed, 'base64'))
        ORDER BY s.created_at DESC, s.id DESC)
      FROM inbound.secret s WHERE s.organization_id = e.organization_id AND s.endpoint_id = e.id
        AND s.purpose = 'FORWARD' AND (s.expires_at IS NULL OR s.expires_at > clock_timestamp())
    ), '[]') AS "sealedSecrets"
  FROM claimed c JOIN inbound.endpoint e
    ON e.organization_id = c.organization_id AND e.id = c.endpoint_id`

/**
 * Fires one claimed delivery and writes down what became of it. At least once: a process that dies between the answer
 * and the writing leaves the claim to end, and the delivery is fired again under the same id.
 */
export async function fireDelivery(
  runtime: FiringRuntime,
  claim: string,
  delivery: ClaimedDelivery,
): Promise<FiringOutcome> {
  const startedAt = Date.now()
  const outcome = await attempt(runtime, delivery)
  await record(runtime, claim, delivery, outcome, startedAt)
  return outcome
}

async function attempt(
  { crypto, targets }: FiringRuntime,
  { target, sealedSecrets, tries: _tries, ...firing }: ClaimedDelivery,
): Promise<FiringOutcome> {
  const known = targets.find(target.kind)
  if (!known) return failure(`Nothing here can fire at ${target.kind}.`)
  if ((firing.body as Uint8Array | null) === null)
    return failure('Its content is not kept any more.')
  try {
    const secrets = sealedSecrets.map(({ id, sealed }) =>
      crypto.webhookSecrets.open(id, Buffer.from(sealed, 'base64')),
    )
    return await known.fire(target, { ...firing, secrets })
  } catch {
    return failure('Its signing secret cannot be read: AUTH_SECRET has changed.')
  }
}

function failure(outcome: string): FiringOutcome {
  return { succeeded: false, status: null, outcome }
}

/** Whoever lost the claim changes nothing but the log: somebody else is at it. */
async function record(
  runtime: FiringRuntime,
  claim: string,
  delivery: ClaimedDelivery,
  { succeeded, status, outcome }: FiringOutcome,
  startedAt: number,
): Promise<void> {
  const { attempts, firstRetryMs } = runtime.setting
  const isDead = !succeeded && delivery.tries >= attempts
  const waitMs = retryDelayMs(delivery.tries, firstRetryMs, Math.random())
  await sqlTransaction(runtime.pool, async (client) => {
    const { rowCount } = await client.query({
      name: 'inbound-record',
      text: RECORD,
      values: [
        delivery.organizationId,
        delivery.deliveryId,
        claim,
        delivery.attempt,
        startedAt,
        Date.now() - startedAt,
        succeeded,
        status,
        outcome,
        succeeded ? 'DELIVERED' : isDead ? 'DEAD' : 'WAITING',
        waitMs,
      ],
    })
    if (isDead && rowCount === 1)
      await tellOfDeadDelivery(client, runtime.crypto, delivery, outcome)
  })
}

const RECORD = `
  WITH logged AS (
    INSERT INTO inbound.attempt (organization_id, delivery_id, number, started_at, duration_ms, succeeded,
      status, outcome)
    SELECT organization_id, id, $4, to_timestamp($5::float8 / 1000), $6, $7, $8, $9 FROM inbound.delivery
    WHERE organization_id = $1 AND id = $2
    ON CONFLICT DO NOTHING
  )
  UPDATE inbound.delivery d SET
    -- It was paused meanwhile.
    state = CASE WHEN $10 = 'WAITING' AND e.paused_at IS NOT NULL THEN 'HELD' ELSE $10 END,
    claim = NULL, outcome = $9,
    next_attempt_at = clock_timestamp() + $11 * interval '1 millisecond',
    finished_at = CASE WHEN $10 = 'WAITING' THEN NULL ELSE clock_timestamp() END
  FROM inbound.endpoint e
  WHERE d.organization_id = $1 AND d.id = $2 AND d.claim = $3
    AND e.organization_id = d.organization_id AND e.id = d.endpoint_id`
