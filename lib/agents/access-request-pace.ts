import type { Context } from '@/lib/context'
import { DomainError } from '@/lib/errors'

/** Requests of one person in an hour, in one organization. */
export const REQUESTS_PER_HOUR = 20

/**
 * Counted before the look-up, for what is there and what is not.
 * @throws DomainError throttled `too_many_access_requests`
 */
export async function keepPace({ db, organization }: Context, userId: string): Promise<void> {
  const { rows } = await db.pool.query<{ requests: number; seconds: number }>(
    `INSERT INTO agents.access_request_pace AS pace (organization_id, user_id, since, requests)
     VALUES ($1, $2, clock_timestamp(), 1)
     ON CONFLICT (organization_id, user_id) DO UPDATE SET
       since = CASE WHEN pace.since > excluded.since - interval '1 hour' THEN pace.since ELSE excluded.since END,
       requests = CASE WHEN pace.since > excluded.since - interval '1 hour' THEN pace.requests + 1 ELSE 1 END
     RETURNING requests,
       ceil(extract(epoch FROM since + interval '1 hour' - clock_timestamp()))::float8 AS seconds`,
    [organization.id, userId],
  )
  const [pace] = rows
  if (!pace || pace.requests <= REQUESTS_PER_HOUR) return
  throw new DomainError(
    'throttled',
    'too_many_access_requests',
    `That is more than ${REQUESTS_PER_HOUR} requests within the hour. Try again in ${minutesOf(pace.seconds)}.`,
    { retryAfterSeconds: Math.max(1, pace.seconds) },
  )
}

function minutesOf(seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60))
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}
