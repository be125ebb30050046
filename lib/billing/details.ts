import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import { appendAudit } from '@/lib/audit/append'
import type { BillingDetails } from '@/lib/billing/schema'
import type { TaxIdType } from '@/lib/billing/tax-id'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'

type Client = Pick<pg.PoolClient, 'query'>

interface Row extends Omit<BillingDetails, 'taxId'> {
  taxIdType: TaxIdType | null
  taxIdValue: string | null
}

/**
 * To whom invoices are made out and where they go, or null where nobody has said so yet.
 * @throws DomainError forbidden
 */
export async function readBillingDetails(ctx: Context): Promise<BillingDetails | null> {
  authorize(ctx.principal, 'billing:read')
  return findBillingDetails(ctx.db.pool, ctx.organization.id)
}

/**
 * Replaces them all. Invoices that were made out keep what they say.
 * @param details as billingDetailsSchema makes them
 * @throws DomainError forbidden
 */
export async function saveBillingDetails(
  ctx: Context,
  details: BillingDetails,
): Promise<BillingDetails> {
  authorize(ctx.principal, 'billing:edit_details')
  return sqlTransaction(ctx.db.pool, async (client) => {
    const before = await findBillingDetails(client, ctx.organization.id, 'FOR UPDATE')
    if (before && JSON.stringify(before) === JSON.stringify(inOrder(details))) return before
    await upsert(client, ctx, details)
    await appendAudit(client, ctx, {
      eventType: 'BILLING_DETAILS_CHANGED',
      target: {
        type: 'organization',
        id: ctx.organization.id,
        label: ctx.organization.name,
        familyId: null,
      },
      details: { before: before ? audited(before) : {}, after: audited(details) },
    })
    return inOrder(details)
  })
}

/** The same for who makes out invoices, without a rule of who may see it. */
export async function findBillingDetails(
  client: Client,
  organizationId: string,
  lock: 'FOR UPDATE' | '' = '',
): Promise<BillingDetails | null> {
  const { rows } = await client.query<Row>(
    `SELECT emails, company, line1, line2, city, region, postal_code AS "postalCode", country,
       tax_id_type AS "taxIdType", tax_id AS "taxIdValue"
     FROM billing.details WHERE organization_id = $1 ${lock}`,
    [organizationId],
  )
  if (!rows[0]) return null
  const { taxIdType, taxIdValue, ...details } = rows[0]
  const taxId = taxIdType && taxIdValue ? { type: taxIdType, value: taxIdValue } : null
  return { ...details, taxId }
}

async function upsert(
  client: Client,
  { organization, now }: Context,
  details: BillingDetails,
): Promise<void> {
  const { emails, company, line1, line2, city, region, postalCode, country, taxId } = details
  await client.query(
    `INSERT INTO billing.details (organization_id, emails, company, line1, line2, city, region, postal_code,
       country, tax_id_type, tax_id, modified_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (organization_id) DO UPDATE SET emails = excluded.emails, company = excluded.company,
       line1 = excluded.line1, line2 = excluded.line2, city = excluded.city, region = excluded.region,
       postal_code = excluded.postal_code, country = excluded.country, tax_id_type = excluded.tax_id_type,
       tax_id = excluded.tax_id, modified_at = excluded.modified_at`,
    [
      organization.id,
      emails,
      company,
      line1,
      line2,
      city,
      region,
      postalCode,
      country,
      taxId?.type ?? null,
      taxId?.value ?? null,
      new Date(now),
    ],
  )
}

/** As it is read, so that two can be compared. */
function inOrder(details: BillingDetails): BillingDetails {
  const { emails, company, line1, line2, city, region, postalCode, country, taxId } = details
  return {
    emails,
    company,
    line1,
    line2,
    city,
    region,
    postalCode,
    country,
    taxId: taxId && { type: taxId.type, value: taxId.value },
  }
}

/** One text for each term. */
function audited({ taxId, ...details }: BillingDetails) {
  return { ...details, taxId: taxId?.value ?? null }
}
