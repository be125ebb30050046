'use server'

import { z } from 'zod'
import { publicAction } from '@/app/_session/action-result'
import { unsubscribe } from '@/lib/notifications/unsubscribe'
import { runtime } from '@/lib/runtime'

/** Longer than any that was ever made. */
const SECRET_MAX = 1024

export const stopEmails = publicAction(
  z.strictObject({ secret: z.string().max(SECRET_MAX) }),
  ({ secret }) => {
    const { db, crypto } = runtime()
    return unsubscribe({ db, crypto, secret })
  },
)
