'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { requireEmail } from '@/app/_session/email-available'
import { openEmailLinkThrottle } from '@/lib/auth/throttle'
import { pictureFormSchema } from '@/lib/pictures/schema'
import { removeAvatar, setAvatar } from '@/lib/profile/avatar'
import { updateDisplayName } from '@/lib/profile/commands'
import { requestEmailChange } from '@/lib/profile/email-change'
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

export const saveDisplayName = action(displayNameChangeSchema, updateDisplayName)

export const uploadAvatar = action(pictureFormSchema, setAvatar)

export const takeAvatarAway = action(nothing, removeAvatar)

export const savePassword = action(passwordChangeSchema, (ctx, input) =>
  changePassword(ctx, input, { throttle: runtime().signInThrottle }),
)

export const askForEmailChange = action(emailChangeSchema, async (ctx, input) => {
  requireEmail()
  const links = openEmailLinkThrottle(ctx.db.pool)
  await requestEmailChange(ctx, input, { password: runtime().signInThrottle, links })
})

export const endSession = action(sessionChoiceSchema, revokeSession)

export const endOtherSessions = action(nothing, revokeOtherSessions)
