'use server'

import { z } from 'zod'
import { action, personAction } from '@/app/_session/action-result'
import { formOf } from '@/app/_session/form-action'
import { addressAvailability, changeAddress } from '@/lib/organization/address'
import { createOrganization } from '@/lib/organization/create'
import { askDeletion, cancelDeletion } from '@/lib/organization/deletion'
import { type Identity, identityChange, touchedFields } from '@/lib/organization/model'
import { removeLogo, setLogo, updateOrganization } from '@/lib/organization/profile'
import {
  addressSchema,
  askDeletionSchema,
  createOrganizationSchema,
  updateOrganizationSchema,
  wantedAddressSchema,
} from '@/lib/organization/schema'
import { pictureFormSchema } from '@/lib/pictures/schema'
import { runtime } from '@/lib/runtime'
import { handOverAdminDuty } from '@/lib/team/handover'
import { leaveOrganization } from '@/lib/team/members'
import { handOverSchema } from '@/lib/team/schema'

const nothing = z.strictObject({})

export const saveOrganization = action(updateOrganizationSchema, updateOrganization)

/** Name and website come as the page showed them, too. */
const saveTyped = (tenant: string, name: string, website: string, typed: Identity) =>
  saveOrganization(tenant, identityChange({ name, website }, typed))

export const sendOrganization = formOf(saveTyped, {
  schema: updateOrganizationSchema,
  before: ['tenant', 'shownName', 'shownWebsite'],
  keep: (typed, _tenant, name, website) => touchedFields({ name, website }, typed),
})

export const uploadLogo = action(pictureFormSchema, setLogo)

export const takeLogoAway = action(nothing, removeLogo)

export const checkAddress = action(wantedAddressSchema, addressAvailability)

export const moveToAddress = action(addressSchema, changeAddress)

export const askForDeletion = action(askDeletionSchema, askDeletion)

export const restoreOrganization = action(nothing, cancelDeletion)

export const handOver = action(handOverSchema, handOverAdminDuty)

export const leave = action(nothing, leaveOrganization)

export const makeOrganization = personAction(
  createOrganizationSchema,
  ({ userId, displayName }, input, request) =>
    createOrganization({ db: runtime().db, userId, displayName, request }, input),
)
