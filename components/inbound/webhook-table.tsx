import { Webhook as WebhookIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { PROVIDER_FACTS, type Webhook } from '@/lib/inbound/model'
import { subscriberText } from './subscriber-name'
import { WebhookState } from './webhook-state'

export type WebhookTableProps = {
  tenant: string
  now: number
  webhooks: readonly Webhook[]
  /** The way to make the first. */
  create: ReactNode
}

/** Every endpoint of the organization, newest first. */
export function WebhookTable({ tenant, now, webhooks, create }: WebhookTableProps) {
  if (webhooks.length === 0) {
    return (
      <EmptyState
        icon={<WebhookIcon />}
        title="Create your first endpoint"
        description="An endpoint is an address that another system sends webhooks to. Each delivery is stored, then forwarded to those who subscribe, or run by agents, with retries until that is done."
        actions={create}
      />
    )
  }
  return (
    <Table label="Endpoints">
      <THead className="max-sm:sr-only">
        <tr>
          <Th>Name</Th>
          <Th className="w-44">Provider</Th>
          <Th>Subscribers</Th>
          <Th className="w-40">State</Th>
          <Th className="w-32">Created</Th>
        </tr>
      </THead>
      <TBody>
        {webhooks.map((webhook) => (
          <Tr key={webhook.id} interactive className="max-sm:flex max-sm:flex-col max-sm:py-2.5">
            <Td className={stacked}>
              <RowLink href={`/${tenant}/settings/inbound/${webhook.id}`} prefetch={false}>
                {webhook.name}
              </RowLink>
            </Td>
            <Td className={`${stacked} text-muted`}>{PROVIDER_FACTS[webhook.provider].label}</Td>
            <Td
              className={`${stacked} max-w-64 truncate text-muted max-sm:max-w-full`}
              title={namesOf(webhook)}
            >
              {namesOf(webhook)}
            </Td>
            <Td className={stacked}>
              <WebhookState webhook={webhook} />
            </Td>
            <Td className="text-muted max-sm:hidden">
              <RelativeTime at={webhook.createdAt} now={now} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  )
}

function namesOf({ subscribers }: Webhook): string {
  return subscribers.length === 0 ? 'Nobody' : subscribers.map(subscriberText).join(', ')
}

const stacked = 'max-sm:h-auto max-sm:py-0.5 max-sm:pl-4'
