'use client'

import { loadAccountActivity } from '@/app/[tenant]/settings/api-access/service-account-actions'
import type { ActivityFilterChoice } from '@/components/activity/activity-filter'
import { ActivityLog } from '@/components/activity/activity-log'
import type { ActivityEvent } from '@/lib/activity/queries'
import type { Page } from '@/lib/paging'

export type AccountActivityProps = {
  tenant: string
  serviceAccountId: string
  name: string
  now: number
  firstPage: Page<ActivityEvent>
  initialFilter: ActivityFilterChoice
}

/** Calls made with any token of the account. */
export function AccountActivity(props: AccountActivityProps) {
  const { tenant, serviceAccountId, name, now, firstPage, initialFilter } = props
  return (
    <ActivityLog
      label={`Activity of ${name}`}
      now={now}
      firstPage={firstPage}
      initialFilter={initialFilter}
      streamUrl={null}
      load={({ search, statusClass, method, pageToken }) =>
        loadAccountActivity(tenant, {
          serviceAccountId,
          pageToken,
          search,
          ...(statusClass === null ? {} : { statusClass }),
          ...(method === null ? {} : { method }),
        })
      }
    />
  )
}
