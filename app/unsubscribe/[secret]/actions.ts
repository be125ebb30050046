'use server'

import { z } from 'zod'
import { publicAction } from '@/app/_session/action-result'
import { formOf } from '@/app/_session/form-action'
import { unsubscribe } from '@/lib/notifications/unsubscribe'
import { runtime } from '@/lib/runtime'

/** Longer than any that was ever made. */
const SECRET_MAX = 1024

const unsubscribeSchema = z.strictObject({ secret: z.string().max(SECRET_MAX) })

export const stopEmails = publicAction(unsubscribeSchema, ({ secret }) => {
  const { db, crypto } = runtime()
  return unsubscribe({ db, crypto, secret })
})

export const sendStop = formOf(stopEmails, { schema: unsubscribeSchema })
