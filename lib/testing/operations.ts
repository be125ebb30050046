import { randomBytes } from 'node:crypto'
import { listTokenActivity } from '@/lib/activity/queries'
import { exportAuditEvents } from '@/lib/audit/export'
import { listAuditEvents } from '@/lib/audit/queries'
import { verifyOwnAuditChain } from '@/lib/audit/verify'
import { beginPasskeyProof, confirmIdentity, identityProofs } from '@/lib/auth/confirm-identity'
import type { Context } from '@/lib/context'
import { getOutgoingEmail, listOutgoingEmails } from '@/lib/email/queries'
import { newId } from '@/lib/ids'
import { listDeliveries } from '@/lib/notifications/deliveries'
import { listInbox, markRead } from '@/lib/notifications/inbox'
import { listPreferences, savePreference, saveTimeZone } from '@/lib/notifications/preferences'
import { sendTest } from '@/lib/notifications/test-notification'
import { addressAvailability, changeAddress } from '@/lib/organization/address'
import { askDeletion, cancelDeletion } from '@/lib/organization/deletion'
import { getTokenPolicy, previewTokenPolicy, updateTokenPolicy } from '@/lib/organization/policy'
import {
  getOrganization,
  removeLogo,
  setLogo,
  updateOrganization,
} from '@/lib/organization/profile'
import { getTwoFactorPolicy, setTwoFactorRequired } from '@/lib/organization/two-factor-policy'
import { removeAvatar, setAvatar } from '@/lib/profile/avatar'
import { updateDisplayName } from '@/lib/profile/commands'
import { requestEmailChange } from '@/lib/profile/email-change'
import { requestEmailVerification } from '@/lib/profile/email-verification'
import { exportMyData } from '@/lib/profile/export'
import { changePassword } from '@/lib/profile/password'
import { getProfile, getSignInFacts, listOwnOrganizations } from '@/lib/profile/queries'
import { listSessions, revokeOtherSessions, revokeSession } from '@/lib/profile/sessions'
import {
  patchServiceAccount,
  resumeServiceAccount,
  revokeServiceAccount,
  suspendServiceAccount,
} from '@/lib/service-accounts/commands'
import {
  addServiceAccountToken,
  createServiceAccount,
  rotateServiceAccount,
} from '@/lib/service-accounts/credentials'
import {
  getServiceAccount,
  listServiceAccountActivity,
  listServiceAccountAuditEvents,
  listServiceAccounts,
} from '@/lib/service-accounts/queries'
import { getMember, listMemberPage } from '@/lib/team/directory'
import { handOverAdminDuty } from '@/lib/team/handover'
import { inviteMembers, resendInvitation, withdrawInvitation } from '@/lib/team/invitations'
import { changeRole, leaveOrganization, removeMember } from '@/lib/team/members'
import { listInvitations, listMembers } from '@/lib/team/queries'
import { listTokenAuditEvents } from '@/lib/tokens/audit'
import { importTokens } from '@/lib/tokens/import'
import { introspectToken } from '@/lib/tokens/introspect'
import { mintToken } from '@/lib/tokens/mint'
import { patchToken } from '@/lib/tokens/patch'
import { getToken, listTokens, listTokensPage } from '@/lib/tokens/queries'
import { revokeToken, revokeTokens } from '@/lib/tokens/revoke'
import { rotateToken } from '@/lib/tokens/rotate'
import { scopeUsage } from '@/lib/tokens/scope-usage'
import { beginApp, confirmApp, removeApp } from '@/lib/two-factor/app'
import {
  beginPasskey,
  registerPasskey,
  removePasskey,
  renamePasskey,
} from '@/lib/two-factor/passkeys'
import { renewRecoveryCodes } from '@/lib/two-factor/recovery-codes'
import { twoFactorState } from '@/lib/two-factor/state'

/** What an operation is tried on. */
export interface Target {
  tokenId: string
  secret: string
  serviceAccountId: string
  /** A member. */
  userId: string
  invitationId: string
}

export interface Operation {
  on: 'organization' | 'token' | 'service-account' | 'member' | 'invitation'
  /** Leaves its target as it was, so that others may be tried on the same one. */
  isRead?: true
  /** Answers the outcome in a word where "allowed" would say too little. */
  run(ctx: Context, target: Target): unknown
}

const policy = { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true }
const scopes = ['agents:read' as const]

/** The count of attempts is not what these tables are about. */
const throttle = {
  count: async () => undefined,
  forgive: async () => undefined,
  release: async () => undefined,
}

const relyingParty = { id: 'localhost', name: 'Fruxon', origin: 'http://localhost' }

const noPasskey = {
  id: 'none',
  rawId: 'none',
  type: 'public-key' as const,
  response: { clientDataJSON: '', attestationObject: '' },
}

/** A GIF of one pixel. */
const picture = Buffer.from('R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=', 'base64')

function legacyKey() {
  const sha256 = randomBytes(32).toString('hex')
  return { name: 'old', sha256, keyPrefix: 'fx_live_abc', last4: 'wxyz', scopes }
}

/** Every query and command of the core by the name of its function; architecture.test.ts sees to "every". */
export const OPERATIONS: Record<string, Operation> = {
  listTokens: { on: 'organization', run: (ctx) => listTokens(ctx) },
  listTokensPage: { on: 'organization', run: (ctx) => listTokensPage(ctx, {}) },
  mintToken: { on: 'organization', run: (ctx) => mintToken(ctx, { scopes }) },
  importTokens: {
    on: 'organization',
    run: (ctx) => importTokens(ctx, { tokens: [legacyKey()] }),
  },
  getToken: { on: 'token', isRead: true, run: getToken },
  listTokenAuditEvents: { on: 'token', isRead: true, run: listTokenAuditEvents },
  listTokenActivity: { on: 'token', isRead: true, run: listTokenActivity },
  scopeUsage: { on: 'token', isRead: true, run: scopeUsage },
  introspectToken: {
    on: 'token',
    isRead: true,
    run: async (ctx, { secret }) =>
      (await introspectToken(ctx, { token: secret })).active ? 'active' : 'inactive',
  },
  rotateToken: { on: 'token', run: (ctx, { tokenId }) => rotateToken(ctx, { tokenId }) },
  patchToken: {
    on: 'token',
    run: (ctx, { tokenId }) => patchToken(ctx, { tokenId, name: 'renamed' }),
  },
  revokeToken: { on: 'token', run: revokeToken },
  revokeTokens: {
    on: 'token',
    run: async (ctx, { tokenId }) =>
      (await revokeTokens(ctx, { tokenIds: [tokenId] })).map(({ outcome }) => outcome).join(),
  },
  listServiceAccounts: { on: 'organization', run: (ctx) => listServiceAccounts(ctx) },
  createServiceAccount: {
    on: 'organization',
    run: (ctx) => createServiceAccount(ctx, { scopes }),
  },
  getServiceAccount: { on: 'service-account', isRead: true, run: getServiceAccount },
  listServiceAccountAuditEvents: {
    on: 'service-account',
    isRead: true,
    run: listServiceAccountAuditEvents,
  },
  listServiceAccountActivity: {
    on: 'service-account',
    isRead: true,
    run: listServiceAccountActivity,
  },
  patchServiceAccount: {
    on: 'service-account',
    run: (ctx, { serviceAccountId }) =>
      patchServiceAccount(ctx, { serviceAccountId, name: 'renamed' }),
  },
  suspendServiceAccount: { on: 'service-account', run: suspendServiceAccount },
  resumeServiceAccount: { on: 'service-account', run: resumeServiceAccount },
  revokeServiceAccount: { on: 'service-account', run: revokeServiceAccount },
  addServiceAccountToken: {
    on: 'service-account',
    run: (ctx, { serviceAccountId }) => addServiceAccountToken(ctx, { serviceAccountId, scopes }),
  },
  rotateServiceAccount: {
    on: 'service-account',
    run: (ctx, { serviceAccountId }) => rotateServiceAccount(ctx, { serviceAccountId }),
  },
  getTokenPolicy: { on: 'organization', run: getTokenPolicy },
  previewTokenPolicy: { on: 'organization', run: (ctx) => previewTokenPolicy(ctx, policy) },
  updateTokenPolicy: { on: 'organization', run: (ctx) => updateTokenPolicy(ctx, policy) },
  listAuditEvents: { on: 'organization', run: (ctx) => listAuditEvents(ctx, {}) },
  exportAuditEvents: {
    on: 'organization',
    run: (ctx) => exportAuditEvents(ctx, { format: 'ndjson' }),
  },
  verifyOwnAuditChain: { on: 'organization', run: verifyOwnAuditChain },
  identityProofs: { on: 'organization', run: identityProofs },
  beginPasskeyProof: {
    on: 'organization',
    run: (ctx) => beginPasskeyProof(ctx, relyingParty),
  },
  confirmIdentity: {
    on: 'organization',
    run: (ctx) =>
      confirmIdentity(
        ctx,
        { method: 'password', password: 'a guess' },
        { throttle, codeThrottle: throttle, relyingParty },
      ),
  },
  twoFactorState: { on: 'organization', run: twoFactorState },
  beginApp: { on: 'organization', run: beginApp },
  confirmApp: { on: 'organization', run: (ctx) => confirmApp(ctx, { code: '000 000' }) },
  removeApp: { on: 'organization', run: removeApp },
  renewRecoveryCodes: { on: 'organization', run: renewRecoveryCodes },
  beginPasskey: {
    on: 'organization',
    run: (ctx) => beginPasskey(ctx, relyingParty),
  },
  registerPasskey: {
    on: 'organization',
    run: (ctx) => registerPasskey(ctx, { name: 'a key', response: noPasskey }, relyingParty),
  },
  renamePasskey: {
    on: 'organization',
    run: (ctx) => renamePasskey(ctx, { passkeyId: newId(), name: 'renamed' }),
  },
  removePasskey: {
    on: 'organization',
    run: (ctx) => removePasskey(ctx, { passkeyId: newId() }),
  },
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
  setLogo: { on: 'organization', run: (ctx) => setLogo(ctx, { picture }) },
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
  getProfile: { on: 'organization', run: getProfile },
  getSignInFacts: { on: 'organization', run: getSignInFacts },
  listOwnOrganizations: { on: 'organization', run: listOwnOrganizations },
  updateDisplayName: {
    on: 'organization',
    run: (ctx) => updateDisplayName(ctx, { displayName: 'Renamed' }),
  },
  setAvatar: { on: 'organization', run: (ctx) => setAvatar(ctx, { picture }) },
  removeAvatar: { on: 'organization', run: removeAvatar },
  changePassword: {
    on: 'organization',
    run: (ctx) =>
      changePassword(ctx, { currentPassword: 'a guess', newPassword: 'another' }, { throttle }),
  },
  requestEmailChange: {
    on: 'organization',
    run: (ctx) =>
      requestEmailChange(
        ctx,
        { newEmail: `${newId()}@example.test`, currentPassword: 'a guess' },
        { password: throttle, links: throttle },
      ),
  },
  requestEmailVerification: {
    on: 'organization',
    run: (ctx) => requestEmailVerification(ctx, { throttle }),
  },
  listSessions: { on: 'organization', run: listSessions },
  revokeSession: {
    on: 'organization',
    run: (ctx) => revokeSession(ctx, { sessionId: newId() }),
  },
  revokeOtherSessions: { on: 'organization', run: revokeOtherSessions },
  exportMyData: { on: 'organization', run: exportMyData },
  listOutgoingEmails: { on: 'organization', run: (ctx) => listOutgoingEmails(ctx, {}) },
  getOutgoingEmail: {
    on: 'organization',
    run: (ctx) => getOutgoingEmail(ctx, { emailId: newId() }),
  },
  listInbox: { on: 'organization', run: (ctx) => listInbox(ctx) },
  markRead: { on: 'organization', run: (ctx) => markRead(ctx, { all: true }) },
  listDeliveries: { on: 'organization', run: (ctx) => listDeliveries(ctx) },
  listPreferences: { on: 'organization', run: listPreferences },
  savePreference: {
    on: 'organization',
    run: (ctx) => savePreference(ctx, { kind: 'token-changed', inApp: true, email: 'DAILY' }),
  },
  saveTimeZone: {
    on: 'organization',
    run: (ctx) => saveTimeZone(ctx, { timeZone: 'Europe/Berlin' }),
  },
  sendTest: { on: 'organization', run: sendTest },
}
