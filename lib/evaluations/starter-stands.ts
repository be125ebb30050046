import type pg from 'pg'
import type { Maker } from '@/lib/agents/model'
import { familyIsAccepted } from '@/lib/tokens/family-standing'

const STANDS = `
  SELECT CASE $2
    WHEN 'PERSON' THEN EXISTS (
      SELECT 1 FROM memberships m WHERE m.organization_id = $1 AND m.user_id = $3::uuid)
    ELSE EXISTS (
      SELECT 1 FROM service_accounts s WHERE s.organization_id = $1 AND s.id = $3::uuid
        AND s.suspended_at IS NULL AND s.revoked_at IS NULL)
    END AS stands`

/**
 * Whether who started something, and the token that did, could still come in at this moment; a token that was rotated
 * stands by its successor. What somebody began with a stolen token must not go on spending once that is revoked.
 */
export async function starterStands(
  client: Pick<pg.Pool, 'query'>,
  organizationId: string,
  { kind, id, token }: Maker,
): Promise<boolean> {
  const { rows } = await client.query<{ stands: boolean }>({
    name: 'evaluation-starter-stands',
    text: STANDS,
    values: [organizationId, kind, id],
  })
  if (rows[0]?.stands !== true) return false
  return token === null || familyIsAccepted(client, organizationId, token.familyId)
}
