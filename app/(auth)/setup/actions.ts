'use server'

import { redirect } from 'next/navigation'
import { publicAction } from '@/app/_session/action-result'
import { formOf } from '@/app/_session/form-action'
import { setupSchema } from '@/lib/auth/schema'
import { completeSetup } from '@/lib/auth/setup'
import { runtime } from '@/lib/runtime'

export const completeSetupAction = publicAction(setupSchema, async (input) => {
  const { slug } = await completeSetup({ db: runtime().db, ...input })
  return { slug }
})

export const sendSetup = formOf(completeSetupAction, {
  schema: setupSchema,
  keep: ['organizationName', 'slug', 'displayName', 'email'],
  done: () => redirect('/sign-in'),
})
