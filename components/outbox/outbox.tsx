'use client'

import { MailX } from 'lucide-react'
import { loadOutgoingEmails } from '@/app/[tenant]/settings/outbox/actions'
import { useMorePages } from '@/components/settings/use-more-pages'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { OutgoingEmail, OutgoingEmailState } from '@/lib/email/queries'
import type { Page } from '@/lib/paging'
import { EmailState } from './email-state'
import { TEMPLATE_LABELS } from './email-words'

export type OutboxProps = {
  tenant: string
  now: number
  state: OutgoingEmailState | null
  firstPage: Page<OutgoingEmail>
}

/** Every e-mail of the organization, newest first. */
export function Outbox({ tenant, now, state, firstPage }: OutboxProps) {
  const { items, failure, loading, loadMore } = useMorePages(firstPage, (pageToken) =>
    loadOutgoingEmails(tenant, { pageToken, state }),
  )
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Table label="E-mails">
        <THead className="max-sm:sr-only">
          <tr>
            <Th>E-mail</Th>
            <Th className="w-64">To</Th>
            <Th className="w-56">State</Th>
            <Th className="w-32">Written</Th>
          </tr>
        </THead>
        <TBody>
          {items.map((email) => (
            <Tr key={email.id} interactive className="max-sm:flex max-sm:flex-col max-sm:py-2.5">
              <Td className="max-sm:h-auto max-sm:py-0.5 max-sm:pl-4">
                <RowLink href={`/${tenant}/settings/outbox/${email.id}`} prefetch={false}>
                  {email.subject ?? TEMPLATE_LABELS[email.template]}
                </RowLink>
              </Td>
              <Td
                className="truncate text-muted max-sm:h-auto max-sm:py-0.5 max-sm:pl-4"
                title={email.recipient}
              >
                {email.recipient}
              </Td>
              <Td className="max-sm:h-auto max-sm:py-0.5 max-sm:pl-4">
                <EmailState email={email} now={now} />
              </Td>
              <Td className="text-muted max-sm:hidden">
                <RelativeTime at={email.createdAt} now={now} />
              </Td>
            </Tr>
          ))}
          {items.length === 0 ? (
            <tr>
              <td colSpan={4}>
                <EmptyState
                  framed={false}
                  icon={<MailX />}
                  title={state === null ? 'No e-mail yet' : 'No e-mail in this state'}
                  description="Invitations, changed roles and notices about tokens of this organization are listed here."
                />
              </td>
            </tr>
          ) : null}
        </TBody>
      </Table>
      {failure ? (
        <Callout tone="danger" live title="The next e-mails could not be loaded">
          {failure}
        </Callout>
      ) : null}
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-3">
        <output className="text-muted text-sm tabular-nums">
          {items.length === 0
            ? ''
            : `${items.length.toLocaleString('en-US')} of ${firstPage.totalCount.toLocaleString('en-US')}`}
        </output>
        {loadMore ? (
          <Button onClick={loadMore} loading={loading}>
            Load more
          </Button>
        ) : null}
      </div>
    </div>
  )
}
