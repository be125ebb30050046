import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { notFound } from '@/lib/errors'
import { holdPerson, personTarget, requirePerson } from '@/lib/profile/person'
import type { DisplayNameChange } from '@/lib/profile/schema'

/**
 * Renames the caller, everywhere at once: the name belongs to the person, not to a membership.
 * @returns the name as it is now
 * @throws DomainError forbidden | not-found for an account just removed
 */
export async function updateDisplayName(
  ctx: Context,
  input: DisplayNameChange,
): Promise<{ displayName: string }> {
  const { userId } = requirePerson(ctx.principal)
  const { displayName } = input
  return sqlTransaction(ctx.db.pool, async (client) => {
    const person = await holdPerson(client, { userId })
    if (!person) throw notFound()
    if (person.displayName === displayName) return { displayName }
    await client.query('UPDATE users SET display_name = $2, modified_at = now() WHERE id = $1', [
      userId,
      displayName,
    ])
    await appendAudit(client, ctx, {
      eventType: 'PROFILE_UPDATED',
      target: personTarget({ userId, displayName }),
      details: { displayName: { before: person.displayName, after: displayName } },
    })
    return { displayName }
  })
}
