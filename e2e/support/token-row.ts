import type { ClientBase, Pool } from 'pg'
import type { Scope } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'
import { digestForStorage, parsePeppers } from '@/lib/tokens/digest'
import { DAY_MS } from '@/lib/tokens/model'
import { generateSecret } from '@/lib/tokens/secret'

export interface TokenRow {
  organizationId: string
  owner: { userId: string } | { serviceAccountId: string }
  scopes: readonly Scope[]
  name?: string | undefined
  /** Milliseconds from the database's now; null = never. 90 days where absent. */
  expiresInMs?: number | null | undefined
}

export interface InsertedTokenRow {
  id: string
  secret: string
}

/** Writes a working token past the product: a black-box test needs a first credential from somewhere. */
export async function insertTokenRow(
  database: Pick<ClientBase | Pool, 'query'>,
  tokenPepper: string,
  row: TokenRow,
): Promise<InsertedTokenRow> {
  const userId = 'userId' in row.owner ? row.owner.userId : null
  const serviceAccountId = 'serviceAccountId' in row.owner ? row.owner.serviceAccountId : null
  const type = userId === null ? 'SERVICE_ACCOUNT' : 'USER'
  const { secret, displayPrefix, last4 } = generateSecret(type)
  const peppers = parsePeppers(tokenPepper)
  const id = newId()
  await database.query(
    `INSERT INTO tokens (organization_id, id, family_id, type, name, digest, pepper_version,
       display_prefix, last4, scopes, owner_user_id, service_account_id, created_by_label, expires_at)
     VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'Test',
       now() + make_interval(secs => $12::float8 / 1000))`,
    [
      row.organizationId,
      id,
      type,
      row.name ?? 'test token',
      digestForStorage(peppers, secret),
      peppers.current.version,
      displayPrefix,
      last4,
      row.scopes,
      userId,
      serviceAccountId,
      row.expiresInMs === undefined ? 90 * DAY_MS : row.expiresInMs,
    ],
  )
  return { id, secret }
}
