import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { Pool } from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { waitInWords } from '@/lib/auth/model'
import { DomainError } from '@/lib/errors'

/** Attempts in one window, which begins at the first of them and is never prolonged by further ones. */
export const SIGN_IN_LIMITS = {
  windowSeconds: 15 * 60,
  /** One account from one address: a person guessing. */
  accountFromAddress: 10,
  /** One address over all accounts: a password tried on a list of people. */
  address: 50,
  /** One account over all addresses: a botnet guessing. High, so that strangers cannot lock a person out. */
  account: 100,
} as const

/** Requests for one-time links by e-mail: each sends one to somebody who may not have asked. */
export const EMAIL_LINK_LIMITS = {
  windowSeconds: 60 * 60,
  accountFromAddress: 5,
  address: 30,
  account: 10,
} as const

/** Codes after a right password: six digits are few, so fewer tries than at a password, wherever they come from. */
export const CODE_LIMITS = {
  windowSeconds: 15 * 60,
  accountFromAddress: 10,
  address: 50,
  account: 20,
} as const

/** Asking to sign in by a passkey, which there is no guessing at: against filling the table of challenges. */
export const PASSKEY_LIMITS = { windowSeconds: 15 * 60, address: 200 } as const

/** Devices that ask to be signed in, which any stranger can: against filling the table of grants. */
export const DEVICE_LIMITS = { windowSeconds: 10 * 60, address: 60 } as const

/** Looks at what a code typed by somebody stands for: of 2.6 × 10^10 codes these find none (RFC 8628 §5.1). */
export const USER_CODE_LIMITS = { windowSeconds: 15 * 60, person: 20, address: 100 } as const

/** Judgements of models: each is paid for, by whoever is at the keyboard. */
export const JUDGE_LIMITS = { windowSeconds: 60, organization: 20 } as const

export interface SignInAttempt {
  email: string
  /** As server.ts found it behind trusted proxies; null when unknown. */
  ip: string | null
}

/**
 * Counts attempts to prove an identity, in PostgreSQL so that all processes count together. An attempt
 * is counted before the password is looked at, so a burst of parallel guesses gains nothing.
 */
export interface SignInThrottle {
  /**
   * Counts one attempt. Known and unknown accounts are counted alike.
   * @throws DomainError throttled `too_many_attempts`, with `retryAfterSeconds`
   */
  count(attempt: SignInAttempt): Promise<void>
  /**
   * After a right password. The address gets back this attempt only: a guesser with an account of their
   * own must not be able to wipe the count.
   */
  forgive(attempt: SignInAttempt): Promise<void>
  /** The same for the address alone: the password was right, and the second factor is still to come. */
  release(attempt: SignInAttempt): Promise<void>
}

/** @param pool of a database with the table `public.auth_throttle` (made by a migration) */
export function openSignInThrottle(pool: Pool): SignInThrottle {
  return openThrottle(pool, '', SIGN_IN_LIMITS)
}

/** Counts apart from sign-in: who asks for links too often may still sign in. */
export function openEmailLinkThrottle(pool: Pool): SignInThrottle {
  return openThrottle(pool, 'link-', EMAIL_LINK_LIMITS)
}

/** Counts apart from sign-in, and after a right password only: no stranger can use up somebody's tries. */
export function openCodeThrottle(pool: Pool): SignInThrottle {
  return openThrottle(pool, 'code-', CODE_LIMITS)
}

/** By address alone, where nobody is known yet. */
export interface AddressThrottle {
  /** @throws DomainError throttled `too_many_attempts`, with `retryAfterSeconds` */
  count(ip: string | null): Promise<void>
}

export function openPasskeyThrottle(pool: Pool): AddressThrottle {
  const { address, windowSeconds } = PASSKEY_LIMITS
  const limiter = openLimiter(pool, 'passkey-address', address, windowSeconds)
  return { count: (ip) => consume(limiter, addressKey(ip)) }
}

export function openDeviceThrottle(pool: Pool): AddressThrottle {
  const { address, windowSeconds } = DEVICE_LIMITS
  const limiter = openLimiter(pool, 'device-address', address, windowSeconds)
  return { count: (ip) => consume(limiter, addressKey(ip)) }
}

/** Of signed-in people who type codes. */
export interface UserCodeThrottle {
  /** Before the code is looked up. @throws DomainError throttled `too_many_attempts` */
  count(person: { userId: string; ip: string | null }): Promise<void>
  /** After a code that stands for something: gives this look back, and no other. */
  release(person: { userId: string; ip: string | null }): Promise<void>
}

export function openUserCodeThrottle(pool: Pool): UserCodeThrottle {
  const { windowSeconds, person, address } = USER_CODE_LIMITS
  const byPerson = openLimiter(pool, 'user-code-person', person, windowSeconds)
  const byAddress = openLimiter(pool, 'user-code-address', address, windowSeconds)
  return {
    async count({ userId, ip }) {
      await consume(byPerson, userId)
      await consume(byAddress, addressKey(ip))
    },
    async release({ userId, ip }) {
      await Promise.all([byPerson.reward(userId, 1), byAddress.reward(addressKey(ip), 1)])
    },
  }
}

/** Of organizations that have models judge, which is paid for. */
export function openJudgeThrottle(pool: Pool): { count(organizationId: string): Promise<void> } {
  const { windowSeconds, organization } = JUDGE_LIMITS
  const limiter = openLimiter(pool, 'judge-organization', organization, windowSeconds)
  return { count: (organizationId) => consume(limiter, organizationId) }
}

function openLimiter(pool: Pool, keyPrefix: string, points: number, duration: number) {
  return new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    schemaName: 'public',
    tableName: 'auth_throttle',
    tableCreated: true,
    // All share the table, so one sweeper is enough.
    clearExpiredByTimeout: keyPrefix === 'address',
    keyPrefix,
    points,
    duration,
  })
}

function openThrottle(
  pool: Pool,
  purpose: '' | 'link-' | 'code-',
  limits: Record<keyof typeof SIGN_IN_LIMITS, number>,
): SignInThrottle {
  const limiter = (name: string, points: number) =>
    openLimiter(pool, purpose + name, points, limits.windowSeconds)
  const byAccountFromAddress = limiter('account-address', limits.accountFromAddress)
  const byAddress = limiter('address', limits.address)
  const byAccount = limiter('account', limits.account)
  return {
    async count(attempt) {
      const { pair, address, account } = keysOf(attempt)
      // In this order, what is refused for one account does not use up the count of its whole office.
      await consume(byAccountFromAddress, pair)
      await consume(byAddress, address)
      await consume(byAccount, account)
    },
    async forgive(attempt) {
      const { pair, address, account } = keysOf(attempt)
      await Promise.all([
        byAccountFromAddress.delete(pair),
        byAddress.reward(address, 1),
        byAccount.delete(account),
      ])
    },
    async release(attempt) {
      await byAddress.reward(keysOf(attempt).address, 1)
    },
  }
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    throw new DomainError(
      'throttled',
      'too_many_attempts',
      `Too many attempts. Try again in ${waitInWords(seconds)}.`,
      { retryAfterSeconds: seconds },
    )
  }
}

function keysOf({ email, ip }: SignInAttempt) {
  const network = addressKey(ip)
  // Hashed: the table keeps no e-mail addresses, and a key of any length fits its column.
  const account = createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
  return { account, address: network, pair: `${account} ${network}` }
}

function addressKey(ip: string | null): string {
  if (ip === null) return 'unknown'
  return isIPv6(ip) ? networkOf(ip) : ip
}

/** The /64 of an IPv6 address: one customer is given that much and could change address at every guess. */
function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped?.[1]) return mapped[1]
  const [head = '', tail] = ip.toLowerCase().split('%')[0]?.split('::') ?? []
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
