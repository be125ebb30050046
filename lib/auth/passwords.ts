import bcrypt from 'bcryptjs'
import { compareOnThread, hashOnThread } from '@/lib/auth/password-worker'

const COST = 12

/** A real hash, of a text nobody can sign in with: unknown accounts take as long as known ones. */
const HASH_OF_NOBODY = '$2b$12$nBwn.CDmmRUVpM2dGdbAjO7FGEBrun6.WKhxr.Z8ut5A3cQBSpK8.'

/**
 * The bcrypt hash to store. The caller has checked the length (`newPasswordSchema`).
 * @throws RangeError where bcrypt would silently ignore a part of the password
 */
export async function hashPassword(password: string): Promise<string> {
  if (bcrypt.truncates(password)) throw new RangeError('The password is longer than bcrypt reads.')
  return hashOnThread(password, COST)
}

/**
 * Whether the password belongs to the hash. Without a hash (unknown e-mail, account without a password)
 * the same work is done and the answer is false, so that neither time nor text tells accounts apart.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const matches = await compareOnThread(password, hash ?? HASH_OF_NOBODY)
  return matches && hash !== null && !bcrypt.truncates(password)
}
