'use server'

import { publicAction } from '@/app/_session/action-result'
import { formOf } from '@/app/_session/form-action'
import { confirmEmailChange } from '@/lib/profile/email-change'
import { emailConfirmationSchema } from '@/lib/profile/schema'
import { runtime } from '@/lib/runtime'

export const confirmNewEmail = publicAction(emailConfirmationSchema, ({ secret }, request) => {
  const { db, crypto } = runtime()
  return confirmEmailChange({ db, crypto, request, secret })
})

export const sendConfirmation = formOf(confirmNewEmail, {
  schema: emailConfirmationSchema,
  keep: ['email'],
})
