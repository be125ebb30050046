import type { Context } from '@/lib/context'
import { authorizeUsageReading } from '@/lib/usage/queries'

/** Names that calls were counted under. */
export interface UsedNames {
  models: { provider: string; model: string }[]
  /** '' among them where calls named none. */
  agents: string[]
}

const NAMES_MAX = 500

/**
 * The models and agents of a range, for choosing among them.
 * @param range epoch ms, UTC midnights; `to` is not in it
 * @throws DomainError forbidden
 */
export async function usedNames(
  ctx: Context,
  range: { from: number; to: number },
): Promise<UsedNames> {
  authorizeUsageReading(ctx)
  const values = [ctx.organization.id, new Date(range.from), new Date(range.to)]
  const where = 'WHERE organization_id = $1 AND bucket >= $2 AND bucket < $3 AND calls > 0'
  const [models, agents] = await Promise.all([
    ctx.db.pool.query<UsedNames['models'][number]>(
      `SELECT DISTINCT provider, model FROM usage.day ${where} ORDER BY provider, model LIMIT ${NAMES_MAX}`,
      values,
    ),
    ctx.db.pool.query<{ agent: string }>(
      `SELECT DISTINCT agent FROM usage.day ${where} ORDER BY agent LIMIT ${NAMES_MAX}`,
      values,
    ),
  ])
  return { models: models.rows, agents: agents.rows.map(({ agent }) => agent) }
}
