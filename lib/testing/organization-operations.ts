import { getOutgoingEmail, listOutgoingEmails } from '@/lib/email/queries'
import { newId } from '@/lib/ids'
import { addressAvailability, changeAddress } from '@/lib/organization/address'
import { askDeletion, cancelDeletion } from '@/lib/organization/deletion'
import {
  getOrganization,
  removeLogo,
  setLogo,
  updateOrganization,
} from '@/lib/organization/profile'
import { getTwoFactorPolicy, setTwoFactorRequired } from '@/lib/organization/two-factor-policy'
import { getMember, listMemberPage } from '@/lib/team/directory'
import { handOverAdminDuty } from '@/lib/team/handover'
import { inviteMembers, resendInvitation, withdrawInvitation } from '@/lib/team/invitations'
import { changeRole, leaveOrganization, removeMember } from '@/lib/team/members'
import { listInvitations, listMembers } from '@/lib/team/queries'
import { type Operation, PICTURE } from '@/lib/testing/operation'

/** Of an organization: itself, its team and the e-mails that it sends. */
export const ORGANIZATION_OPERATIONS: Record<string, Operation> = {
  getOrganization: { on: 'organization', run: getOrganization },
  getTwoFactorPolicy: { on: 'organization', run: getTwoFactorPolicy },
  setTwoFactorRequired: {
    on: 'organization',
    run: (ctx) => setTwoFactorRequired(ctx, { required: true }),
  },
  updateOrganization: {
    on: 'organization',
    run: (ctx) => updateOrganization(ctx, { website: 'https://example.test' }),
  },
  setLogo: { on: 'organization', run: (ctx) => setLogo(ctx, { picture: PICTURE }) },
  removeLogo: { on: 'organization', run: removeLogo },
  addressAvailability: {
    on: 'organization',
    run: (ctx) => addressAvailability(ctx, { slug: ctx.organization.slug }),
  },
  changeAddress: {
    on: 'organization',
    run: (ctx) => changeAddress(ctx, { slug: `moved-${newId().slice(-12)}` }),
  },
  askDeletion: {
    on: 'organization',
    run: (ctx) => askDeletion(ctx, { confirmation: ctx.organization.name }),
  },
  cancelDeletion: { on: 'organization', run: cancelDeletion },
  listMembers: { on: 'organization', run: listMembers },
  listMemberPage: { on: 'organization', run: (ctx) => listMemberPage(ctx) },
  getMember: { on: 'member', isRead: true, run: getMember },
  listInvitations: { on: 'organization', run: listInvitations },
  inviteMembers: {
    on: 'organization',
    run: (ctx) => inviteMembers(ctx, { emails: [`${newId()}@example.test`], role: 'MEMBER' }),
  },
  resendInvitation: { on: 'invitation', run: resendInvitation },
  withdrawInvitation: { on: 'invitation', run: withdrawInvitation },
  changeRole: {
    on: 'member',
    run: (ctx, { userId }) => changeRole(ctx, { userId, role: 'ADMIN' }),
  },
  handOverAdminDuty: {
    on: 'organization',
    run: (ctx) => handOverAdminDuty(ctx, { email: 'nobody@example.test' }),
  },
  removeMember: { on: 'member', run: removeMember },
  leaveOrganization: {
    on: 'member',
    // With the powers of the caller, as somebody whom nobody misses afterwards.
    run: (ctx, { userId }) =>
      leaveOrganization(
        ctx.principal.kind === 'user' ? { ...ctx, principal: { ...ctx.principal, userId } } : ctx,
      ),
  },
  listOutgoingEmails: { on: 'organization', run: (ctx) => listOutgoingEmails(ctx, {}) },
  getOutgoingEmail: {
    on: 'organization',
    run: (ctx) => getOutgoingEmail(ctx, { emailId: newId() }),
  },
}
