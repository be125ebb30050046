import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { InstallationKeys } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { newId } from '@/lib/ids'
import { tellOfDeadDelivery } from '@/lib/inbound/dead-letter-notice'
import { DUE, PLACED } from '@/lib/inbound/due'
import { retryDelayMs, type SubscriberType, type WebhookTarget } from '@/lib/inbound/model'
import { GOOD_SECRETS } from '@/lib/inbound/secret-rows'
import type { Firing, FiringOutcome, TriggerTargets } from '@/lib/inbound/trigger-target'

export interface FiringSetting {
  /** Tries before a dispatch is given up. */
  attempts: number
  /** Wait after the first try, in ms. */
  firstRetryMs: number
  /** By kind: after so many ms the process that claimed a dispatch is taken for dead, and another tries again. */
  claimMs: Readonly<Record<SubscriberType, number>>
}

export interface FiringRuntime {
  pool: pg.Pool
  crypto: Pick<InstallationKeys, 'webhookSecrets' | 'emailLinks'>
  targets: TriggerTargets
  setting: FiringSetting
}

/** Of one subscription at once, so that one that never answers does not hold up the others. */
const AT_ONCE_OF_ONE = 8
/** Of what is due, so many are looked at to choose from. */
const LOOKED_AT = 128

/** A delivery for one subscription, to be fired by whoever claimed it. */
export interface ClaimedDispatch extends Omit<Firing, 'secrets'> {
  target: WebhookTarget
  /** Tries since it was last begun anew, this one included. */
  tries: number
  sealedSecrets: readonly { id: string; sealed: string }[]
}

/**
 * Claims what is due at one kind of subscriber, of no subscription more than its share. First come organizations with
 * the fewest under way, of each the subscriptions with the fewest, of each what has been due longest. Of any number of
 * processes one gets a dispatch; where that one dies, the claim ends by itself.
 * @param lane kinds do not wait for each other: a run may take minutes, a forward seconds
 * @param busy how many of each subscription, and of each organization, are under way here: by their ids
 */
export async function claimDue(
  { pool, setting }: FiringRuntime,
  { kind, most }: { kind: SubscriberType; most: number },
  busy: ReadonlyMap<string, number>,
): Promise<{ claim: string; dispatches: ClaimedDispatch[] }> {
  const claim = newId()
  const { rows } = await pool.query<ClaimedDispatch>({
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
      randomBytes(8).readBigInt64BE().toString(),
    ],
  })
  return { claim, dispatches: rows }
}

const CLAIM = `
  WITH RECURSIVE ${PLACED}, taken AS (
    SELECT d.organization_id, d.delivery_id, d.subscription_id
    FROM inbound.dispatch d JOIN placed p USING (organization_id, delivery_id, subscription_id)
    WHERE ${DUE}
    ORDER BY p.turn, p.next_attempt_at LIMIT $1 FOR UPDATE OF d SKIP LOCKED
  ), claimed AS (
    UPDATE inbound.dispatch d SET claim = $2, attempts = attempts + 1, tries = tries + 1,
      next_attempt_at = clock_timestamp() + $3 * interval '1 millisecond'
    FROM taken t WHERE d.organization_id = t.organization_id AND d.delivery_id = t.delivery_id
      AND d.subscription_id = t.subscription_id RETURNING d.*
  )
  SELECT c.organization_id AS "organizationId", e.id AS "webhookId", e.name AS "webhookName",
    c.subscription_id AS "subscriptionId", c.delivery_id AS "deliveryId", c.attempts AS attempt, c.tries, e.provider,
    d.event_type AS "eventType", d.content_type AS "contentType", d.body,
    CASE p.subscriber_type WHEN 'HTTP' THEN jsonb_build_object('kind', 'HTTP', 'url', p.config ->> 'url')
      ELSE jsonb_build_object('kind', p.subscriber_type, 'agentId', p.subscriber_id) END AS target,
    ${GOOD_SECRETS('s.subscription_id = p.id', 'p')} AS "sealedSecrets"
  FROM claimed c
    JOIN inbound.delivery d ON d.organization_id = c.organization_id AND d.id = c.delivery_id
    JOIN inbound.endpoint e ON e.organization_id = c.organization_id AND e.id = c.endpoint_id
    JOIN inbound.subscription p ON p.organization_id = c.organization_id AND p.id = c.subscription_id`

/**
 * Fires one claimed dispatch and writes down what became of it. At least once: a process that dies between the answer
 * and the writing leaves the claim to end, and it is fired again under the same id.
 */
export async function fireDispatch(
  runtime: FiringRuntime,
  claim: string,
  dispatch: ClaimedDispatch,
): Promise<FiringOutcome> {
  const startedAt = Date.now()
  const outcome = await attempt(runtime, dispatch)
  await record(runtime, claim, dispatch, outcome, startedAt)
  return outcome
}

async function attempt(
  { crypto, targets }: FiringRuntime,
  { target, sealedSecrets, tries: _tries, ...firing }: ClaimedDispatch,
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
  dispatch: ClaimedDispatch,
  { succeeded, status, outcome }: FiringOutcome,
  startedAt: number,
): Promise<void> {
  const { attempts, firstRetryMs } = runtime.setting
  const isDead = !succeeded && dispatch.tries >= attempts
  const waitMs = retryDelayMs(dispatch.tries, firstRetryMs, Math.random())
  await sqlTransaction(runtime.pool, async (client) => {
    const { rowCount } = await client.query({
      name: 'inbound-record',
      text: RECORD,
      values: [
        dispatch.organizationId,
        dispatch.deliveryId,
        dispatch.subscriptionId,
        claim,
        dispatch.attempt,
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
      await tellOfDeadDelivery(client, runtime.crypto, dispatch, outcome)
  })
}

const RECORD = `
  WITH logged AS (
    INSERT INTO inbound.attempt (organization_id, delivery_id, subscription_id, number, started_at, duration_ms,
      succeeded, status, outcome)
    SELECT organization_id, delivery_id, subscription_id, $5, to_timestamp($6::float8 / 1000), $7, $8, $9, $10
    FROM inbound.dispatch WHERE organization_id = $1 AND delivery_id = $2 AND subscription_id = $3
    ON CONFLICT DO NOTHING
  )
  UPDATE inbound.dispatch SET
    -- A pause or its end meanwhile has changed it already.
    state = CASE WHEN $11 = 'WAITING' THEN state ELSE $11 END,
    claim = NULL, outcome = $10,
    next_attempt_at = clock_timestamp() + $12 * interval '1 millisecond',
    finished_at = CASE WHEN $11 = 'WAITING' THEN NULL ELSE clock_timestamp() END
  WHERE organization_id = $1 AND delivery_id = $2 AND subscription_id = $3 AND claim = $4`
