'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { publicAction } from '@/app/_session/action-result'
import { formOf } from '@/app/_session/form-action'
import { openByPassword } from '@/app/_session/opening'
import { relyingParty } from '@/app/_session/relying-party'
import { giveSessionCookie } from '@/app/_session/session-cookie'
import { beginPasskeySignIn } from '@/lib/auth/passkey-sign-in'
import { safeReturnTo } from '@/lib/auth/return-to'
import { presentedPasswordSchema } from '@/lib/auth/schema'
import { emailSchema } from '@/lib/email/schema'
import { runtime } from '@/lib/runtime'

/** Challenges the browser of whoever asks; the answer goes to next-auth, which makes the cookie. */
export const startPasskeySignIn = publicAction(z.strictObject({}), (_input, { ip }) => {
  const { db, passkeyThrottle: throttle } = runtime()
  return beginPasskeySignIn({ db, throttle, ip, relyingParty: relyingParty() })
})

const formSchema = z.strictObject({
  email: emailSchema,
  password: presentedPasswordSchema,
  code: z.string().max(200).optional(),
  returnTo: z.string(),
})

/**
 * Signs in by a form without scripts. It needs no token against forged requests: no action is reached but
 * from our own pages (app/_serving/same-origin.ts).
 */
const signInByForm = publicAction(formSchema, async ({ code, returnTo, ...credentials }) => {
  const session = await openByPassword({ ...credentials, code: code || undefined })
  await giveSessionCookie(session.sessionSecret)
  return { target: safeReturnTo(returnTo) }
})

export const sendCredentials = formOf(signInByForm, {
  schema: formSchema,
  keep: ['email'],
  done: ({ target }) => redirect(target),
})
