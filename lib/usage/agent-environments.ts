import type { Context } from '@/lib/context'
import { invalid } from '@/lib/errors'
import {
  type AgentSeriesRequest,
  readAgentSeries,
  type SeriesPoint,
} from '@/lib/usage/agent-series'
import { authorizeUsageReading } from '@/lib/usage/queries'

const ENVIRONMENTS_MAX = 20
const POINTER = '/query/environment'

export interface EnvironmentSeries {
  window: { from: number; to: number }
  /** In the order in which they were asked for. */
  environments: { slug: string; points: SeriesPoint[] }[]
}

/**
 * What an agent used over time in each of the environments.
 * @throws DomainError forbidden | invalid at /query/environment where none is named, or one of which nothing was
 * ever reported, and as readAgentSeries does
 */
export async function readAgentEnvironments(
  ctx: Context,
  request: Omit<AgentSeriesRequest, 'environment'>,
  slugs: readonly string[],
): Promise<EnvironmentSeries> {
  authorizeUsageReading(ctx)
  if (slugs.length === 0 || slugs.length > ENVIRONMENTS_MAX) {
    const detail = `Name the environments, at least one and at most ${ENVIRONMENTS_MAX}.`
    throw invalid([{ pointer: POINTER, detail }])
  }
  await requireKnown(ctx, slugs)
  const [first, ...others] = await Promise.all(
    slugs.map(async (slug) => ({
      slug,
      ...(await readAgentSeries(ctx, { ...request, environment: slug })),
    })),
  )
  if (!first) throw new Error('There is a series for each environment.')
  return { window: first.window, environments: [first, ...others] }
}

async function requireKnown({ db, organization }: Context, slugs: readonly string[]) {
  const { rows } = await db.pool.query<{ slug: string }>(
    'SELECT DISTINCT environment AS slug FROM usage.day WHERE organization_id = $1 AND environment = ANY ($2)',
    [organization.id, slugs],
  )
  const known = new Set(rows.map(({ slug }) => slug))
  const unknown = slugs.filter((slug) => !known.has(slug))
  if (unknown.length === 0) return
  const names = unknown.map((slug) => JSON.stringify(slug.slice(0, 60))).join(', ')
  throw invalid([{ pointer: POINTER, detail: `Nothing was ever reported of ${names}.` }])
}
