'use client'

import { loadActivity } from '@/app/[tenant]/settings/api-access/token-actions'
import type { ActivityEvent } from '@/lib/activity/queries'
import type { Page } from '@/lib/paging'
import type { ActivityFilterChoice } from './activity-filter'
import { ActivityLog } from './activity-log'

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
