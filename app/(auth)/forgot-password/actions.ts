'use server'

import { publicAction } from '@/app/_session/action-result'
import { requireEmail } from '@/app/_session/email-available'
import { formOf } from '@/app/_session/form-action'
import { requestPasswordReset } from '@/lib/profile/password-reset'
import { passwordResetRequestSchema } from '@/lib/profile/schema'
import { runtime } from '@/lib/runtime'

export const askForReset = publicAction(passwordResetRequestSchema, async ({ email }, { ip }) => {
  requireEmail()
  const { db, crypto, emailLinkThrottle: throttle } = runtime()
  await requestPasswordReset({ db, crypto, throttle, email, ip })
})

export const sendForReset = formOf(askForReset, {
  schema: passwordResetRequestSchema,
  keep: ['email'],
})
