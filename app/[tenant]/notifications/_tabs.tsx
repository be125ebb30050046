import type { DashboardContext } from '@/app/_session/dashboard-context'
import { emailAvailable } from '@/app/_session/email-available'
import { DeliveryLog, Inbox } from '@/app/[tenant]/notifications/_tab-code'
import { listDeliveries } from '@/lib/notifications/deliveries'
import { listInbox } from '@/lib/notifications/inbox'
import { listPreferences } from '@/lib/notifications/preferences'

export interface TabProps {
  ctx: DashboardContext
  tenant: string
  query: Record<string, string | string[] | undefined>
}

export async function InboxTab({ ctx, tenant, query }: TabProps) {
  const unreadOnly = query.unread === '1'
  const [firstPage, { timeZone }] = await Promise.all([
    listInbox(ctx, { unreadOnly }),
    listPreferences(ctx),
  ])
  return (
    <Inbox
      key={String(unreadOnly)}
      tenant={tenant}
      now={ctx.now}
      timeZone={timeZone}
      unreadOnly={unreadOnly}
      firstPage={firstPage}
    />
  )
}

export async function DeliveryLogTab({ ctx, tenant }: TabProps) {
  const firstPage = await listDeliveries(ctx, {})
  return (
    <DeliveryLog
      tenant={tenant}
      now={ctx.now}
      emailAvailable={emailAvailable()}
      firstPage={firstPage}
    />
  )
}
