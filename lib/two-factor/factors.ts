import type pg from 'pg'
import type { SecondFactorMethod } from '@/lib/two-factor/model'

/** What somebody has to finish a sign-in by. */
export interface Factors {
  /** An app that was confirmed by a code. */
  app: boolean
  passkeys: number
  recoveryCodesLeft: number
}

export async function factorsOf(
  client: Pick<pg.Pool | pg.PoolClient, 'query'>,
  userId: string,
): Promise<Factors> {
  const { rows } = await client.query<Factors>(
    `SELECT
       EXISTS (SELECT 1 FROM authenticator_apps WHERE user_id = $1 AND confirmed_at IS NOT NULL) AS app,
       (SELECT count(*)::int FROM passkeys WHERE user_id = $1) AS passkeys,
       (SELECT count(*)::int FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL)
         AS "recoveryCodesLeft"`,
    [userId],
  )
  return rows[0] ?? { app: false, passkeys: 0, recoveryCodesLeft: 0 }
}

/**
 * Whether a right password alone opens nothing; `hasSecondFactor` says the same in SQL. Recovery codes alone
 * ask nobody for anything.
 */
export function isOn(factors: Factors): boolean {
  return factors.app || factors.passkeys > 0
}

/** The most convenient first. */
export function methodsOf(factors: Factors): SecondFactorMethod[] {
  return [
    ...(factors.app ? (['app'] as const) : []),
    ...(factors.passkeys > 0 ? (['passkey'] as const) : []),
    ...(factors.recoveryCodesLeft > 0 ? (['recovery'] as const) : []),
  ]
}

/** Holds the person's row until the transaction ends: factors of one person change one after another. */
export async function holdFactors(
  client: Pick<pg.PoolClient, 'query'>,
  userId: string,
): Promise<Factors> {
  await client.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId])
  return factorsOf(client, userId)
}
