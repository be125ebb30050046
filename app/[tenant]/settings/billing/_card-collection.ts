import { cache } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import type { CardCollection } from '@/components/billing/card-collection'
import { can } from '@/lib/access/principal'
import { paymentStanding } from '@/lib/payments/standing'
import { runtime } from '@/lib/runtime'

/** Null where nobody collects by card: no page says anything of cards then. */
export const cardCollection = cache(async (tenant: string): Promise<CardCollection | null> => {
  const ctx = await dashboardContext(tenant)
  if (!runtime().billing.collector) return null
  const standing = await paymentStanding(ctx)
  return { ...standing, mayPay: can(ctx.principal, 'billing:edit_details'), now: ctx.now }
})
