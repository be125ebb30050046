'use server'

import { publicAction } from '@/app/_session/action-result'
import { confirmEmailChange } from '@/lib/profile/email-change'
import { emailConfirmationSchema } from '@/lib/profile/schema'
import { runtime } from '@/lib/runtime'

export const confirmNewEmail = publicAction(emailConfirmationSchema, ({ secret }, request) => {
  const { db, crypto } = runtime()
  return confirmEmailChange({ db, crypto, request, secret })
})
