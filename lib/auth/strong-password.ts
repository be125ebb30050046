import { type PersonalWords, passwordStrength, weaknessOf } from '@/lib/auth/password-strength'
import { hashPassword } from '@/lib/auth/passwords'
import { invalid } from '@/lib/errors'

/**
 * The hash of a password that is strong enough.
 * @param pointer JSON pointer of the field, where a complaint belongs
 * @throws DomainError invalid `password_weak`, saying what would make it stronger
 */
export async function strongPasswordHash(
  password: string,
  person: PersonalWords,
  pointer: '/password' | '/newPassword' = '/newPassword',
): Promise<string> {
  const weakness = weaknessOf(await passwordStrength(password, person))
  if (weakness) throw invalid([{ pointer, detail: weakness }], 'password_weak')
  return hashPassword(password)
}
