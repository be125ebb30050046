'use server'

import { redirect } from 'next/navigation'
import { publicAction } from '@/app/_session/action-result'
import { formOf } from '@/app/_session/form-action'
import { resetPassword } from '@/lib/profile/password-reset'
import { passwordResetSchema } from '@/lib/profile/schema'
import { runtime } from '@/lib/runtime'

export const setNewPassword = publicAction(passwordResetSchema, async (input, request) => {
  const { db, crypto } = runtime()
  await resetPassword({ db, crypto, request, ...input })
})

export const sendNewPassword = formOf(setNewPassword, {
  schema: passwordResetSchema,
  done: () => redirect('/sign-in'),
})
