'use server'

import { z } from 'zod'
import { publicAction } from '@/app/_session/action-result'
import { relyingParty } from '@/app/_session/relying-party'
import { beginPasskeySignIn } from '@/lib/auth/passkey-sign-in'
import { runtime } from '@/lib/runtime'

/** Challenges the browser of whoever asks; the answer goes to next-auth, which makes the cookie. */
export const startPasskeySignIn = publicAction(z.strictObject({}), (_input, { ip }) => {
  const { db, passkeyThrottle: throttle } = runtime()
  return beginPasskeySignIn({ db, throttle, ip, relyingParty: relyingParty() })
})
