import type pg from 'pg'
import type { ChargeLine, PlanSpan } from '@/lib/billing/charge'
import { centsOfNano, nanoOfCents } from '@/lib/billing/money'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { closePeriod, type PeriodClosing } from '@/lib/invoices/close-period'
import { invoicing } from '@/lib/invoices/invoicing'
import type { InvoiceParties } from '@/lib/invoices/issue-invoice'
import type { BillingPeriod } from '@/lib/plans/billing-period'
import { PLANS, type PlanId } from '@/lib/plans/plan'

/** Invoices for tests: who sells to whom, and the steps that make documents. */

export const PARTIES: InvoiceParties = {
  seller: {
    name: 'Fruxon, Inc.',
    lines: ['1 Example Street', 'San Francisco, CA 94105', 'United States'],
    email: 'billing@fruxon.example',
    taxIds: ['EIN 00-0000000'],
    payment: ['Bank transfer to Example Bank, account 000123456789', 'Routing number 000000000'],
  },
  buyer: {
    name: 'Acme Robotics GmbH',
    lines: ['Beispielstraße 12', '10115 Berlin', 'Germany'],
    email: 'accounts@acme.example',
    taxIds: ['VAT ID DE123456789'],
  },
  tax: null,
}

/** The same plan all the time. */
export function spanOf(period: BillingPeriod, plan: PlanId = 'STARTER'): PlanSpan {
  return { ...period, plan: PLANS[plan], trial: false }
}

/** A fee, or with fewer than 0 cents what is given back of one. */
export function feeLine(cents: bigint, period: BillingPeriod): ChargeLine {
  return {
    kind: cents < 0n ? 'PLAN_CREDIT' : 'PLAN',
    key: 'TEAM/1',
    description: cents < 0n ? 'Team plan, rest of the period' : 'Team plan',
    quantity: 1n,
    unit: 'PERIOD',
    nano: nanoOfCents(cents),
    cents: centsOfNano(nanoOfCents(cents)),
    period,
  }
}

interface Closing {
  organizationId: string
  period: BillingPeriod
  at: number
  plan?: PlanId
  nextFee?: readonly ChargeLine[]
  parties?: InvoiceParties
}

export function close({ pool }: Pick<Database, 'pool'>, closing: Closing): Promise<PeriodClosing> {
  const { organizationId, period, at, plan, nextFee = [], parties = PARTIES } = closing
  return sqlTransaction(pool, (client) =>
    closePeriod(
      client,
      { organizationId, period, spans: [spanOf(period, plan)], nextFee },
      { at, parties },
    ),
  )
}

/** Charges at once what a change of plan made due. @returns the id of the invoice */
export async function charge(
  { pool }: Pick<Database, 'pool'>,
  organizationId: string,
  lines: readonly ChargeLine[],
  { at, parties = PARTIES }: { at: number; parties?: InvoiceParties },
): Promise<string> {
  return sqlTransaction(pool, async (client) => {
    await invoicing(at, async () => parties).charge(client, {
      ...{ organizationId, reason: 'PLAN_CHANGED', at, lines },
    })
    // Still under the lock of billing: the last number is that of the invoice.
    const { rows } = await client.query<{ id: string }>(
      'SELECT id FROM billing.invoice WHERE organization_id = $1 ORDER BY number DESC LIMIT 1',
      [organizationId],
    )
    return rows[0]?.id ?? ''
  })
}

/** All that was used and what was billed of it, in nano-USD. */
export async function reconciled(
  pool: pg.Pool,
  organizationId: string,
): Promise<{ used: bigint; billed: bigint; onInvoices: bigint }> {
  const { rows } = await pool.query<{ used: string; billed: string; lines: string }>(
    `SELECT
       (SELECT coalesce(sum(input_cost + output_cost), 0) FROM usage.day WHERE organization_id = $1) AS used,
       (SELECT coalesce(sum(nano), 0) FROM billing.billed
         WHERE organization_id = $1 AND charge_key LIKE 'MODEL %') AS billed,
       (SELECT coalesce(sum(l.nano), 0) FROM billing.invoice_line l JOIN billing.invoice i
         ON i.organization_id = l.organization_id AND i.id = l.invoice_id
         WHERE l.organization_id = $1 AND l.kind = 'MODEL' AND i.kind = 'INVOICE' AND i.state <> 'VOID') AS lines`,
    [organizationId],
  )
  const [row] = rows
  return {
    used: BigInt(row?.used ?? -1),
    billed: BigInt(row?.billed ?? -1),
    onInvoices: BigInt(row?.lines ?? -1),
  }
}
