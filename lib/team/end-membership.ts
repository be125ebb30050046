import type pg from 'pg'
import { THIS_MOMENT } from '@/lib/db/this-moment'

/**
 * Ends the membership and every live personal token of it, also a secret that is in a rotation's overlap.
 * Call `lockTeam` first.
 * @param endedBy as shown on the tokens
 * @returns the ids of the tokens that ended
 */
export async function endMembership(
  client: pg.PoolClient,
  organizationId: string,
  userId: string,
  endedBy: string,
): Promise<string[]> {
  // Two organizations that remove one person at once must each see what the other did.
  await client.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId])
  await client.query('DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2', [
    organizationId,
    userId,
  ])
  return endPersonalTokens(client, organizationId, userId, endedBy)
}

/** Ends what personal tokens still live, in two statements: the second sees what a rotation just made. */
export async function endPersonalTokens(
  client: pg.PoolClient,
  organizationId: string,
  userId: string,
  endedBy: string,
): Promise<string[]> {
  const live = `organization_id = $1 AND owner_user_id = $2
    AND (revoked_at IS NULL OR revoked_at > clock_timestamp())
    AND (expires_at IS NULL OR expires_at > clock_timestamp())`
  await client.query(`SELECT 1 FROM tokens WHERE ${live} ORDER BY id FOR UPDATE`, [
    organizationId,
    userId,
  ])
  const { rows } = await client.query<{ id: string }>(
    `UPDATE tokens SET revoked_at = ${THIS_MOMENT}, modified_at = now(), ended_by_label = $3,
       end_reason = CASE WHEN rotated_at IS NULL THEN 'OWNER_REMOVED'::token_end_reason
                         ELSE end_reason END
     WHERE ${live} RETURNING id`,
    [organizationId, userId, endedBy],
  )
  return rows.map(({ id }) => id)
}

/** Ends every session of a person who belongs to no organization any more. */
export async function endSessionsWithoutOrganization(
  client: pg.PoolClient,
  userId: string,
): Promise<void> {
  await client.query(
    `UPDATE sessions SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM memberships WHERE user_id = $1)`,
    [userId],
  )
}
