import type pg from 'pg'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { notFound } from '@/lib/errors'
import { encodePicture } from '@/lib/pictures/encode'
import { dropPicture, storePicture } from '@/lib/pictures/store'
import { holdPerson, personTarget, requirePerson } from '@/lib/profile/person'

/**
 * Gives the caller a picture in place of their earlier one, which is removed.
 * @returns the id of the new one
 * @throws DomainError forbidden | invalid at /picture for what is no picture that we take
 */
export async function setAvatar(
  ctx: Context,
  input: { picture: Uint8Array },
): Promise<{ avatarId: string }> {
  requirePerson(ctx.principal)
  const encoded = await encodePicture(input.picture)
  const avatarId = await replaceAvatar(ctx, (client) => storePicture(client, encoded))
  return { avatarId }
}

/** Shows the caller's initials again. @throws DomainError forbidden */
export async function removeAvatar(ctx: Context): Promise<void> {
  requirePerson(ctx.principal)
  await replaceAvatar(ctx, async () => null)
}

async function replaceAvatar<Id extends string | null>(
  ctx: Context,
  store: (client: pg.PoolClient) => Promise<Id>,
): Promise<Id> {
  const { userId } = requirePerson(ctx.principal)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const person = await holdPerson(client, { userId })
    if (!person) throw notFound()
    const avatarId = await store(client)
    if (avatarId === person.avatarId) return avatarId
    await client.query('UPDATE users SET avatar_id = $2, modified_at = now() WHERE id = $1', [
      userId,
      avatarId,
    ])
    if (person.avatarId) await dropPicture(client, person.avatarId)
    await appendAudit(client, ctx, {
      eventType: 'PROFILE_UPDATED',
      target: personTarget(person),
      details: { picture: avatarId === null ? 'removed' : 'replaced' },
    })
    return avatarId
  })
}
