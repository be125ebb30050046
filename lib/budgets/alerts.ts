import { type BudgetKey, dollarsOf, reachedThresholds } from '@/lib/budgets/model'
import type { BudgetRow, Client } from '@/lib/budgets/rows'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { newId } from '@/lib/ids'
import { notify } from '@/lib/notifications/notify'
import type { Recipient } from '@/lib/notifications/recipients'

interface OrganizationName {
  id: string
  name: string
}

/**
 * Tells admins and finance, the owner of a token, and collaborators of an agent who want its alerts, of the thresholds that the budget has reached since it was
 * last looked at: one notice, of the highest. Each threshold is told once in a period, whoever looks at the same
 * time: the row of it decides, in the caller's transaction.
 * @returns the thresholds told just now
 */
export async function tellOfBudget(
  client: Client,
  sealer: EmailLinkSealer,
  organization: OrganizationName,
  budget: BudgetRow,
): Promise<number[]> {
  const news = await claim(client, organization.id, budget, untold(budget))
  const highest = news.at(-1)
  if (highest === undefined) return []
  const { label, recipients } = await audienceOf(client, organization, budget)
  await notify(client, sealer, {
    kind: highest >= 100 ? 'budget-exhausted' : 'budget-threshold',
    facts: {
      subjectKind: budget.kind,
      subjectLabel: label,
      origin: budget.origin,
      threshold: highest,
      usagePercent: budget.usagePercent,
      cost: dollarsOf(budget.currentMonthlyCost),
      amount: dollarsOf(budget.amount),
      enforce: budget.enforce,
      periodStart: budget.period.start,
    },
    organizationId: organization.id,
    recipients,
    // The row of the alert makes it once; a threshold that was forgotten is news again.
    idempotencyKey: `budget/${newId()}`,
  })
  return news
}

/** Thresholds that are reached and that nobody was told of in this period. */
export function untold(budget: BudgetRow): number[] {
  return reachedThresholds(budget).filter((percent) => !budget.told.includes(percent))
}

/** @returns those that nobody else has claimed, in order */
async function claim(
  client: Client,
  organizationId: string,
  { id, period, currentMonthlyCost, amount }: BudgetRow,
  thresholds: readonly number[],
): Promise<number[]> {
  if (thresholds.length === 0) return []
  const { rows } = await client.query<{ threshold: number }>(
    `INSERT INTO usage.budget_alert (organization_id, budget_id, period_start, threshold, told_at, cost_nano,
       amount_nano)
     SELECT $1, $2, $3, threshold, now(), $5, $6 FROM unnest($4::int[]) AS threshold
     ON CONFLICT DO NOTHING RETURNING threshold`,
    [
      organizationId,
      id,
      new Date(period.start),
      thresholds,
      currentMonthlyCost.toString(),
      amount.toString(),
    ],
  )
  return rows.map(({ threshold }) => threshold).sort((one, other) => one - other)
}

async function audienceOf(
  client: Client,
  organization: OrganizationName,
  { kind, subject }: BudgetKey,
): Promise<{ label: string; recipients: Recipient[] }> {
  const token = kind === 'TOKEN' ? await newestOf(client, organization.id, subject) : null
  const { rows } = await client.query<Recipient>(
    `SELECT m.user_id AS "userId", CASE WHEN m.user_id = $2 THEN 'OWNER'
       WHEN m.role IN ('ADMIN', 'FINANCE') THEN m.role::text ELSE 'COLLABORATOR' END AS reason
     FROM memberships m WHERE m.organization_id = $1 AND (m.role IN ('ADMIN', 'FINANCE') OR m.user_id = $2
       OR EXISTS (SELECT 1 FROM agents.agent a
         JOIN agents.collaborator c ON c.organization_id = a.organization_id AND c.agent_uid = a.uid
         WHERE a.organization_id = $1 AND a.id = $3 AND c.user_id = m.user_id AND c.budget_alerts))`,
    [organization.id, token?.ownerUserId ?? null, kind === 'AGENT' ? subject : null],
  )
  const label = kind === 'ORGANIZATION' ? organization.name : (token?.name ?? subject)
  return { label, recipients: rows }
}

async function newestOf(client: Client, organizationId: string, familyId: string) {
  const { rows } = await client.query<{ name: string; ownerUserId: string | null }>(
    `SELECT name, owner_user_id AS "ownerUserId" FROM tokens
     WHERE organization_id = $1 AND family_id = $2 ORDER BY created_at DESC, id DESC LIMIT 1`,
    [organizationId, familyId],
  )
  return rows[0] ?? null
}
