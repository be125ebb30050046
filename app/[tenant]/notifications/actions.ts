'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { listDeliveries } from '@/lib/notifications/deliveries'
import { listInbox, markRead } from '@/lib/notifications/inbox'

const PAGE_TOKEN_MAX = 4096
/** More than any page holds. */
const IDS_MAX = 200

const pageToken = z.string().max(PAGE_TOKEN_MAX).optional()

export const loadInbox = action(
  z.strictObject({ pageToken, unreadOnly: z.boolean().optional() }),
  (ctx, request) => listInbox(ctx, request),
)

export const loadDeliveries = action(z.strictObject({ pageToken }), (ctx, request) =>
  listDeliveries(ctx, request),
)

export const readNotices = action(
  z.union([
    z.strictObject({ ids: z.array(z.uuid()).min(1).max(IDS_MAX) }),
    z.strictObject({ all: z.literal(true) }),
  ]),
  (ctx, choice) => markRead(ctx, choice),
)
