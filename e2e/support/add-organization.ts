import type { Product } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import type { Role } from '@/lib/access/roles'
import { newId } from '@/lib/ids'

/**
 * An organization for one test, with an admin, Ines Admin, and a second person, Milo Member; both have the demo
 * password.
 * @returns its slug and their e-mail addresses
 */
export async function addOrganization(product: Product, secondRole: Role = 'MEMBER') {
  const id = newId()
  const slug = `org-${id.slice(-12)}`
  const [first, second] = [`admin@${slug}.example`, `member@${slug}.example`]
  await queryProduct(
    product,
    `WITH organization AS (
       INSERT INTO organizations (id, slug, name) VALUES ($1, $2, 'Organization ' || $2) RETURNING id),
     people AS (
       INSERT INTO users (id, email, display_name, password_hash)
       SELECT gen_random_uuid(), email, name, (SELECT password_hash FROM users WHERE email = 'ada@acme.example')
       FROM (VALUES ($3, 'Ines Admin'), ($4, 'Milo Member')) AS given (email, name)
       RETURNING id, email)
     INSERT INTO memberships (organization_id, user_id, role)
     SELECT organization.id, people.id,
       (CASE WHEN people.email = $3 THEN 'ADMIN' ELSE $5 END)::role
     FROM organization, people`,
    [id, slug, first, second, secondRole],
  )
  return { slug, first, second }
}
