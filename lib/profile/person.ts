import type pg from 'pg'

export interface HeldPerson {
  userId: string
  email: string
  displayName: string
  avatarId: string | null
  /** They have shown that the mailbox is theirs. */
  emailVerified: boolean
}

/** Holds the row of a person until the transaction ends. @returns null for nobody */
export async function holdPerson(
  client: Pick<pg.PoolClient, 'query'>,
  by: { userId: string } | { email: string },
): Promise<HeldPerson | null> {
  const [column, value] = 'userId' in by ? ['id', by.userId] : ['email', by.email]
  const { rows } = await client.query<HeldPerson>(
    `SELECT id AS "userId", email, display_name AS "displayName", avatar_id AS "avatarId",
       email_verified_at IS NOT NULL AS "emailVerified" FROM users
     WHERE ${column} = $1 FOR NO KEY UPDATE`,
    [value],
  )
  return rows[0] ?? null
}
