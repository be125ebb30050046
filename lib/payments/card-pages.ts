import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { customerOf } from '@/lib/payments/buyer'
import type { PaymentProvider } from '@/lib/payments/payment-provider'

/** Pages of the provider, on which cards are given and looked after: no number of one comes here. */

interface PageWish {
  /** Where the person comes back to. */
  returnUrl: string
}

/** The page on which a card is given, from then on charged. @throws DomainError forbidden | StripeError */
export async function startCardSetup(
  ctx: Context,
  provider: PaymentProvider,
  { returnUrl }: PageWish,
): Promise<string> {
  authorize(ctx.principal, 'billing:edit_details')
  return provider.startCardSetup(await ownCustomer(ctx, provider), returnUrl)
}

/** The page with cards and receipts; good for some minutes. @throws DomainError forbidden | StripeError */
export async function openCustomerPortal(
  ctx: Context,
  provider: PaymentProvider,
  { returnUrl }: PageWish,
): Promise<string> {
  authorize(ctx.principal, 'billing:edit_details')
  return provider.portalUrl(await ownCustomer(ctx, provider), returnUrl)
}

function ownCustomer(
  { db, organization, now }: Pick<Context, 'db' | 'organization' | 'now'>,
  provider: PaymentProvider,
): Promise<string> {
  return customerOf(db, provider, { organizationId: organization.id, now })
}
