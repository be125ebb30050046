'use server'

import { z } from 'zod'
import { accountAction } from '@/app/_session/action-result'
import { requireEmail } from '@/app/_session/email-available'
import { formOf } from '@/app/_session/form-action'
import { pictureFormSchema } from '@/lib/pictures/schema'
import { removeAvatar, setAvatar } from '@/lib/profile/avatar'
import { updateDisplayName } from '@/lib/profile/commands'
import { requestEmailChange } from '@/lib/profile/email-change'
import { requestEmailVerification } from '@/lib/profile/email-verification'
import { changePassword } from '@/lib/profile/password'
import {
  displayNameChangeSchema,
  emailChangeSchema,
  passwordChangeSchema,
  sessionChoiceSchema,
} from '@/lib/profile/schema'
import { revokeOtherSessions, revokeSession } from '@/lib/profile/sessions'
import { runtime } from '@/lib/runtime'

const nothing = z.strictObject({})

export const saveDisplayName = accountAction(displayNameChangeSchema, updateDisplayName)

export const sendDisplayName = formOf(saveDisplayName, {
  schema: displayNameChangeSchema,
  before: ['tenant'],
  keep: ['displayName'],
})

export const uploadAvatar = accountAction(pictureFormSchema, setAvatar)

export const takeAvatarAway = accountAction(nothing, removeAvatar)

export const savePassword = accountAction(passwordChangeSchema, (ctx, input) =>
  changePassword(ctx, input, { throttle: runtime().signInThrottle }),
)

export const sendPassword = formOf(savePassword, {
  schema: passwordChangeSchema,
  before: ['tenant'],
})

export const askForEmailChange = accountAction(emailChangeSchema, async (ctx, input) => {
  requireEmail()
  const { signInThrottle, emailLinkThrottle } = runtime()
  await requestEmailChange(ctx, input, { password: signInThrottle, links: emailLinkThrottle })
})

export const sendEmailChange = formOf(askForEmailChange, {
  schema: emailChangeSchema,
  before: ['tenant'],
  keep: ['newEmail'],
})

export const askForVerification = accountAction(nothing, async (ctx) => {
  requireEmail()
  await requestEmailVerification(ctx, { throttle: runtime().emailLinkThrottle })
})

export const endSession = accountAction(sessionChoiceSchema, revokeSession)

export const endOtherSessions = accountAction(nothing, revokeOtherSessions)
