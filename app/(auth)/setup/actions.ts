'use server'

import { publicAction } from '@/app/_session/action-result'
import { setupSchema } from '@/lib/auth/schema'
import { completeSetup } from '@/lib/auth/setup'
import { runtime } from '@/lib/runtime'

export const completeSetupAction = publicAction(setupSchema, async (input) => {
  const { slug } = await completeSetup({ db: runtime().db, ...input })
  return { slug }
})
