'use client'

import { loadActivity } from '@/app/[tenant]/settings/api-access/token-actions'
import type { ActivityFilterChoice } from '@/components/activity/activity-filter'
import { ActivityLog } from '@/components/activity/activity-log'
import type { ActivityEvent } from '@/lib/activity/queries'
import type { Page } from '@/lib/paging'

export type TokenActivityProps = {
  tenant: string
  tokenId: string
  name: string
  now: number
  firstPage: Page<ActivityEvent>
  initialFilter: ActivityFilterChoice
}

export function TokenActivity({ tenant, tokenId, name, ...props }: TokenActivityProps) {
  return (
    <ActivityLog
      {...props}
      label={`Activity of ${name}`}
      streamUrl={`/${tenant}/settings/api-access/tokens/${tokenId}/stream`}
      load={({ pageToken, search, statusClass, method }) =>
        loadActivity(tenant, {
          tokenId,
          pageToken,
          ...(search ? { search } : {}),
          ...(statusClass ? { statusClass } : {}),
          ...(method ? { method } : {}),
        })
      }
    />
  )
}
