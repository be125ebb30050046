import type pg from 'pg'
import { requirePerson } from '@/lib/access/person'
import { appendToOwnOrganizations } from '@/lib/audit/own-organizations'
import type { Context, RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { notFound } from '@/lib/errors'
import { dropPicture } from '@/lib/pictures/store'
import { holdPerson } from '@/lib/profile/person'

/**
 * A signed-in person and their own account, in no organization in particular. Made of a session, never of a
 * token.
 */
export interface OwnAccount {
  db: Pick<Database, 'pool'>
  userId: string
  request: RequestFacts
}

/** The caller's. @throws DomainError forbidden */
export function ownAccount(ctx: Context): OwnAccount {
  const { userId } = requirePerson(ctx.principal)
  return { db: ctx.db, userId, request: ctx.request }
}

export interface AccountFacts {
  userId: string
  displayName: string
  email: string
  avatarId: string | null
  /** Epoch ms, as is `modifiedAt`. */
  createdAt: number
  modifiedAt: number
}

/** @throws DomainError not-found for an account just removed */
export async function getAccount({ db, userId }: OwnAccount): Promise<AccountFacts> {
  const { rows } = await db.pool.query<AccountFacts>(
    `SELECT id AS "userId", display_name AS "displayName", email, avatar_id AS "avatarId",
       (extract(epoch from created_at) * 1000)::float8 AS "createdAt",
       (extract(epoch from modified_at) * 1000)::float8 AS "modifiedAt"
     FROM users WHERE id = $1`,
    [userId],
  )
  if (!rows[0]) throw notFound()
  return rows[0]
}

export interface AccountChange {
  /** The new name, made of the present one under the lock. @throws DomainError invalid */
  nameFrom?: (present: string) => string
  /** Stores the new picture and answers its id; null removes the present one. */
  picture?: null | ((client: pg.PoolClient) => Promise<string>)
}

/**
 * Changes what the person shows of themselves, everywhere at once: it belongs to the person and not to a
 * membership, so every organization of theirs finds it in its audit log.
 * @throws DomainError not-found for an account just removed
 */
export async function changeAccount(
  account: OwnAccount,
  change: AccountChange,
): Promise<{ displayName: string; avatarId: string | null }> {
  const { userId, request } = account
  return sqlTransaction(account.db.pool, async (client) => {
    const person = await holdPerson(client, { userId })
    if (!person) throw notFound()
    const displayName = change.nameFrom?.(person.displayName) ?? person.displayName
    const avatarId = await pictureOf(client, change, person.avatarId)
    const renamed = displayName !== person.displayName
    const repictured = avatarId !== person.avatarId
    if (!renamed && !repictured) return { displayName, avatarId }
    await client.query(
      'UPDATE users SET display_name = $2, avatar_id = $3, modified_at = now() WHERE id = $1',
      [userId, displayName, avatarId],
    )
    if (repictured && person.avatarId) await dropPicture(client, person.avatarId)
    const details = {
      ...(renamed && { displayName: { before: person.displayName, after: displayName } }),
      ...(repictured && { picture: avatarId === null ? 'removed' : 'replaced' }),
    }
    const entry = { eventType: 'PROFILE_UPDATED' as const, details }
    await appendToOwnOrganizations(client, request, { userId, displayName }, entry)
    return { displayName, avatarId }
  })
}

async function pictureOf(
  client: pg.PoolClient,
  { picture }: AccountChange,
  present: string | null,
): Promise<string | null> {
  if (picture === undefined) return present
  return picture === null ? null : picture(client)
}
