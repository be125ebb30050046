import type pg from 'pg'
import { appendToOwnOrganizations } from '@/lib/audit/own-organizations'
import { deviceWords } from '@/lib/auth/device'
import { createSession } from '@/lib/auth/sessions'
import type { InstallationKeys, RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import type { SignInMethod } from '@/lib/db/generated/enums'
import { notify } from '@/lib/notifications/notify'
import { tellFactorChange } from '@/lib/two-factor/record'

/** What every way of signing in needs, where nobody is signed in yet. */
export interface SignInDoor {
  db: Database
  crypto: Pick<InstallationKeys, 'emailLinks' | 'authenticatorSecrets'>
  request: RequestFacts
}

/** Somebody whose identity was just proven, and how. */
export interface ProvenPerson {
  userId: string
  displayName: string
  method: SignInMethod
  /** What was asked for besides; null where nothing was. */
  secondFactor: 'app' | 'recovery' | null
  /** Epoch ms. */
  at: number
}

export interface OpenedSession {
  /** For the cookie; it is stored nowhere. */
  sessionSecret: string
  sessionId: string
  userId: string
}

/**
 * The last step of every sign-in: the session, the notice where the device is new, and the audit trail of
 * every organization of the person. Last in the caller's transaction, which has locked the person's row
 * (`lockPerson`) and checked the proof against it.
 */
export async function completeSignIn(
  client: pg.PoolClient,
  { crypto, request }: Pick<SignInDoor, 'crypto' | 'request'>,
  person: ProvenPerson,
): Promise<OpenedSession> {
  const { userId, method, secondFactor, at } = person
  const { ip, userAgent } = request
  const device = deviceWords(userAgent)
  const isNew = await isNewDevice(client, userId, device)
  const session = await createSession({ pool: client }, { userId, ip, userAgent, method })
  if (isNew) {
    await notify(client, crypto.emailLinks, {
      kind: 'new-sign-in',
      facts: { device, ip, at },
      organizationId: null,
      recipients: [{ userId, reason: 'ACCOUNT' }],
      idempotencyKey: `new-sign-in:${session.sessionId}`,
    })
  }
  if (secondFactor === 'recovery') {
    const change = { change: 'RECOVERY_CODE_USED', at } as const
    await tellFactorChange(client, crypto.emailLinks, request, person, change)
    await appendToOwnOrganizations(client, request, person, {
      eventType: 'RECOVERY_CODE_USED',
      details: { for: 'sign-in' },
    })
  }
  await appendToOwnOrganizations(client, request, person, {
    eventType: 'SIGNED_IN',
    details: { method, ...(secondFactor ? { secondFactor } : {}), device },
  })
  return { ...session, userId }
}

/** As long as ended sessions are kept, which is how the device is known. */
const DEVICE_DAYS = 90

/** Whether a person who has signed in before comes from a browser and system not seen lately. */
async function isNewDevice(
  client: pg.PoolClient,
  userId: string,
  device: string,
): Promise<boolean> {
  const { rows } = await client.query<{ userAgent: string | null; recent: boolean }>(
    `SELECT user_agent AS "userAgent",
       bool_or(last_seen_at > now() - make_interval(days => ${DEVICE_DAYS})) AS recent
     FROM sessions WHERE user_id = $1 GROUP BY user_agent`,
    [userId],
  )
  const seen = rows.some(({ userAgent, recent }) => recent && deviceWords(userAgent) === device)
  return rows.length > 0 && !seen
}

export interface LockedPerson {
  userId: string
  displayName: string
  /** Epoch ms by the database's clock. */
  at: number
}

/**
 * Holds off changes of the person's password and factors until the sign-in is over: who changes them must
 * not leave behind a session that the old ones open at the same moment.
 * @param passwordHash where the proof was a password: what it was checked against
 * @returns null where the person is gone, or the password is another one by now
 */
export async function lockPerson(
  client: pg.PoolClient,
  { userId, passwordHash }: { userId: string; passwordHash?: string },
): Promise<LockedPerson | null> {
  const { rows } = await client.query<Omit<LockedPerson, 'at'> & { now: Date }>(
    `SELECT id AS "userId", display_name AS "displayName", now() AS now FROM users
     WHERE id = $1 AND ($2::text IS NULL OR password_hash = $2) FOR SHARE`,
    [userId, passwordHash ?? null],
  )
  const person = rows[0]
  return person ? { ...person, at: person.now.getTime() } : null
}
