import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { requireRecentAuthentication } from '@/lib/access/authorize'
import { requirePerson } from '@/lib/access/person'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError } from '@/lib/errors'
import { type Factors, holdFactors, isOn } from '@/lib/two-factor/factors'
import { RECOVERY_CODES } from '@/lib/two-factor/model'
import { recordFactorChange } from '@/lib/two-factor/record'

type Client = Pick<pg.PoolClient, 'query'>

/** Crockford's: no letter that is read as a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const CHARACTERS = 16

/** 80 bits of the CSPRNG: "7k2m-9x4p-…". */
function newCode(): string {
  const characters = [...randomBytes(CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length])
  return (characters.join('').match(/.{4}/g) ?? []).join('-')
}

/** Plain SHA-256 is enough: what is hashed cannot be found by guessing. */
function hashOf(characters: string): Buffer {
  return createHash('sha256').update(characters, 'utf8').digest()
}

/** As it is hashed, whatever a person made of it; null for what cannot be one. */
function normalized(presented: string): string | null {
  const characters = presented
    .toLowerCase()
    .replace(/[\s-]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')
  return /^[0-9a-hjkmnp-tv-z]{16}$/.test(characters) ? characters : null
}

/** New codes in place of all earlier ones. In a transaction that holds the person's factors. */
async function replaceCodes(client: Client, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode)
  await deleteRecoveryCodes(client, userId)
  await client.query(
    'INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])',
    [userId, codes.map((code) => hashOf(code.replaceAll('-', '')))],
  )
  return codes
}

/** Codes for who has none left, with the first factor above all; null for who has. */
export async function codesForWhoHasNone(
  client: Client,
  userId: string,
  factors: Factors,
): Promise<string[] | null> {
  return factors.recoveryCodesLeft > 0 ? null : replaceCodes(client, userId)
}

export async function deleteRecoveryCodes(client: Client, userId: string): Promise<void> {
  await client.query('DELETE FROM recovery_codes WHERE user_id = $1', [userId])
}

/** Uses a code up: of any number of tries at once, one. @returns whether it was one */
export async function consumeRecoveryCode(
  client: Client,
  userId: string,
  presented: string,
): Promise<boolean> {
  const characters = normalized(presented)
  if (characters === null) return false
  const { rowCount } = await client.query(
    `UPDATE recovery_codes SET used_at = now()
     WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL`,
    [userId, hashOf(characters)],
  )
  return rowCount === 1
}

/**
 * New recovery codes for the caller; the old ones are worth nothing from now on.
 * @throws DomainError forbidden | `reauthentication_required` | conflict `two_factor_off`
 */
export async function renewRecoveryCodes(ctx: Context): Promise<{ recoveryCodes: string[] }> {
  const person = requirePerson(ctx.principal)
  requireRecentAuthentication(person, ctx.now)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const factors = await holdFactors(client, person.userId)
    if (!isOn(factors)) {
      throw new DomainError(
        'conflict',
        'two_factor_off',
        'Recovery codes stand in for a second factor. Add an authenticator app or a passkey first.',
      )
    }
    const recoveryCodes = await replaceCodes(client, person.userId)
    await recordFactorChange(client, ctx.crypto.emailLinks, ctx.request, person, {
      eventType: 'RECOVERY_CODES_RENEWED',
      change: 'RECOVERY_CODES_MADE',
      details: { codes: RECOVERY_CODES },
      at: ctx.now,
    })
    return { recoveryCodes }
  })
}
