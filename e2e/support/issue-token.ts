import { Client } from 'pg'
import type { Product } from '@/e2e/support/product'
import { insertTokenRow } from '@/e2e/support/token-row'
import type { Scope } from '@/lib/access/scopes'
import { DAY_MS } from '@/lib/tokens/model'

export interface IssuedToken {
  id: string
  secret: string
  organizationId: string
}

interface TokenWish {
  /** Slug. */
  organization: string
  /** E-mail of the owner, or the name of a service account. */
  owner: { email: string } | { serviceAccount: string }
  scopes: Scope[]
  name?: string
  /** Days from now; null = never. */
  expiresInDays?: number | null
}

/**
 * A token that works, for an owner who is there already, written straight into the product's database:
 * how a black-box test gets its first credential without a browser.
 */
export async function issueToken(product: Product, wish: TokenWish): Promise<IssuedToken> {
  const client = new Client({ connectionString: product.databaseUrl })
  await client.connect()
  try {
    const { organizationId, owner } = await findOwner(client, wish)
    const days = wish.expiresInDays
    const token = await insertTokenRow(client, product.tokenPepper, {
      organizationId,
      owner,
      scopes: wish.scopes,
      name: wish.name,
      expiresInMs: typeof days === 'number' ? days * DAY_MS : days,
    })
    return { ...token, organizationId }
  } finally {
    await client.end()
  }
}

async function findOwner(client: Client, { organization, owner }: TokenWish) {
  if ('email' in owner) {
    const found = await one(
      client,
      `SELECT o.id AS organization_id, u.id AS owner_id FROM organizations o
         JOIN memberships m ON m.organization_id = o.id JOIN users u ON u.id = m.user_id
        WHERE o.slug = $1 AND u.email = $2`,
      [organization, owner.email],
    )
    return { organizationId: found.organization_id, owner: { userId: found.owner_id } }
  }
  const found = await one(
    client,
    `SELECT o.id AS organization_id, a.id AS owner_id FROM organizations o
       JOIN service_accounts a ON a.organization_id = o.id WHERE o.slug = $1 AND a.name = $2`,
    [organization, owner.serviceAccount],
  )
  return { organizationId: found.organization_id, owner: { serviceAccountId: found.owner_id } }
}

async function one(client: Client, sql: string, values: string[]) {
  const { rows } = await client.query<{ organization_id: string; owner_id: string }>(sql, values)
  const row = rows[0]
  if (!row) throw new Error(`There is no such owner: ${values.join(', ')}`)
  return row
}
