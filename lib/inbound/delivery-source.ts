import { patternsOf } from '@/lib/inbound/event-filter'
import type { DeliveryState } from '@/lib/inbound/model'

export interface DeliveryFilter {
  state?: DeliveryState | undefined
  webhookId?: string | undefined
  /** Types in the form of a subscription's filter. */
  event?: string | undefined
}

/**
 * SQL for the newest deliveries `d` of a filter, or of each part of it, in no order across the parts.
 * @param columns of `d`
 * @param after a further condition on `d`: `AND …`
 * @param limit SQL: of each part, so many
 */
export type DeliverySource = (columns: string, after: string, limit: string) => string

export interface DeliveryQuery {
  /** `$1` … `$4` of the source. */
  values: readonly [string, string | null, string[] | null, DeliveryState | null]
  source: DeliverySource
}

/**
 * Deliveries are by the million and mostly alike, and whoever looks for the few that are not must not wait until all
 * have been read. So each filter is read along an index that has its rows together and newest first: that of a state,
 * which each endpoint has; or where most rows are wanted, that of a type, once the types have been found.
 */
export function deliveryQuery(
  organizationId: string,
  { state, webhookId, event }: DeliveryFilter,
): DeliveryQuery {
  const patterns = patternsOf(event)
  const types = patterns.length === 0 ? null : patterns
  return {
    values: [organizationId, webhookId ?? null, types, state ?? null],
    source:
      state !== undefined && (types === null || state !== 'DELIVERED')
        ? OF_STATE
        : types === null
          ? OF_ALL
          : OF_TYPES,
  }
}

/** Patterns are those of lib/inbound/event-filter.ts. */
const takes = (
  type: string,
) => `($3::text[] IS NULL OR EXISTS (SELECT 1 FROM unnest($3::text[]) AS pattern
  WHERE CASE WHEN right(pattern, 1) = '*' THEN starts_with(${type}, left(pattern, -1)) ELSE ${type} = pattern END))`

export const NEWEST_FIRST = 'd.received_at DESC, d.id DESC'

const OF_ALL: DeliverySource = (columns, after, limit) => `
  SELECT ${columns} FROM inbound.delivery d
  WHERE d.organization_id = $1 AND ($2::uuid IS NULL OR d.endpoint_id = $2) AND $3::text[] IS NULL
    AND $4::text IS NULL ${after}
  ORDER BY ${NEWEST_FIRST} LIMIT ${limit}`

// Below, a column of which one value is wanted is sorted by all the same, and compared as a range: only the index that
// has it in front of the time is in that order. By equality the planner would go through all by time, where it takes
// what is wanted for frequent, and where that is rare, it never comes to an end.

const OF_STATE: DeliverySource = (columns, after, limit) => `
  SELECT found.* FROM inbound.endpoint e CROSS JOIN LATERAL (
    SELECT ${columns} FROM inbound.delivery d
    WHERE d.organization_id = e.organization_id AND d.endpoint_id = e.id AND d.state BETWEEN $4 AND $4
      AND ${takes('d.event_type')} ${after}
    ORDER BY d.state, ${NEWEST_FIRST} LIMIT ${limit}
  ) found WHERE e.organization_id = $1 AND ($2::uuid IS NULL OR e.id = $2)`

/** From one type to the next, not through what there is of each. */
const OF_TYPES: DeliverySource = (columns, after, limit) => `
  WITH RECURSIVE kind AS (
    SELECT e.id AS endpoint_id, '' AS event_type FROM inbound.endpoint e
    WHERE e.organization_id = $1 AND ($2::uuid IS NULL OR e.id = $2)
    UNION ALL
    SELECT k.endpoint_id, following.event_type FROM kind k CROSS JOIN LATERAL (
      SELECT d.event_type FROM inbound.delivery d
      WHERE d.organization_id = $1 AND d.endpoint_id = k.endpoint_id AND d.event_type > k.event_type
      ORDER BY d.event_type LIMIT 1
    ) following
  )
  SELECT found.* FROM kind k CROSS JOIN LATERAL (
    SELECT ${columns} FROM inbound.delivery d
    WHERE d.organization_id = $1 AND d.endpoint_id = k.endpoint_id
      AND d.event_type BETWEEN k.event_type AND k.event_type AND ($4::text IS NULL OR d.state = $4) ${after}
    ORDER BY d.event_type, ${NEWEST_FIRST} LIMIT ${limit}
  ) found WHERE ${takes('k.event_type')}`
