'use server'

import { publicAction } from '@/app/_session/action-result'
import { formOf } from '@/app/_session/form-action'
import { verifyEmail } from '@/lib/profile/email-verification'
import { emailConfirmationSchema } from '@/lib/profile/schema'
import { runtime } from '@/lib/runtime'

export const verifyAddress = publicAction(emailConfirmationSchema, ({ secret }, request) =>
  verifyEmail({ db: runtime().db, request, secret }),
)

export const sendVerification = formOf(verifyAddress, {
  schema: emailConfirmationSchema,
  keep: ['email'],
})
