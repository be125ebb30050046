'use client'

import { MailX } from 'lucide-react'
import { loadDeliveries } from '@/app/[tenant]/notifications/actions'
import { useMorePages } from '@/components/settings/use-more-pages'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, TBody, THead } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { DeliveryPage } from '@/lib/notifications/deliveries'
import { DELIVERY_COLUMNS, DeliveryRow } from './delivery-row'

export type DeliveryLogProps = {
  tenant: string
  now: number
  emailAvailable: boolean
  firstPage: DeliveryPage
}

/** Why the person was told, by which way, and what became of it. */
export function DeliveryLog({ tenant, now, emailAvailable, firstPage }: DeliveryLogProps) {
  const { items, failure, loading, loadMore } = useMorePages(firstPage, (pageToken) =>
    loadDeliveries(tenant, { pageToken }),
  )
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <p className="text-muted text-sm">
        The last 90 days, with what you chose not to be told, and each choice as it was then.
      </p>
      <Table label="Delivery log">
        <THead className="max-md:sr-only">
          <tr>
            <Th className="w-28">When</Th>
            <Th>What</Th>
            <Th className="w-52 max-xl:hidden">Why you</Th>
            <Th className="w-20">In app</Th>
            <Th className="w-52">E-mail</Th>
            <Th srOnly className="w-24">
              Change
            </Th>
          </tr>
        </THead>
        <TBody>
          {items.map((delivery) => (
            <DeliveryRow
              key={delivery.id}
              tenant={tenant}
              now={now}
              emailAvailable={emailAvailable}
              delivery={delivery}
            />
          ))}
          {items.length === 0 ? (
            <tr>
              <td colSpan={DELIVERY_COLUMNS}>
                <EmptyState
                  framed={false}
                  icon={<MailX />}
                  title="Nothing was sent to you yet"
                  description="Each notification will be listed here with the reason why you got it and what became of its e-mail."
                />
              </td>
            </tr>
          ) : null}
        </TBody>
      </Table>
      {failure ? (
        <Callout tone="danger" live title="The next rows could not be loaded">
          {failure}
        </Callout>
      ) : null}
      {loadMore ? (
        <Button className="self-center" onClick={loadMore} loading={loading}>
          Load more
        </Button>
      ) : null}
    </div>
  )
}
