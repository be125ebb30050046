import { z } from 'zod'
import { ROLES } from '@/lib/access/roles'
import { displayNameSchema, newPasswordSchema } from '@/lib/auth/schema'
import { emailSchema } from '@/lib/email/schema'
import { INVITATION_MESSAGE_MAX, INVITATIONS_AT_ONCE } from '@/lib/team/model'

/** Inputs about members and invitations. */

const roleSchema = z.enum(ROLES, `Choose a role: ${ROLES.join(', ')}.`)

export const inviteMembersSchema = z.strictObject({
  emails: z
    .array(emailSchema)
    .min(1, 'Enter at least one e-mail address.')
    .max(INVITATIONS_AT_ONCE, `Invite at most ${INVITATIONS_AT_ONCE} people at once.`),
  role: roleSchema,
  message: z
    .string()
    .trim()
    .max(INVITATION_MESSAGE_MAX, `Use at most ${INVITATION_MESSAGE_MAX} characters.`)
    .optional(),
})
export type InviteMembersInput = z.infer<typeof inviteMembersSchema>

export const onInvitationSchema = z.strictObject({ invitationId: z.uuid() })
export const onMemberSchema = z.strictObject({ userId: z.uuid() })
export const changeRoleSchema = onMemberSchema.extend({ role: roleSchema })

/** One at a time, as programs do it. */
export const inviteMemberSchema = z.strictObject({ email: emailSchema, role: roleSchema })
export const roleChangeSchema = z.strictObject({ role: roleSchema })

export const ownInvitationSchema = z.strictObject({ organizationId: z.uuid() })

export const handOverSchema = z.strictObject({ email: emailSchema })
export type HandOverInput = z.infer<typeof handOverSchema>

const linkSchema = z.strictObject({ secret: z.string().min(1).max(200) })
export const answerInvitationSchema = linkSchema
export const acceptAsNewPersonSchema = linkSchema.extend({
  displayName: displayNameSchema,
  password: newPasswordSchema,
})
export type AcceptAsNewPersonInput = z.infer<typeof acceptAsNewPersonSchema>
