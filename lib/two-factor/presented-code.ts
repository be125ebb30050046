import type pg from 'pg'
import { consumeRecoveryCode } from '@/lib/two-factor/recovery-codes'
import type { AuthenticatorSecretSealer } from '@/lib/two-factor/secret-sealer'
import { consumeAppCode } from '@/lib/two-factor/totp'

/**
 * Takes a code that somebody typed, of their app or one of the recovery codes: either is good once. In the
 * caller's transaction, with the person's row locked against changes of factors.
 * @returns by what it was right, or null
 */
export async function consumeCode(
  client: Pick<pg.PoolClient, 'query'>,
  sealer: AuthenticatorSecretSealer,
  { userId, code }: { userId: string; code: string },
): Promise<'app' | 'recovery' | null> {
  if (await consumeAppCode(client, sealer, { userId, code, confirmed: true })) return 'app'
  return (await consumeRecoveryCode(client, userId, code)) ? 'recovery' : null
}
