import { personTarget, requirePerson } from '@/lib/access/person'
import { appendAudit } from '@/lib/audit/append'
import { checkOwnPassword } from '@/lib/auth/own-password'
import { strongPasswordHash } from '@/lib/auth/strong-password'
import type { SignInThrottle } from '@/lib/auth/throttle'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid } from '@/lib/errors'
import { personalWordsOf, storePassword } from '@/lib/profile/new-password'
import type { PasswordChange } from '@/lib/profile/schema'

/**
 * Replaces the caller's password. Every other session of theirs ends with its next request, and so do the
 * links that were sent to them.
 * @throws DomainError forbidden | invalid `password_incorrect` | `password_unchanged` | `password_weak` |
 *   throttled `too_many_attempts` | conflict `password_replaced`
 */
export async function changePassword(
  ctx: Context,
  input: PasswordChange,
  { throttle }: { throttle: SignInThrottle },
): Promise<void> {
  const person = requirePerson(ctx.principal)
  const { userId, sessionId } = person
  const { ip } = ctx.request
  const replaces = await checkOwnPassword(
    ctx.db,
    { ...person, ip },
    { password: input.currentPassword, pointer: '/currentPassword' },
    throttle,
  )
  if (input.newPassword === input.currentPassword) {
    const detail = 'This is your password already. Choose another one.'
    throw invalid([{ pointer: '/newPassword', detail }], 'password_unchanged')
  }
  const words = await personalWordsOf(ctx.db.pool, userId)
  if (!words) throw passwordReplaced()
  const passwordHash = await strongPasswordHash(input.newPassword, words)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const stored = await storePassword(client, ctx.crypto.emailLinks, {
      userId,
      passwordHash,
      replaces,
      exceptSessionId: sessionId,
      ip,
    })
    if (!stored) throw passwordReplaced()
    await appendAudit(client, ctx, {
      eventType: 'PASSWORD_CHANGED',
      target: personTarget(person),
      details: { by: 'current password' },
    })
  })
}

function passwordReplaced(): DomainError {
  return new DomainError(
    'conflict',
    'password_replaced',
    'Your password was changed in the meantime. Sign in with the new one.',
  )
}
