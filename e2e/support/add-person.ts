import type { Product } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { newId } from '@/lib/ids'

/**
 * A member of Acme for one test, with the demo password: what it changes is nobody else's.
 * @returns the e-mail address
 */
export async function addPerson(product: Product, displayName: string): Promise<string> {
  const id = newId()
  const email = `${id}@acme.example`
  await queryProduct(
    product,
    `WITH person AS (
       INSERT INTO users (id, email, display_name, password_hash)
       SELECT $1, $2, $3, password_hash FROM users WHERE email = 'ada@acme.example' RETURNING id)
     INSERT INTO memberships (organization_id, user_id, role)
     SELECT o.id, person.id, 'MEMBER' FROM organizations o, person WHERE o.slug = 'acme'`,
    [id, email, displayName],
  )
  return email
}
