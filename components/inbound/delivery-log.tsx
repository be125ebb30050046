'use client'

import { Inbox } from 'lucide-react'
import { loadDeliveries } from '@/app/[tenant]/settings/inbound/actions'
import { countWords } from '@/components/settings/count-words'
import { useMorePages } from '@/components/settings/use-more-pages'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { DeliverySummary } from '@/lib/inbound/model'
import { COUNTED_TO, type Page } from '@/lib/paging'
import type { DeliveryFilter } from './delivery-filters'
import { DeliveryStateLine } from './delivery-state'

export type DeliveryLogProps = {
  tenant: string
  now: number
  filter: DeliveryFilter
  firstPage: Page<DeliverySummary>
  /** Inside a card, of one endpoint, without a foot. */
  embedded?: boolean
}

/** What came in, newest first. */
export function DeliveryLog({
  tenant,
  now,
  filter,
  firstPage,
  embedded = false,
}: DeliveryLogProps) {
  const { items, failure, loading, loadMore } = useMorePages(firstPage, (pageToken) =>
    loadDeliveries(tenant, { pageToken, ...filter }),
  )
  const columns = embedded ? 4 : 5
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Table label="Deliveries" framed={!embedded}>
        <THead className="max-sm:sr-only">
          <tr>
            <Th>Event</Th>
            {embedded ? null : <Th className="w-48">Endpoint</Th>}
            <Th className="w-72">State</Th>
            <Th className="w-24" align="right">
              Attempts
            </Th>
            <Th className="w-32">Received</Th>
          </tr>
        </THead>
        <TBody>
          {items.map((delivery) => (
            <Tr key={delivery.id} interactive className="max-sm:flex max-sm:flex-col max-sm:py-2.5">
              <Td className={stacked}>
                <RowLink
                  href={`/${tenant}/settings/inbound/deliveries/${delivery.id}`}
                  prefetch={false}
                >
                  {delivery.eventType ?? 'Delivery'}
                </RowLink>
              </Td>
              {embedded ? null : (
                <Td
                  className={`${stacked} max-w-48 truncate text-muted`}
                  title={delivery.webhookName}
                >
                  {delivery.webhookName}
                </Td>
              )}
              <Td className={`${stacked} max-w-72`}>
                <DeliveryStateLine delivery={delivery} now={now} />
              </Td>
              <Td align="right" className="text-muted max-sm:hidden">
                {delivery.dispatches.reduce((sum, { attempts }) => sum + attempts, 0)}
              </Td>
              <Td className={`${stacked} text-muted`}>
                <RelativeTime at={delivery.receivedAt} now={now} />
              </Td>
            </Tr>
          ))}
          {items.length === 0 ? (
            <tr>
              <td colSpan={columns}>
                <EmptyState
                  framed={false}
                  icon={<Inbox />}
                  title={
                    filter.state === null && filter.event === null
                      ? 'Nothing has come in yet'
                      : 'Nothing like that has come in'
                  }
                  description="Each delivery is listed here as soon as it was taken, with what became of it at each subscriber."
                />
              </td>
            </tr>
          ) : null}
        </TBody>
      </Table>
      {failure ? (
        <Callout tone="danger" live title="The next deliveries could not be loaded">
          {failure}
        </Callout>
      ) : null}
      {embedded ? null : (
        <div className="flex min-h-8 flex-wrap items-center justify-between gap-3">
          <output className="text-muted text-sm tabular-nums">
            {items.length === 0
              ? ''
              : `${countWords(items.length)} of ${loadMore ? countWords(firstPage.totalCount, COUNTED_TO) : countWords(items.length)}`}
          </output>
          {loadMore ? (
            <Button onClick={loadMore} loading={loading}>
              Load more
            </Button>
          ) : null}
        </div>
      )}
    </div>
  )
}

const stacked = 'max-sm:h-auto max-sm:py-0.5 max-sm:pl-4'
