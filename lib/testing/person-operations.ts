import { newId } from '@/lib/ids'
import { listDeliveries } from '@/lib/notifications/deliveries'
import { listInbox, markRead } from '@/lib/notifications/inbox'
import { listPreferences, savePreference, saveTimeZone } from '@/lib/notifications/preferences'
import { sendTest } from '@/lib/notifications/test-notification'
import { removeAvatar, setAvatar } from '@/lib/profile/avatar'
import { updateDisplayName } from '@/lib/profile/commands'
import { requestEmailChange } from '@/lib/profile/email-change'
import { requestEmailVerification } from '@/lib/profile/email-verification'
import { exportMyData } from '@/lib/profile/export'
import { changePassword } from '@/lib/profile/password'
import { getProfile, getSignInFacts, listOwnOrganizations } from '@/lib/profile/queries'
import { listSessions, revokeOtherSessions, revokeSession } from '@/lib/profile/sessions'
import { type Operation, PICTURE, UNCOUNTED } from '@/lib/testing/operation'

/** Of whoever is signed in: their profile, their sessions and what they are told. */
export const PERSON_OPERATIONS: Record<string, Operation> = {
  getProfile: { on: 'organization', run: getProfile },
  getSignInFacts: { on: 'organization', run: getSignInFacts },
  listOwnOrganizations: { on: 'organization', run: listOwnOrganizations },
  updateDisplayName: {
    on: 'organization',
    run: (ctx) => updateDisplayName(ctx, { displayName: 'Renamed' }),
  },
  setAvatar: { on: 'organization', run: (ctx) => setAvatar(ctx, { picture: PICTURE }) },
  removeAvatar: { on: 'organization', run: removeAvatar },
  changePassword: {
    on: 'organization',
    run: (ctx) =>
      changePassword(
        ctx,
        { currentPassword: 'a guess', newPassword: 'another' },
        { throttle: UNCOUNTED },
      ),
  },
  requestEmailChange: {
    on: 'organization',
    run: (ctx) =>
      requestEmailChange(
        ctx,
        { newEmail: `${newId()}@example.test`, currentPassword: 'a guess' },
        { password: UNCOUNTED, links: UNCOUNTED },
      ),
  },
  requestEmailVerification: {
    on: 'organization',
    run: (ctx) => requestEmailVerification(ctx, { throttle: UNCOUNTED }),
  },
  listSessions: { on: 'organization', run: listSessions },
  revokeSession: {
    on: 'organization',
    run: (ctx) => revokeSession(ctx, { sessionId: newId() }),
  },
  revokeOtherSessions: { on: 'organization', run: revokeOtherSessions },
  exportMyData: { on: 'organization', run: exportMyData },
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
