import { generateSecret, generateURI, verifySync } from 'otplib'
import type pg from 'pg'
import { renderSVG } from 'uqr'
import { DomainError } from '@/lib/errors'
import type { AuthenticatorSecretSealer } from '@/lib/two-factor/secret-sealer'

/** Time-based codes (RFC 6238) as every app knows them: SHA-1, 6 digits, 30 seconds. */

const STEP_SECONDS = 30
const ISSUER = 'Fruxon'

/** What an app has to be told, once. */
export interface AppSetup {
  /** Base32, to type in. */
  secret: string
  /** otpauth:// */
  uri: string
  /** The same as a QR code: the text of an SVG. */
  qr: string
}

export function newAppSetup(accountName: string): AppSetup {
  const secret = generateSecret()
  const uri = generateURI({ issuer: ISSUER, label: accountName, secret })
  return { secret, uri, qr: renderSVG(uri, { border: 2 }) }
}

interface AppRow {
  sealed: Buffer
  epoch: number
}

/** With another secret of the installation than the one it was sealed by, no code can be checked any more. */
function opened(sealer: AuthenticatorSecretSealer, userId: string, sealed: Buffer): string {
  try {
    return sealer.open(userId, sealed)
  } catch (cause) {
    throw new DomainError(
      'conflict',
      'app_unreadable',
      'Codes of your app cannot be checked here any more. Use another way, then set the app up again.',
      { cause },
    )
  }
}

/**
 * Takes a code of the person's app, of this time step or a neighbour of it, each step once: of two tries at
 * once with one code, one. In the caller's transaction.
 * @param confirmed which app: the one in use, or the one that is being set up
 * @returns whether it was taken
 * @throws DomainError conflict `app_unreadable`
 */
export async function consumeAppCode(
  client: Pick<pg.PoolClient, 'query'>,
  sealer: AuthenticatorSecretSealer,
  { userId, code, confirmed }: { userId: string; code: string; confirmed: boolean },
): Promise<boolean> {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return false
  const { rows } = await client.query<AppRow>(
    `SELECT sealed_secret AS sealed, extract(epoch FROM now())::float8 AS epoch
     FROM authenticator_apps WHERE user_id = $1 AND (confirmed_at IS NOT NULL) = $2`,
    [userId, confirmed],
  )
  const app = rows[0]
  if (!app) return false
  const secret = opened(sealer, userId, app.sealed)
  const epoch = Math.floor(app.epoch)
  const result = verifySync({ secret, token, epoch, epochTolerance: STEP_SECONDS })
  if (!result.valid || !('timeStep' in result)) return false
  const { rowCount } = await client.query(
    `UPDATE authenticator_apps SET last_time_step = $2
     WHERE user_id = $1 AND (confirmed_at IS NOT NULL) = $3 AND last_time_step < $2`,
    [userId, result.timeStep, confirmed],
  )
  return rowCount === 1
}
