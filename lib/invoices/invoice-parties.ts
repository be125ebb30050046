import type { BillingTransaction } from '@/lib/billing/charge'
import { countryName } from '@/lib/billing/countries'
import { findBillingDetails } from '@/lib/billing/details'
import { TAX_ID_FORMATS, taxIdText } from '@/lib/billing/tax-id'
import type { Party, Seller, Tax } from '@/lib/invoices/invoice-snapshot'
import type { PartiesOf } from '@/lib/invoices/invoicing'

/** The installation sells to whom the billing details name. @param tax null: none is charged */
export function partiesWith(seller: Seller, tax: Tax | null): PartiesOf {
  return async (client, organizationId) => ({
    seller,
    buyer: await buyerOf(client, organizationId),
    tax,
  })
}

/** As the billing details have it; the organization by its name where nobody has filled them in. */
export async function buyerOf(client: BillingTransaction, organizationId: string): Promise<Party> {
  const details = await findBillingDetails(client, organizationId)
  if (!details) {
    const { rows } = await client.query<{ name: string }>(
      'SELECT name FROM organizations WHERE id = $1',
      [organizationId],
    )
    return { name: rows[0]?.name ?? '', lines: [], email: null, taxIds: [] }
  }
  const { company, line1, line2, city, region, postalCode, country, taxId, emails } = details
  const place = `${postalCode} ${city}`.trim()
  return {
    name: company,
    lines: [line1, line2, place, region, countryName(country)].filter((line) => line !== ''),
    email: emails[0] ?? null,
    taxIds: taxId
      ? [`${TAX_ID_FORMATS[taxId.type].label} ${taxIdText(taxId.type, taxId.value)}`]
      : [],
  }
}
