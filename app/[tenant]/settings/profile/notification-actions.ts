'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { EMAIL_CADENCES } from '@/lib/notifications/kind'
import { NOTIFICATION_KINDS, type NotificationKind } from '@/lib/notifications/model'
import { savePreference, saveTimeZone } from '@/lib/notifications/preferences'
import { sendTest } from '@/lib/notifications/test-notification'

const TIME_ZONE_MAX = 64

export const saveNotificationPreference = action(
  z.strictObject({
    kind: z.enum(Object.keys(NOTIFICATION_KINDS) as NotificationKind[]),
    inApp: z.boolean(),
    email: z.enum(EMAIL_CADENCES),
  }),
  savePreference,
)

export const saveOwnTimeZone = action(
  z.strictObject({ timeZone: z.string().max(TIME_ZONE_MAX) }),
  saveTimeZone,
)

export const sendTestNotification = action(z.strictObject({}), (ctx) => sendTest(ctx))
