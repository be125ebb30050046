'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { twoFactorPolicySchema } from '@/lib/organization/schema'
import { setTwoFactorRequired } from '@/lib/organization/two-factor-policy'
import { inviteMembers, resendInvitation, withdrawInvitation } from '@/lib/team/invitations'
import { changeRole, leaveOrganization, removeMember } from '@/lib/team/members'
import {
  changeRoleSchema,
  inviteMembersSchema,
  onInvitationSchema,
  onMemberSchema,
} from '@/lib/team/schema'

export const invite = action(inviteMembersSchema, (ctx, input) => inviteMembers(ctx, input))

export const resend = action(onInvitationSchema, (ctx, input) => resendInvitation(ctx, input))

export const withdraw = action(onInvitationSchema, (ctx, input) => withdrawInvitation(ctx, input))

export const setRole = action(changeRoleSchema, (ctx, input) => changeRole(ctx, input))

export const remove = action(onMemberSchema, (ctx, input) => removeMember(ctx, input))

export const requireTwoFactor = action(twoFactorPolicySchema, setTwoFactorRequired)

export const leaveTeam = action(z.strictObject({}), (ctx) => leaveOrganization(ctx))
