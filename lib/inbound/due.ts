import { STORED_BY_NOW } from '@/lib/db/this-moment'

/**
 * What of all that is due may be claimed, in fair turns: SQL for lib/inbound/fire.ts. Its parameters: $4 how many of each
 * subscription and of each organization are under way here, $5 at once of one subscription, $6 rows that one look
 * takes, $7 the kind, $8 where a walk begins.
 */

const WAITING = `d.state = 'WAITING' AND d.subscriber_type = $7`
export const DUE = `${WAITING} AND d.next_attempt_at <= ${STORED_BY_NOW}`
const KEY = 'd.organization_id, d.delivery_id, d.subscription_id, d.next_attempt_at'

/** As the index dispatch_turns has them. */
const ORGANIZATION = 'uuid_hash_extended(d.organization_id, 0)'
const SUBSCRIPTION = 'uuid_hash_extended(d.subscription_id, 0)'
const HIGHEST = '9223372036854775807'

const BUSY = (id: string) => `coalesce(($4::jsonb ->> ${id}::text)::int, 0)`

/**
 * Steps from one value of an index to the next one, once round from $8. Each step is one look into the index, however
 * many rows a value has, and none is made before it is asked for. Its first row is where it began, which is nobody.
 */
function walk(name: string, value: string, where: string): string {
  return `${name} (at, ahead) AS (
    SELECT $8::bigint, true
    UNION ALL
    SELECT n.at, w.ahead AND n.at > $8::bigint FROM ${name} w CROSS JOIN LATERAL (
      SELECT coalesce(
        (SELECT ${value} FROM inbound.dispatch d WHERE ${where} AND ${value} > w.at
          AND ${value} <= CASE WHEN w.ahead THEN ${HIGHEST} ELSE $8::bigint END ORDER BY ${value} LIMIT 1),
        CASE WHEN w.ahead THEN (SELECT ${value} FROM inbound.dispatch d WHERE ${where}
          AND ${value} <= $8::bigint ORDER BY ${value} LIMIT 1) END) AS at
      OFFSET 0 -- Else it is looked up once for each mention of it.
    ) n WHERE n.at IS NOT NULL
  )`
}
const isStop = (alias: string) => `NOT (${alias}.ahead AND ${alias}.at = $8::bigint)`

/**
 * CTEs that end in \`placed\`: candidates with their place in their subscription and their turn in their organization,
 * what is under way counted. Where one look takes all that is due, that is all of it. Else somebody has a backlog, and
 * the oldest may all be theirs: then a walk finds the others, of each subscription as many as it has free places, of
 * each organization an eighth of a look. It ends once round, or with enough to choose from: nothing is found only where
 * nothing can be claimed.
 */
export const PLACED = `
  oldest AS MATERIALIZED (
    SELECT ${KEY} FROM inbound.dispatch d WHERE ${DUE} ORDER BY d.next_attempt_at LIMIT $6
  ), ${walk('organizations', ORGANIZATION, WAITING)}, walked AS (
    SELECT theirs.* FROM organizations o CROSS JOIN LATERAL (
      WITH RECURSIVE ${walk('subscriptions', SUBSCRIPTION, `${WAITING} AND ${ORGANIZATION} = o.at`)}
      SELECT of_one.* FROM subscriptions s CROSS JOIN LATERAL (
        SELECT d.subscription_id FROM inbound.dispatch d
        WHERE ${DUE} AND ${ORGANIZATION} = o.at AND ${SUBSCRIPTION} = s.at ORDER BY d.next_attempt_at LIMIT 1
      ) head CROSS JOIN LATERAL (
        SELECT ${KEY} FROM inbound.dispatch d
        WHERE ${DUE} AND ${ORGANIZATION} = o.at AND ${SUBSCRIPTION} = s.at
        ORDER BY d.next_attempt_at LIMIT greatest(0, $5::int - ${BUSY('head.subscription_id')})
      ) of_one WHERE ${isStop('s')} LIMIT $6 / 8
    ) theirs WHERE ${isStop('o')} AND (SELECT count(*) FROM oldest) = $6 LIMIT $6
  ), candidates AS (
    SELECT * FROM walked UNION ALL SELECT * FROM oldest WHERE (SELECT count(*) FROM oldest) < $6
  ), in_place AS (
    SELECT *, row_number() OVER (PARTITION BY subscription_id ORDER BY next_attempt_at)
      + ${BUSY('subscription_id')} AS place FROM candidates
  ), placed AS (
    SELECT *, row_number() OVER (PARTITION BY organization_id ORDER BY place, next_attempt_at)
      + ${BUSY('organization_id')} AS turn FROM in_place WHERE place <= $5
  )`
