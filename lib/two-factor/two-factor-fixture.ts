import { generateSync } from 'otplib'
import type { UserPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { beginApp, confirmApp } from '@/lib/two-factor/app'
import { softwareAuthenticator } from '@/lib/two-factor/passkey-fixture'
import { beginPasskey, registerPasskey } from '@/lib/two-factor/passkeys'

export const SITE = { id: 'localhost', name: 'Fruxon', origin: 'http://localhost:3000' }

const STEP_SECONDS = 30

/** The code of an app now, or so many time steps later. */
export function codeOf(secret: string, stepsLater = 0): string {
  return generateSync({ secret, epoch: Date.now() / 1000 + stepsLater * STEP_SECONDS })
}

/** As if the codes taken so far were of long ago: the present one is good again. */
export async function forgetSteps(db: Database, userId: string): Promise<void> {
  await db.pool.query('UPDATE authenticator_apps SET last_time_step = 0 WHERE user_id = $1', [
    userId,
  ])
}

/** An app in use. The present code is good, as if it had been set up a while ago. */
export async function withApp(ctx: Context<UserPrincipal>) {
  const { secret } = await beginApp(ctx)
  const { recoveryCodes } = await confirmApp(ctx, { code: codeOf(secret) })
  await forgetSteps(ctx.db, ctx.principal.userId)
  return { secret, recoveryCodes: recoveryCodes ?? [] }
}

/** A passkey in use. */
export async function withPasskey(
  ctx: Context<UserPrincipal>,
  traits: Parameters<typeof softwareAuthenticator>[2] = {},
) {
  const authenticator = softwareAuthenticator(ctx.principal.userId, SITE, traits)
  const response = authenticator.create(await beginPasskey(ctx, SITE))
  const { recoveryCodes } = await registerPasskey(ctx, { name: 'Laptop', response }, SITE)
  return { authenticator, recoveryCodes: recoveryCodes ?? [] }
}
