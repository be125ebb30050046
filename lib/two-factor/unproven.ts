import type pg from 'pg'

/**
 * For the moment at which somebody shows that the mailbox of an account is theirs, while nobody had shown it
 * before: whoever made the account may have been another, and must not come back by a factor they added.
 * Call it before the address is marked as verified, in the same transaction.
 * @returns whether the address had not been proven
 */
export async function endUnprovenFactors(
  client: Pick<pg.PoolClient, 'query'>,
  userId: string,
): Promise<boolean> {
  const { rows } = await client.query<{ unproven: boolean }>(
    `SELECT email_verified_at IS NULL AS unproven FROM users WHERE id = $1 FOR NO KEY UPDATE`,
    [userId],
  )
  if (rows[0]?.unproven !== true) return false
  for (const table of ['passkeys', 'authenticator_apps', 'recovery_codes']) {
    await client.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId])
  }
  return true
}
