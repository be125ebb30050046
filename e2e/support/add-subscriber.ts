import { Client } from 'pg'
import { addOrganization } from '@/e2e/support/add-organization'
import type { Product } from '@/e2e/support/product'
import type { Role } from '@/lib/access/roles'
import { PLANS, type PlanId } from '@/lib/plans/plan'
import { beginning } from '@/lib/subscriptions/subscription'
import { storeBeginning } from '@/lib/subscriptions/subscription-store'

/**
 * An organization for one test, as `addOrganization` makes it, that has had the plan for ten days.
 * @returns its id too
 */
export async function addSubscriber(product: Product, plan: PlanId, secondRole: Role = 'FINANCE') {
  const organization = await addOrganization(product, secondRole)
  const id = await subscribeSince(product, organization.slug, { plan, daysAgo: 10 })
  return { ...organization, id }
}

/**
 * Makes the organization one that is so old and has had the plan ever since; nothing of it is billed yet.
 * @returns its id
 */
export async function subscribeSince(
  product: Product,
  slug: string,
  { plan, daysAgo }: { plan: PlanId; daysAgo: number },
): Promise<string> {
  const client = new Client({ connectionString: product.databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string; at: Date }>(
      `UPDATE organizations SET created_at = now() - make_interval(days => $2) WHERE slug = $1
       RETURNING id, created_at AS at`,
      [slug, daysAgo],
    )
    const [made] = rows
    if (!made) throw new Error('The organization that was just added is not there.')
    // The job may have met it already, as one that nobody gave a plan to.
    for (const table of ['subscription', 'subscription_change']) {
      await client.query(`DELETE FROM billing.${table} WHERE organization_id = $1`, [made.id])
    }
    const first = { ...beginning(made.at.getTime()), plan: PLANS[plan] }
    await storeBeginning(client, made.id, first)
    return made.id
  } finally {
    await client.end()
  }
}
