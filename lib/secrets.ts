import { randomBytes } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Environment, EnvironmentError } from '@/lib/env'

export interface InstallationSecrets {
  authSecret: string
  tokenPepper: string
}

const fileSchema = z.object({
  authSecret: z.string().min(32),
  tokenPepper: z.string().regex(/^\d{1,4}:[A-Za-z0-9+/=]{43,}/),
})

/**
 * The secrets of this installation: from the environment, or (embedded database only) from a file that
 * is made once, readable by its owner alone. Losing the file makes every token, session and authenticator
 * app invalid, so
 * it is never made anew beside an existing one that cannot be read.
 * @throws EnvironmentError when the file is there but damaged
 */
export function installationSecrets(environment: Environment): InstallationSecrets {
  const { AUTH_SECRET, TOKEN_PEPPER, DATA_DIR } = environment
  if (AUTH_SECRET && TOKEN_PEPPER) return { authSecret: AUTH_SECRET, tokenPepper: TOKEN_PEPPER }
  const kept = secretsFile(join(DATA_DIR, 'secrets.json'))
  return {
    authSecret: AUTH_SECRET ?? kept.authSecret,
    tokenPepper: TOKEN_PEPPER ?? kept.tokenPepper,
  }
}

function secretsFile(path: string): InstallationSecrets {
  if (existsSync(path)) {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch {
      throw new EnvironmentError(
        `${path} is damaged: restore it from a backup, or set AUTH_SECRET and TOKEN_PEPPER.`,
      )
    }
  }
  mkdirSync(join(path, '..'), { recursive: true })
  const fresh = {
    authSecret: randomBytes(32).toString('base64'),
    tokenPepper: `1:${randomBytes(32).toString('base64')}`,
  }
  // Written aside and linked: a crash leaves either no file or a whole one, and of two processes that
  // start together the later one finds the file of the first, never replaces it.
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(aside, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600 })
  try {
    linkSync(aside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return secretsFile(path)
    // Some shared folders know no hard links.
    renameSync(aside, path)
  } finally {
    rmSync(aside, { force: true })
  }
  return fresh
}
