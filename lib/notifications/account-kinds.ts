import { localDateTime } from '@/lib/local-date'
import { type KindDefinition, type Place, pagePath } from '@/lib/notifications/kind'

export type TwoFactorChange =
  | 'APP_ADDED'
  | 'APP_REMOVED'
  | 'PASSKEY_ADDED'
  | 'PASSKEY_REMOVED'
  | 'RECOVERY_CODES_MADE'
  | 'RECOVERY_CODE_USED'
  | 'RESET'

interface Deed {
  ip: string | null
  /** Epoch ms. */
  at: number
}

export interface AccountFacts {
  /** `device` such as "Firefox on Windows"; `tokenId` where it is a program that got a token. */
  'new-sign-in': Deed & { device: string; tokenId?: string }
  'password-changed': Deed
  'email-changed': Deed & { stage: 'ASKED' | 'DONE'; newEmail: string }
  'two-factor-changed': Deed & { change: TwoFactorChange }
  /** Asked for by the person, to see that notifications arrive. */
  test: Record<string, never>
}

const TWO_FACTOR_WORDS: Record<TwoFactorChange, string> = {
  APP_ADDED: 'An authenticator app was added to your account',
  APP_REMOVED: 'The authenticator app was removed from your account',
  PASSKEY_ADDED: 'A passkey was added to your account',
  PASSKEY_REMOVED: 'A passkey was removed from your account',
  RECOVERY_CODES_MADE: 'New recovery codes were made for your account',
  RECOVERY_CODE_USED: 'A recovery code was used to sign in',
  RESET: 'Your second factors were removed by an admin',
}

const LOCKED = 'So that nobody can do it unseen.'

/** Security rows: always on, both ways. */
const SECURITY = { group: 'Security', inApp: true, email: 'INSTANT', locked: LOCKED } as const

export const ACCOUNT_KINDS: { [Kind in keyof AccountFacts]: KindDefinition<AccountFacts[Kind]> } = {
  'new-sign-in': {
    ...SECURITY,
    label: 'New sign-in',
    description: 'When your account is used from a device that was not seen before.',
    words: (facts, place) => ({
      title: `New sign-in from ${facts.device}`,
      ...(facts.tokenId === undefined
        ? {
            body: `Your account was used from a device that was not seen before. ${circumstances(facts, place)} If it was not you, sign that device out and change your password.`,
            action: openProfile(place),
          }
        : {
            body: `You approved a code, and this program has a token of yours in ${place.organizationName ?? 'your organization'} now. ${circumstances(facts, place)} If you did not start it yourself, revoke the token.`,
            action: {
              label: 'Open the token',
              path: pagePath(place, `settings/api-access/tokens/${facts.tokenId}`),
            },
          }),
    }),
  },
  'password-changed': {
    ...SECURITY,
    label: 'Password changed',
    description: 'When your password is changed or reset.',
    words: (facts, place) => ({
      title: 'Your password was changed',
      body: `${circumstances(facts, place)} If it was not you, reset the password from the sign-in page and tell an admin.`,
      action: openProfile(place),
    }),
  },
  'email-changed': {
    ...SECURITY,
    label: 'E-mail address changed',
    description: 'When another address is asked for, and when it becomes the one to sign in with.',
    words: (facts, place) => ({
      title:
        facts.stage === 'ASKED'
          ? 'A change of your e-mail address was asked for'
          : 'Your e-mail address was changed',
      body:
        facts.stage === 'ASKED'
          ? `The new address ${facts.newEmail} counts once the link that was sent to it is opened. ${circumstances(facts, place)} If it was not you, change your password.`
          : `You sign in with ${facts.newEmail} from now on. ${circumstances(facts, place)} If it was not you, tell an admin.`,
      action: openProfile(place),
    }),
  },
  'two-factor-changed': {
    ...SECURITY,
    label: 'Second factor changed',
    description:
      'When a passkey, the authenticator app or recovery codes are added, removed or used.',
    words: (facts, place) => ({
      title: TWO_FACTOR_WORDS[facts.change],
      body: `${circumstances(facts, place)} If it was not you, change your password and tell an admin.`,
      action: openProfile(place),
    }),
  },
  test: {
    label: 'Test notification',
    description: 'When you ask for one.',
    group: null,
    inApp: true,
    email: 'INSTANT',
    locked: 'Sent only when you ask for it.',
    words: (_facts, place) => ({
      title: 'Test notification',
      body: 'Notifications reach you here and by e-mail. There is nothing to do.',
      action: { label: 'Your notifications', path: pagePath(place, 'notifications') },
    }),
  },
}

function circumstances({ ip, at }: Deed, { timeZone }: Place): string {
  return `It happened on ${localDateTime(at, timeZone)}${ip === null ? '' : ` from ${ip}`}.`
}

function openProfile(place: Place) {
  return { label: 'Check your account', path: pagePath(place, 'settings/profile?tab=security') }
}
