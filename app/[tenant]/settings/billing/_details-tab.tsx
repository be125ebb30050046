import { dashboardContext } from '@/app/_session/dashboard-context'
import { DetailsForm } from '@/app/[tenant]/settings/billing/_billing-code'
import type { BillingTabProps } from '@/app/[tenant]/settings/billing/_overview-tab'
import { DetailsFacts } from '@/components/billing/details-facts'
import { PaymentMethodCard } from '@/components/billing/payment-method-card'
import { can } from '@/lib/access/principal'
import { ROLE_FACTS } from '@/lib/access/roles'
import { COUNTRY_CODES, countryName } from '@/lib/billing/countries'
import { readBillingDetails } from '@/lib/billing/details'
import { runtime } from '@/lib/runtime'

/** By their names here, because a browser may know some of them by others. */
const COUNTRIES = COUNTRY_CODES.map((code) => ({ code, name: countryName(code) })).sort(
  (one, other) => one.name.localeCompare(other.name, 'en'),
)

/** To whom invoices are made out and where they go. */
export async function DetailsTab({ tenant }: BillingTabProps) {
  const ctx = await dashboardContext(tenant)
  const { collector, seller } = runtime().billing
  const details = await readBillingDetails(ctx)
  return (
    <div className="flex max-w-form flex-col gap-6">
      {can(ctx.principal, 'billing:edit_details') ? (
        <DetailsForm tenant={tenant} details={details} countries={COUNTRIES} />
      ) : (
        <DetailsFacts details={details} roleLabel={ROLE_FACTS[ctx.principal.role].label} />
      )}
      {/* Where cards are collected from, it stands on the overview, with what is to be done about it. */}
      {collector ? null : (
        <PaymentMethodCard tenant={tenant} payment={seller.payment} collection={null} />
      )}
    </div>
  )
}
