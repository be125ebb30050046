'use server'

import { z } from 'zod'
import { accountAction } from '@/app/_session/action-result'
import { relyingParty } from '@/app/_session/relying-party'
import { beginApp, confirmApp, removeApp } from '@/lib/two-factor/app'
import {
  beginPasskey,
  registerPasskey,
  removePasskey,
  renamePasskey,
} from '@/lib/two-factor/passkeys'
import { renewRecoveryCodes } from '@/lib/two-factor/recovery-codes'
import {
  appConfirmationSchema,
  passkeyChoiceSchema,
  passkeyRegistrationSchema,
  passkeyRenamingSchema,
} from '@/lib/two-factor/schema'

const nothing = z.strictObject({})

export const setUpApp = accountAction(nothing, beginApp)

export const confirmAppSetup = accountAction(appConfirmationSchema, confirmApp)

export const takeAppAway = accountAction(nothing, removeApp)

export const renewCodes = accountAction(nothing, renewRecoveryCodes)

export const askForPasskey = accountAction(nothing, (ctx) => beginPasskey(ctx, relyingParty()))

export const addPasskey = accountAction(passkeyRegistrationSchema, (ctx, input) =>
  registerPasskey(ctx, input, relyingParty()),
)

export const changePasskeyName = accountAction(passkeyRenamingSchema, renamePasskey)

export const takePasskeyAway = accountAction(passkeyChoiceSchema, removePasskey)
