import { waitInWords } from '@/lib/auth/model'

export type SignInOutcome =
  | { ok: true }
  | { ok: false; reason: 'credentials' | 'other'; message: string }

/** Posts the credentials; the answer never says whether the account exists. */
export async function presentCredentials(email: string, password: string): Promise<SignInOutcome> {
  const response = await import('next-auth/react')
    .then(({ signIn }) => signIn('credentials', { email, password, redirect: false }))
    .catch(() => null)
  if (response?.ok && !response.error) return { ok: true }
  const [code, seconds] = (response?.error ?? '').split(':')
  switch (code) {
    case 'invalid_credentials':
      return {
        ok: false,
        reason: 'credentials',
        message: 'The e-mail address or the password is not right.',
      }
    case 'too_many_attempts':
      return {
        ok: false,
        reason: 'other',
        message: `Too many attempts. Try again in ${waitInWords(Number(seconds))}. Your account is not locked elsewhere.`,
      }
    default:
      return {
        ok: false,
        reason: 'other',
        message: 'The server did not answer as expected. Check the connection and try again.',
      }
  }
}
