import { requirePerson } from '@/lib/access/person'
import type { Context } from '@/lib/context'
import { factorsOf } from '@/lib/two-factor/factors'
import type { TwoFactorState } from '@/lib/two-factor/model'

interface AppRow {
  since: Date
}

interface PasskeyRow {
  id: string
  name: string
  createdAt: Date
  lastUsedAt: Date | null
  backedUp: boolean
}

/** The caller's second factors. @throws DomainError forbidden */
export async function twoFactorState(ctx: Context): Promise<TwoFactorState> {
  const { userId } = requirePerson(ctx.principal)
  const { pool } = ctx.db
  const [apps, passkeys, { recoveryCodesLeft }] = await Promise.all([
    pool.query<AppRow>(
      `SELECT confirmed_at AS since FROM authenticator_apps
       WHERE user_id = $1 AND confirmed_at IS NOT NULL`,
      [userId],
    ),
    pool.query<PasskeyRow>(
      `SELECT id, name, created_at AS "createdAt", last_used_at AS "lastUsedAt",
         backed_up AS "backedUp" FROM passkeys WHERE user_id = $1 ORDER BY created_at, id`,
      [userId],
    ),
    factorsOf(pool, userId),
  ])
  const app = apps.rows[0]
  return {
    app: app ? { since: app.since.getTime() } : null,
    passkeys: passkeys.rows.map(({ createdAt, lastUsedAt, ...passkey }) => ({
      ...passkey,
      createdAt: createdAt.getTime(),
      lastUsedAt: lastUsedAt?.getTime() ?? null,
    })),
    recoveryCodesLeft,
  }
}
