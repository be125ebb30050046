import { personOf, seesOrganizationInventory } from '@/lib/access/principal'
import { authorizeBudgetReading } from '@/lib/budgets/access'
import { type BudgetSubjectKind, periodOf } from '@/lib/budgets/model'
import type { Context } from '@/lib/context'
import { IN_INVENTORY } from '@/lib/tokens/rows'
import type { Origin } from '@/lib/usage/origin'

/** Something that can have a budget, with what it has cost in this period. */
export interface BudgetSubject {
  kind: BudgetSubjectKind
  /** '' for the organization, the id that an agent is reported by, the id of a token. */
  id: string
  /** What the budget of it is kept under: '', the same id, the family of the token. */
  subject: string
  /** What it is called; an agent that the caller may not see, or that is none of ours, keeps its id. */
  label: string
  /** Whose token it is. */
  ownerLabel: string | null
  /** Nano-USD by origin. */
  cost: Record<Origin, bigint>
}

/** So long after its last call an agent is still offered. */
const AGENTS_DAYS = 90

type Row = Omit<BudgetSubject, 'kind' | 'cost'> & Record<Origin, string>

/** The columns of a subject's costs in the period that begins at $2. */
const COSTS = (cost: string) =>
  (['PRODUCTION', 'TEST'] as const)
    .map(
      (origin) =>
        `coalesce(sum(${cost}) FILTER (WHERE origin = '${origin}' AND bucket >= $2), 0) AS "${origin}"`,
    )
    .join(', ')

/**
 * What budgets can be made for: the organization, the agents that were reported in the last 90 days or that are
 * named, and the live tokens that the caller sees.
 * @param named what the agents that the caller sees are called, by id
 * @throws DomainError forbidden
 */
export async function listBudgetSubjects(
  ctx: Context,
  named: ReadonlyMap<string, string> = new Map(),
): Promise<BudgetSubject[]> {
  authorizeBudgetReading(ctx, 'organization:read')
  const [agents, tokens, organization] = await Promise.all([
    agentRows(ctx, named),
    tokenRows(ctx),
    organizationRows(ctx),
  ])
  return [
    ...organization.map((row) => toSubject('ORGANIZATION', row)),
    ...agents.map((row) => toSubject('AGENT', row)),
    ...tokens.map((row) => toSubject('TOKEN', row)),
  ]
}

async function organizationRows(ctx: Context): Promise<Row[]> {
  const { rows } = await ctx.db.pool.query<Row>(
    `SELECT '' AS id, '' AS subject, $3::text AS label, NULL AS "ownerLabel",
       ${COSTS('cost')}
     FROM usage.token_day WHERE organization_id = $1 AND bucket >= $2`,
    [ctx.organization.id, periodStart(ctx), ctx.organization.name],
  )
  return rows
}

async function agentRows(ctx: Context, named: ReadonlyMap<string, string>): Promise<Row[]> {
  const reported = await reportedAgents(ctx)
  const unreported = new Map(named)
  for (const { id } of reported) unreported.delete(id)
  return [
    ...reported.map((row) => ({ ...row, label: named.get(row.id) ?? row.id })),
    ...Array.from(unreported, ([id, label]) => ({ ...NOT_REPORTED, id, subject: id, label })),
  ].sort((one, other) => one.label.localeCompare(other.label))
}

const NOT_REPORTED = { ownerLabel: null, PRODUCTION: '0', TEST: '0' } as const

async function reportedAgents(ctx: Context): Promise<Row[]> {
  const { rows } = await ctx.db.pool.query<Row>(
    `SELECT agent AS id, agent AS subject, agent AS label, NULL AS "ownerLabel",
       ${COSTS('input_cost + output_cost')}
     FROM usage.day
     WHERE organization_id = $1 AND agent <> '' AND bucket >= $2::timestamptz - make_interval(days => $3)
     GROUP BY agent`,
    [ctx.organization.id, periodStart(ctx), AGENTS_DAYS],
  )
  return rows
}

async function tokenRows(ctx: Context): Promise<Row[]> {
  const { rows } = await ctx.db.pool.query<Row>(
    `SELECT t.id, t.family_id AS subject, t.name AS label,
       coalesce(s.name, u.display_name) AS "ownerLabel", ${COSTS('d.cost')}
     FROM tokens t
     LEFT JOIN users u ON u.id = t.owner_user_id
     LEFT JOIN service_accounts s
       ON s.organization_id = t.organization_id AND s.id = t.service_account_id
     LEFT JOIN usage.token_day d
       ON d.organization_id = t.organization_id AND d.family_id = t.family_id AND d.bucket >= $2
     WHERE t.organization_id = $1 AND ${IN_INVENTORY} AND t.revoked_at IS NULL AND ($3 OR t.owner_user_id = $4)
       AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())
     GROUP BY t.id, t.family_id, t.name, s.name, u.display_name ORDER BY t.name, t.id`,
    [
      ctx.organization.id,
      periodStart(ctx),
      seesOrganizationInventory(ctx.principal),
      personOf(ctx.principal),
    ],
  )
  return rows
}

function periodStart({ now }: Context): Date {
  return new Date(periodOf(now).start)
}

function toSubject(kind: BudgetSubjectKind, { PRODUCTION, TEST, ...row }: Row): BudgetSubject {
  return { kind, ...row, cost: { PRODUCTION: BigInt(PRODUCTION), TEST: BigInt(TEST) } }
}
