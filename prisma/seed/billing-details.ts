import type { BillingTransaction } from '@/lib/billing/charge'
import type { BillingDetails } from '@/lib/billing/schema'
import type { PlanId } from '@/lib/plans/plan'

/** How a demo organization pays. */
export interface DemoBilling {
  plan: PlanId
  /** Days ago; billing periods begin on that day of the month. */
  begunAgo: number
  /** E-mail of the admin who chose the plan. */
  chosenBy: string
  details: BillingDetails
}

export const BILLING: Record<string, DemoBilling> = {
  acme: {
    plan: 'TEAM',
    // Two periods are over, the second one for 8 to 11 days: its invoice is open and not yet due.
    begunAgo: 70,
    chosenBy: 'ada@acme.example',
    details: {
      emails: ['accounts@acme.example', 'grace@acme.example'],
      company: 'Acme Robotics GmbH',
      line1: 'Beispielstraße 12',
      line2: '3. Etage',
      city: 'Berlin',
      region: '',
      postalCode: '10115',
      country: 'DE',
      taxId: { type: 'EU_VAT', value: 'DE136695976' },
    },
  },
  globex: {
    plan: 'STARTER',
    begunAgo: 76,
    chosenBy: 'omar@globex.example',
    details: {
      emails: ['chiara@globex.example'],
      company: 'Globex Logistics, Inc.',
      line1: '100 Example Avenue',
      line2: '',
      city: 'Chicago',
      region: 'IL',
      postalCode: '60601',
      country: 'US',
      taxId: null,
    },
  },
}

/** As if they had been filled in on the first day. */
export async function insertDetails(
  client: BillingTransaction,
  organizationId: string,
  details: BillingDetails,
  at: number,
): Promise<void> {
  const { emails, company, line1, line2, city, region, postalCode, country, taxId } = details
  await client.query(
    `INSERT INTO billing.details (organization_id, emails, company, line1, line2, city, region, postal_code,
       country, tax_id_type, tax_id, modified_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[organizationId, emails, company, line1, line2, city, region, postalCode, country],
      ...[taxId?.type ?? null, taxId?.value ?? null, new Date(at)],
    ],
  )
}
