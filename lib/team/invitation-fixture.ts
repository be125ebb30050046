import type { UserPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { newId } from '@/lib/ids'
import { acceptInvitation, acceptInvitationAsNewPerson } from '@/lib/team/accept'
import { inviteMembers } from '@/lib/team/invitations'

export type Person = Context<UserPrincipal>

export const PASSWORD = 'walrus pencil harbour 42'

/** Whoever answers, from wherever. */
export const REQUEST = { id: newId(), channel: 'dashboard' as const, ip: null, userAgent: null }

export const freshAddress = () => `${newId()}@example.test`

export const secretIn = (linkPath: string) => linkPath.replace('/invitations/', '')

/** Invites one address; with the secret that whoever invites is shown. */
export async function invite(admin: Person, email: string, role: 'ADMIN' | 'MEMBER' = 'MEMBER') {
  const [sent] = await inviteMembers(admin, { emails: [email], role })
  if (!sent || sent.outcome === 'already-member') throw new Error('It was not sent.')
  return { ...sent, secret: secretIn(sent.linkPath) }
}

export interface InvitationMail {
  /** The secret of its link; a withheld e-mail has none. */
  secret: string | null
  /** The whole row. */
  all: string
}

/** What was written to an address, oldest first. */
export async function mailsTo({ db, crypto }: Person, email: string): Promise<InvitationMail[]> {
  const { rows } = await db.pool.query<{ id: string; sealed: Buffer | null; all: string }>(
    `SELECT id, sealed_link AS sealed, to_jsonb(m)::text AS all FROM outgoing_emails m
     WHERE recipient = $1 ORDER BY created_at, id`,
    [email],
  )
  return rows.map(({ id, sealed, all }) => ({
    secret: sealed && secretIn(crypto.emailLinks.open(id, sealed)),
    all,
  }))
}

/** Accepts as somebody who had no account. */
export const acceptAsNew = (db: Database, secret: string, password = PASSWORD) =>
  acceptInvitationAsNewPerson({
    db,
    request: REQUEST,
    secret,
    displayName: 'New Person',
    password,
  })

/** Accepts as somebody who is signed in. */
export const acceptAs = ({ principal, db }: Person, secret: string) =>
  acceptInvitation({ db, secret, person: principal, request: REQUEST })
