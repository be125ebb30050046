import { requireRecentAuthentication } from '@/lib/access/authorize'
import { requirePerson } from '@/lib/access/person'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid, notFound } from '@/lib/errors'
import { holdFactors } from '@/lib/two-factor/factors'
import type { NewRecoveryCodes } from '@/lib/two-factor/model'
import { recordFactorChange } from '@/lib/two-factor/record'
import { codesForWhoHasNone } from '@/lib/two-factor/recovery-codes'
import { settleRemoval } from '@/lib/two-factor/removal'
import type { AppConfirmation } from '@/lib/two-factor/schema'
import { type AppSetup, consumeAppCode, newAppSetup } from '@/lib/two-factor/totp'

/**
 * A secret for the caller's authenticator app, in place of one that was never confirmed. It asks for nothing
 * until a code has shown that the app has it.
 * @throws DomainError forbidden | `reauthentication_required` | conflict `app_in_use`
 */
export async function beginApp(ctx: Context): Promise<AppSetup> {
  const person = requirePerson(ctx.principal)
  requireRecentAuthentication(person, ctx.now)
  const setup = newAppSetup(person.email)
  const sealed = ctx.crypto.authenticatorSecrets.seal(person.userId, setup.secret)
  const { rowCount } = await ctx.db.pool.query(
    `INSERT INTO authenticator_apps AS app (user_id, sealed_secret) VALUES ($1, $2)
     ON CONFLICT (user_id) DO UPDATE SET sealed_secret = $2, last_time_step = 0, created_at = now()
     WHERE app.confirmed_at IS NULL`,
    [person.userId, sealed],
  )
  if (rowCount === 0) throw appInUse()
  return setup
}

/**
 * Turns the app on, by a first right code. That code opens nothing afterwards.
 * @returns recovery codes, shown this once, for who had none; null for who had
 * @throws DomainError forbidden | `reauthentication_required` | invalid `code_incorrect` at /code
 */
export async function confirmApp(ctx: Context, input: AppConfirmation): Promise<NewRecoveryCodes> {
  const person = requirePerson(ctx.principal)
  requireRecentAuthentication(person, ctx.now)
  const { userId } = person
  return sqlTransaction(ctx.db.pool, async (client) => {
    const factors = await holdFactors(client, userId)
    const sealer = ctx.crypto.authenticatorSecrets
    const taken = await consumeAppCode(client, sealer, {
      userId,
      code: input.code,
      confirmed: false,
    })
    if (!taken) throw codeIncorrect()
    await client.query('UPDATE authenticator_apps SET confirmed_at = now() WHERE user_id = $1', [
      userId,
    ])
    const recoveryCodes = await codesForWhoHasNone(client, userId, factors)
    await recordFactorChange(client, ctx.crypto.emailLinks, ctx.request, person, {
      eventType: 'TWO_FACTOR_ENABLED',
      change: 'APP_ADDED',
      details: { by: 'authenticator app', passkeys: factors.passkeys },
      at: ctx.now,
    })
    return { recoveryCodes }
  })
}

/**
 * Takes the caller's app away. With the last factor the recovery codes end too.
 * @throws DomainError forbidden | `reauthentication_required` | not-found | conflict `two_factor_required`
 *   naming the organization
 */
export async function removeApp(ctx: Context): Promise<void> {
  const person = requirePerson(ctx.principal)
  requireRecentAuthentication(person, ctx.now)
  await sqlTransaction(ctx.db.pool, async (client) => {
    await holdFactors(client, person.userId)
    const { rowCount } = await client.query(
      'DELETE FROM authenticator_apps WHERE user_id = $1 AND confirmed_at IS NOT NULL',
      [person.userId],
    )
    if (rowCount === 0) throw notFound()
    const left = await settleRemoval(client, person.userId)
    await recordFactorChange(client, ctx.crypto.emailLinks, ctx.request, person, {
      eventType: 'TWO_FACTOR_DISABLED',
      change: 'APP_REMOVED',
      details: { by: 'authenticator app', passkeys: left.passkeys },
      at: ctx.now,
    })
  })
}

function appInUse(): DomainError {
  return new DomainError(
    'conflict',
    'app_in_use',
    'You have an authenticator app already. Remove it before you set up another one.',
  )
}

function codeIncorrect(): DomainError {
  const detail = 'This code is not right. Enter the one that the app shows now.'
  return invalid([{ pointer: '/code', detail }], 'code_incorrect')
}
