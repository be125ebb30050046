'use client'

import type { ReactNode } from 'react'
import {
  openCardSetup,
  openPortal,
  payByCard,
} from '@/app/[tenant]/settings/billing/payment-actions'
import { Button, type ButtonProps } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import { type PaymentPage, usePaymentPage } from './use-payment-page'

type Look = Pick<ButtonProps, 'variant' | 'size' | 'aria-label'>

export type CardSetupButtonProps = Look & { tenant: string; children: ReactNode }

/** Leads to the page of the provider on which a card is given: its number never comes here. */
export function CardSetupButton({ tenant, ...button }: CardSetupButtonProps) {
  return (
    <PaymentButton
      {...button}
      page={{ ask: () => openCardSetup(tenant, {}), failure: 'The page for cards did not open' }}
    />
  )
}

export function PortalButton({ tenant, ...look }: Look & { tenant: string }) {
  return (
    <PaymentButton
      {...look}
      page={{ ask: () => openPortal(tenant, {}), failure: 'The page of Stripe did not open' }}
    >
      Cards and receipts
    </PaymentButton>
  )
}

export type PayButtonProps = Look & { tenant: string; invoiceId: string; number: string }

/** Charges the card at once. Without one, or where it is declined, it leads to a page on which to pay. */
export function PayButton({ tenant, invoiceId, number, ...look }: PayButtonProps) {
  return (
    <PaymentButton
      {...look}
      page={{
        ask: () => payByCard(tenant, { invoiceId }),
        failure: `${number} was not paid`,
        done: () => notify.success(`${number} is paid`),
      }}
    >
      Pay by card
    </PaymentButton>
  )
}

function PaymentButton({ page, ...button }: Look & { page: PaymentPage; children: ReactNode }) {
  const { leaving, open } = usePaymentPage(page)
  return <Button {...button} loading={leaving} onClick={open} />
}
