import type pg from 'pg'
import type { BillingTransaction } from '@/lib/billing/charge'
import type { ProviderInvoice } from '@/lib/payments/payment-provider'
import { isDeclined } from '@/lib/payments/payment-provider'

/**
 * billing.collection: which invoices the provider collects, and of which it has still to be told something. Its
 * triggers note what happens to invoices; here is what the provider's side adds.
 */

/** A row that somebody has taken on to tell. */
export interface Task {
  organizationId: string
  invoiceId: string
  /** Null until it was presented. */
  providerInvoiceId: string | null
  /** Counts what is asked; more by now: it is to be told again. */
  asked: number
  payAsked: string | null
  /** Whether somebody may have begun to tell it before. */
  isRetry: boolean
}

const FIRST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 6 * 3_600_000

/**
 * Takes tasks on that are due. Should it fail or the process die, it is due again after a while, ever longer: it is
 * noted before anything is told, so that what was begun is known.
 * @param only this one, whether or not it is due
 */
export async function takeTask(
  client: BillingTransaction | pg.Pool,
  now: number,
  only: { organizationId: string; invoiceId: string } | null = null,
): Promise<Task | null> {
  const condition = only ? 'organization_id = $2 AND invoice_id = $3' : 'next_attempt_at <= $1'
  const { rows } = await client.query<Task>(
    `WITH due AS (
       SELECT organization_id, invoice_id, begun_at FROM billing.collection
       WHERE ${condition} ORDER BY next_attempt_at LIMIT 1 FOR UPDATE ${only ? '' : 'SKIP LOCKED'}
     )
     UPDATE billing.collection c SET attempts = c.attempts + 1, begun_at = coalesce(c.begun_at, $1::bigint),
       next_attempt_at = $1::bigint
         + least(${FIRST_WAIT_MS} * 2 ^ least(c.attempts, 20), ${LONGEST_WAIT_MS})::bigint
     FROM due WHERE c.organization_id = due.organization_id AND c.invoice_id = due.invoice_id
     RETURNING c.organization_id AS "organizationId", c.invoice_id AS "invoiceId", c.asked,
       c.provider_invoice_id AS "providerInvoiceId", c.pay_asked AS "payAsked", due.begun_at IS NOT NULL AS "isRetry"`,
    only ? [now, only.organizationId, only.invoiceId] : [now],
  )
  return rows[0] ?? null
}

/** As it is now, for who has waited. */
export async function readTask(
  client: BillingTransaction,
  { organizationId, invoiceId, isRetry }: Task,
): Promise<Task | null> {
  const { rows } = await client.query<Omit<Task, 'isRetry'>>(
    `SELECT organization_id AS "organizationId", invoice_id AS "invoiceId", asked,
       provider_invoice_id AS "providerInvoiceId", pay_asked AS "payAsked"
     FROM billing.collection WHERE organization_id = $1 AND invoice_id = $2`,
    [organizationId, invoiceId],
  )
  return rows[0] ? { ...rows[0], isRetry } : null
}

/** Everything was told, but for what was asked meanwhile. */
export async function finishTask(
  client: BillingTransaction,
  { organizationId, invoiceId, asked }: Task,
  { providerInvoiceId, note }: { providerInvoiceId: string | null; note: string | null },
): Promise<void> {
  await client.query(
    `UPDATE billing.collection SET provider_invoice_id = coalesce($4, provider_invoice_id), last_error = $5,
       attempts = 0, next_attempt_at = CASE WHEN asked = $3 THEN NULL ELSE next_attempt_at END,
       pay_asked = CASE WHEN asked = $3 THEN NULL ELSE pay_asked END
     WHERE organization_id = $1 AND invoice_id = $2`,
    [organizationId, invoiceId, asked, providerInvoiceId, note],
  )
}

export async function noteFailure(
  pool: pg.Pool,
  { organizationId, invoiceId }: Task,
  error: unknown,
): Promise<void> {
  const text = error instanceof Error ? error.message : String(error)
  await pool.query(
    'UPDATE billing.collection SET last_error = $3 WHERE organization_id = $1 AND invoice_id = $2',
    [organizationId, invoiceId, text.slice(0, 1000)],
  )
}

/** Lets the card be tried at once, for the invoice that is presented first if it was not. */
export async function askToPay(
  client: BillingTransaction | pg.Pool,
  { organizationId, invoiceId }: { organizationId: string; invoiceId: string },
  { attempt, now }: { attempt: string; now: number },
): Promise<void> {
  await client.query(
    `INSERT INTO billing.collection (organization_id, invoice_id, pay_asked, next_attempt_at)
     VALUES ($1, $2, $3, $4)
     ON CONFLICT (organization_id, invoice_id) DO UPDATE SET pay_asked = excluded.pay_asked, attempts = 0,
       asked = billing.collection.asked + 1,
       next_attempt_at = least(billing.collection.next_attempt_at, excluded.next_attempt_at)`,
    [organizationId, invoiceId, attempt, now],
  )
}

/** Writes down what the provider says of invoices. */
export async function keepOutcomes(
  client: BillingTransaction,
  organizationId: string,
  invoices: readonly ProviderInvoice[],
  now: number,
): Promise<void> {
  const known = invoices.filter(({ status }) => status !== 'DRAFT')
  await client.query(
    `UPDATE billing.collection c SET provider_invoice_id = coalesce(c.provider_invoice_id, p.id),
       declined_at = CASE WHEN p.declined THEN coalesce(c.declined_at, $2) END
     FROM unnest($3::text[], $4::text[], $5::bool[]) AS p(invoice, id, declined)
     WHERE c.organization_id = $1 AND c.invoice_id::text = p.invoice`,
    [
      organizationId,
      now,
      known.map(({ invoiceId }) => invoiceId),
      known.map(({ id }) => id),
      known.map(isDeclined),
    ],
  )
}

/** Those of these invoices that are collected and owed still. */
export async function openOf(
  client: BillingTransaction,
  organizationId: string,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT c.invoice_id AS id FROM billing.collection c
     JOIN billing.invoice i ON i.organization_id = c.organization_id AND i.id = c.invoice_id
     WHERE c.organization_id = $1 AND c.invoice_id::text = ANY($2) AND i.state = 'OPEN'`,
    [organizationId, ids],
  )
  return rows.map(({ id }) => id)
}

/** Invoices that are owed and whose card is declined, by id. */
export async function declinedInvoices(
  client: BillingTransaction,
  organizationId: string,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT c.invoice_id AS id FROM billing.collection c
     JOIN billing.invoice i ON i.organization_id = c.organization_id AND i.id = c.invoice_id
     WHERE c.organization_id = $1 AND c.declined_at IS NOT NULL AND i.state = 'OPEN'`,
    [organizationId],
  )
  return rows.map(({ id }) => id)
}
