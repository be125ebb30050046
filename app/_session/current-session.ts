import { cache } from 'react'
import { presentedSessionSecret } from '@/app/_session/session-cookie'
import { type ActiveSession, resolveSession } from '@/lib/auth/sessions'
import { runtime } from '@/lib/runtime'

/** Who is signed in, asked of the database once a request: a revoked session ends with its next request. */
export const currentSession = cache(async (): Promise<ActiveSession | null> => {
  const secret = await presentedSessionSecret()
  return secret ? resolveSession(runtime().db, secret) : null
})
