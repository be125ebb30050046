import { SectionCard } from '@/components/settings/section-card'
import { Callout } from '@/components/ui/callout'
import { DescriptionList } from '@/components/ui/description-list'
import { countryName } from '@/lib/billing/countries'
import type { BillingDetails } from '@/lib/billing/schema'
import { TAX_ID_FORMATS, taxIdText } from '@/lib/billing/tax-id'

export type DetailsFactsProps = { details: BillingDetails | null; roleLabel: string }

/** The billing details for those who may not change them. */
export function DetailsFacts({ details, roleLabel }: DetailsFactsProps) {
  return (
    <>
      <Callout title="Only admins and finance change the billing details">
        You are signed in as {roleLabel}. Ask one of them where something here should be different.
      </Callout>
      <SectionCard title="Billing details">
        {details ? (
          <DescriptionList items={factsOf(details)} />
        ) : (
          <p className="text-muted text-sm">Nobody has entered them yet.</p>
        )}
      </SectionCard>
    </>
  )
}

function factsOf(details: BillingDetails) {
  const { company, line1, line2, postalCode, city, region, country, emails, taxId } = details
  const place = `${postalCode} ${city}`.trim()
  const address = [line1, line2, place, region, countryName(country)].filter(Boolean)
  return [
    { term: 'Company', detail: company },
    { term: 'Address', detail: address.join(', ') },
    { term: 'E-mail', detail: emails.join(', ') },
    {
      term: 'Tax id',
      detail: taxId
        ? `${TAX_ID_FORMATS[taxId.type].label} ${taxIdText(taxId.type, taxId.value)}`
        : 'None',
    },
  ]
}
