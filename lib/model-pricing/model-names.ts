import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'

/** A model that has, had or will have a price. */
export interface ModelName {
  provider: string
  model: string
  name: string
}

/**
 * Every model that the catalogue or the organization has priced, by provider and model: for choosing one.
 * @throws DomainError forbidden without prices:read
 */
export async function listModelNames(ctx: Context): Promise<ModelName[]> {
  authorize(ctx.principal, 'prices:read')
  const { rows } = await ctx.db.pool.query<ModelName>(
    `SELECT DISTINCT ON (provider, model) provider, model, name FROM pricing.model_price
     WHERE organization_id IS NULL OR organization_id = $1
     ORDER BY provider, model, organization_id NULLS LAST, seq DESC`,
    [ctx.organization.id],
  )
  return rows
}
