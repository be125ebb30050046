import type pg from 'pg'
import type { BillingTransaction, ChargeLine } from '@/lib/billing/charge'
import { centsOfNano } from '@/lib/billing/money'
import { chargeKey, type UsageCharge, type UsageKind } from '@/lib/invoices/usage-charge'
import type { BillingPeriod } from '@/lib/plans/billing-period'

/** What was invoiced of one charge of one period: the sum of all invoices that are not void. */
export interface Billed {
  key: string
  nano: bigint
  quantity: bigint
  /** As it was invoiced last. */
  charge: Pick<UsageCharge, 'kind' | 'key' | 'description' | 'unit' | 'provider' | 'model'>
}

/** By the beginning of the period. For callers that have authorized. */
export async function billedOf(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
  periods: readonly BillingPeriod[],
): Promise<Map<number, Billed[]>> {
  const { rows } = await client.query<BilledRow>(
    `SELECT period_from AS "from", charge_key AS key, sum(nano) AS nano, sum(quantity) AS quantity,
       (array_agg(jsonb_build_object('kind', kind, 'description', description, 'unit', unit,
          'provider', provider, 'model', model) ORDER BY at DESC))[1] AS charge
     FROM (
       SELECT b.period_from, b.charge_key, b.at, b.nano, b.quantity, l.kind, l.description, l.unit, l.provider,
         l.model
       FROM billing.billed b JOIN billing.invoice_line l ON l.organization_id = b.organization_id
         AND l.invoice_id = b.invoice_id AND l.charge_key = b.charge_key
         AND l.period_from = (extract(epoch FROM b.period_from) * 1000)::bigint
       WHERE b.organization_id = $1 AND b.period_from = ANY($2::timestamptz[])
     ) AS said GROUP BY period_from, charge_key`,
    [organizationId, periods.map(({ from }) => new Date(from))],
  )
  const billed = new Map<number, Billed[]>()
  for (const { from, key, nano, quantity, charge } of rows) {
    const known = billed.get(from.getTime()) ?? []
    const name = key.slice(charge.kind.length + 1)
    known.push({
      key,
      nano: BigInt(nano),
      quantity: BigInt(quantity),
      charge: { ...charge, key: name },
    })
    billed.set(from.getTime(), known)
  }
  return billed
}

interface BilledRow {
  from: Date
  key: string
  nano: string
  quantity: string
  charge: {
    kind: UsageKind
    description: string
    unit: ChargeLine['unit']
    provider: string | null
    model: string | null
  }
}

/**
 * What is due and was not billed; below 0 where more was billed than is due. Their sum is the sum of what is due
 * less the sum of what was billed, to the nano-dollar.
 */
export function unbilled(
  due: readonly UsageCharge[],
  billed: readonly Billed[],
  period: BillingPeriod,
): UsageCharge[] {
  const before = new Map(billed.map((one) => [one.key, one]))
  const known = new Set(due.map(chargeKey))
  const gone = billed.flatMap(({ key, charge }) =>
    known.has(key) ? [] : [{ ...charge, period, quantity: 0n, nano: 0n, cents: 0n }],
  )
  return [...due, ...gone].flatMap((charge) => {
    const was = before.get(chargeKey(charge))
    const nano = charge.nano - (was?.nano ?? 0n)
    const quantity = charge.quantity - (was?.quantity ?? 0n)
    return nano === 0n ? [] : [{ ...charge, nano, quantity, cents: centsOfNano(nano) }]
  })
}

/** Keeps what an invoice billed, so that it is billed once. Charges of one period and key come once. */
export async function recordBilled(
  client: BillingTransaction,
  { organizationId, invoiceId, at }: { organizationId: string; invoiceId: string; at: number },
  charges: readonly UsageCharge[],
): Promise<void> {
  await client.query(
    `INSERT INTO billing.billed (organization_id, period_from, charge_key, invoice_id, is_reversal, at, nano,
       quantity)
     SELECT $1, period_from, charge_key, $2, false, $3, nano, quantity
     FROM unnest($4::timestamptz[], $5::text[], $6::bigint[], $7::bigint[])
       AS t(period_from, charge_key, nano, quantity)`,
    [
      ...[organizationId, invoiceId, new Date(at)],
      charges.map(({ period }) => new Date(period.from)),
      charges.map(chargeKey),
      charges.map(({ nano }) => nano.toString()),
      charges.map(({ quantity }) => quantity.toString()),
    ],
  )
}

/** What a voided invoice had billed is open again. */
export async function reverseBilled(
  client: BillingTransaction,
  { organizationId, invoiceId, at }: { organizationId: string; invoiceId: string; at: number },
): Promise<void> {
  await client.query(
    `INSERT INTO billing.billed (organization_id, period_from, charge_key, invoice_id, is_reversal, at, nano,
       quantity)
     SELECT organization_id, period_from, charge_key, invoice_id, true, $3, -nano, -quantity
     FROM billing.billed WHERE organization_id = $1 AND invoice_id = $2`,
    [organizationId, invoiceId, new Date(at)],
  )
}
