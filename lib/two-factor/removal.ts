import type pg from 'pg'
import { DomainError } from '@/lib/errors'
import { type Factors, factorsOf, isOn } from '@/lib/two-factor/factors'
import { deleteRecoveryCodes } from '@/lib/two-factor/recovery-codes'

/**
 * What follows after a factor was deleted, in the same transaction: without any factor there is nothing that
 * recovery codes would stand in for.
 * @throws DomainError conflict `two_factor_required` where an organization of the person wants one; the
 *   deletion is then undone
 */
export async function settleRemoval(
  client: Pick<pg.PoolClient, 'query'>,
  userId: string,
): Promise<Factors> {
  const left = await factorsOf(client, userId)
  if (isOn(left)) return left
  const { rows } = await client.query<{ name: string }>(
    `SELECT o.name FROM memberships m JOIN organizations o ON o.id = m.organization_id
     WHERE m.user_id = $1 AND o.two_factor_required ORDER BY lower(o.name), o.id LIMIT 1`,
    [userId],
  )
  const demanding = rows[0]
  if (demanding) throw requiredBy(demanding.name)
  await deleteRecoveryCodes(client, userId)
  return { ...left, recoveryCodesLeft: 0 }
}

function requiredBy(organizationName: string): DomainError {
  return new DomainError(
    'conflict',
    'two_factor_required',
    `${organizationName} requires a second factor, and this is your last one. Add another one first.`,
  )
}
