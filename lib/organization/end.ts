import type pg from 'pg'
import { appendSystemAudit } from '@/lib/audit/append'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { organizationTarget } from '@/lib/organization/change'
import { dropPicture } from '@/lib/pictures/store'

/**
 * Ends every organization whose fourteen days are over: members lose it, its tokens and service accounts
 * stop, and tokens, invitations, e-mail, logo, addresses, recorded calls, usage, budgets, own prices, agents, their
 * runs, metrics, datasets, keys of model providers, integrations, its subscription and billing details are removed for good.
 *
 * The audit trail stays, and gets its last event here. It cannot be removed (a trigger refuses that, so
 * that nobody can cover tracks by ending an organization), no page or API shows it any more, and an
 * operator can still verify it by the organization's id. Invoices, credit notes, payments and what was billed
 * stay too (triggers refuse it, and the law wants them kept for years).
 * @returns how many ended
 * @throws AggregateError of those that could not be ended, after all others were
 */
export async function endDueOrganizations(db: Pick<Database, 'pool'>): Promise<number> {
  const due = await db.pool.query<{ id: string }>(
    'SELECT id FROM organizations WHERE deletes_at <= now()',
  )
  let ended = 0
  const failures: unknown[] = []
  for (const { id } of due.rows) {
    try {
      if (await sqlTransaction(db.pool, (client) => endOrganization(client, id))) ended++
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Organizations could not be ended.')
  return ended
}

const OTHER_TABLES = [
  'usage.event_key',
  'usage.event',
  'usage.adjustment',
  'usage.re_rating',
  'usage.hour',
  'usage.day',
  'usage.token_day',
  'usage.request_hour',
  'usage.request_day',
  'usage.storage_day',
  'usage.recount',
  'usage.budget_alert',
  'usage.budget',
  'execution.failure_alert',
  'execution.run',
  'agents.deployment',
  'agents.revision',
  'agents.agent',
  // With it its cases, scores and texts.
  'evaluation.run',
  'evaluation.agent_metric',
  'evaluation.agent_set',
  'evaluation.metric_version',
  'evaluation.metric',
  // With it its cases.
  'datasets.dataset',
  // With it its secrets, deliveries and attempts.
  'inbound.endpoint',
  'llm.provider_config',
  'llm.test_pace',
  'integrations.mcp_config',
  'integrations.integration',
  'pricing.model_price',
  'pricing.revision',
  'billing.subscription',
  'billing.subscription_change',
  'billing.details',
  'billing.seat_change',
  // Not billing.provider_customer: by it the provider is told, within minutes, to stop charging.
  'billing.provider_state',
  'billing.provider_event',
  // Nothing is presented any more; what was is voided with the customer.
  'billing.collection',
]

async function endOrganization(client: pg.PoolClient, id: string): Promise<boolean> {
  // Once more, under the lock: it may have been restored, or ended by another process.
  const { rows } = await client.query<{ name: string; slug: string; logoId: string | null }>(
    `SELECT name, slug, logo_id AS "logoId" FROM organizations
     WHERE id = $1 AND deletes_at <= now() FOR UPDATE`,
    [id],
  )
  const [organization] = rows
  if (!organization) return false
  // Before their service accounts, which may not go while a token names them.
  for (const table of [
    'leak_reports',
    'tokens',
    'idempotency_records',
    'outgoing_emails',
    'activity.request',
    'activity.use_by_day',
    ...OTHER_TABLES,
  ]) {
    await client.query(`DELETE FROM ${table} WHERE organization_id = $1`, [id])
  }
  await client.query('DELETE FROM organizations WHERE id = $1', [id])
  if (organization.logoId !== null) await dropPicture(client, organization.logoId)
  await appendSystemAudit(client, id, {
    eventType: 'ORGANIZATION_DELETED',
    target: organizationTarget({ id, name: organization.name }),
    details: { slug: organization.slug },
  })
  return true
}
