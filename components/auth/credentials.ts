import type { AuthenticationResponseJSON } from '@simplewebauthn/browser'
import { waitInWords } from '@/lib/auth/model'
import type { SecondFactorMethod } from '@/lib/two-factor/model'

export type SignInOutcome =
  | { kind: 'signed-in' }
  /** The password was right, and is not enough. */
  | { kind: 'second-factor'; methods: SecondFactorMethod[] }
  | { kind: 'refused'; reason: 'credentials' | 'code' | 'other'; message: string }

/** Posts the credentials; the answer never says whether the account exists. */
export function presentCredentials(
  email: string,
  password: string,
  code?: string,
): Promise<SignInOutcome> {
  return present('credentials', { email, password, ...(code === undefined ? {} : { code }) })
}

export function presentPasskey(assertion: AuthenticationResponseJSON): Promise<SignInOutcome> {
  return present('passkey', { assertion: JSON.stringify(assertion) })
}

async function present(
  provider: 'credentials' | 'passkey',
  proof: Record<string, string>,
): Promise<SignInOutcome> {
  const response = await import('next-auth/react')
    .then(({ signIn }) => signIn(provider, { ...proof, redirect: false }))
    .catch(() => null)
  if (response?.ok && !response.error) return { kind: 'signed-in' }
  const [code = '', detail = ''] = (response?.error ?? '').split(':')
  if (code === 'second_factor_required') {
    return { kind: 'second-factor', methods: detail.split(',') as SecondFactorMethod[] }
  }
  return { kind: 'refused', ...refusal(code, detail) }
}

function refusal(code: string, detail: string) {
  switch (code) {
    case 'invalid_credentials':
      return {
        reason: 'credentials',
        message: 'The e-mail address or the password is not right.',
      } as const
    case 'second_factor_incorrect':
      return {
        reason: 'code',
        message: 'This code is not right, or it was used already.',
      } as const
    case 'app_unreadable':
      return {
        reason: 'code',
        message: 'Codes of your app cannot be checked here any more. Use another way.',
      } as const
    case 'passkey_refused':
      return {
        reason: 'other',
        message: 'This passkey is not known here, or it took too long. Try again.',
      } as const
    case 'too_many_attempts':
      return {
        reason: 'other',
        message: `Too many attempts. Try again in ${waitInWords(Number(detail))}. Your account is not locked elsewhere.`,
      } as const
    default:
      return {
        reason: 'other',
        message: 'The server did not answer as expected. Check the connection and try again.',
      } as const
  }
}
