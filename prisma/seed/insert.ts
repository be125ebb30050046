import type { RecordedCall } from '@/lib/activity/recorder'
import type { Transaction } from '@/lib/db/database'
import type { LeakPlace } from '@/lib/leaks/model'
import type { Peppers } from '@/lib/tokens/digest'
import { DAY_MS } from '@/lib/tokens/model'
import type { DemoOrganization, DemoPerson } from '@/prisma/seed/demo-organization'
import type { Cast, PlannedFamily } from '@/prisma/seed/families'
import { lastUses } from '@/prisma/seed/traffic'

/** The rows of a demo organization. Direct inserts, because no command makes things in the past. */

/** Each person once, whatever the number of organizations. */
export async function insertPeople(
  tx: Transaction,
  people: readonly DemoPerson[],
  userIds: ReadonlyMap<string, string>,
  passwordHash: string,
  now: number,
): Promise<void> {
  await tx.user.createMany({
    data: [...userIds].map(([email, id]) => {
      const person = people.find((candidate) => candidate.email === email)
      const createdAt = new Date(now - (person?.joinedAgo ?? 0) * DAY_MS)
      return {
        id,
        email,
        emailVerifiedAt: createdAt,
        displayName: person?.displayName ?? email,
        // Who has left has no way in.
        passwordHash: person?.role ? passwordHash : null,
        createdAt,
      }
    }),
  })
}

export async function insertMembers(
  tx: Transaction,
  organizationId: string,
  { people }: DemoOrganization,
  cast: Cast,
  now: number,
): Promise<void> {
  await tx.membership.createMany({
    data: people.flatMap(({ email, role, joinedAgo, activeAgo }) => {
      if (!role) return []
      const at = (ago: number) => new Date(now - ago * DAY_MS)
      const lastActiveAt = activeAgo === undefined ? null : at(activeAgo)
      const userId = cast.person(email).id
      return [{ organizationId, userId, role, createdAt: at(joinedAgo), lastActiveAt }]
    }),
  })
}

export async function insertAccounts(
  tx: Transaction,
  organizationId: string,
  { serviceAccounts }: DemoOrganization,
  cast: Cast,
  now: number,
): Promise<void> {
  const at = (ago: number) => new Date(now - ago * DAY_MS)
  await tx.serviceAccount.createMany({
    data: serviceAccounts.map((account) => {
      const creator = cast.person(account.createdBy)
      const ended = account.suspended ?? account.revoked ?? account.narrowed
      return {
        organizationId,
        id: cast.account(account.name).id,
        name: account.name,
        description: account.description,
        scopes: [...account.scopes],
        createdById: creator.id,
        createdByLabel: creator.label,
        createdAt: at(account.createdAgo),
        modifiedAt: at(ended?.ago ?? account.createdAgo),
        suspendedAt: account.suspended ? at(account.suspended.ago) : null,
        revokedAt: account.revoked ? at(account.revoked.ago) : null,
      }
    }),
  })
}

export async function insertTokens(
  tx: Transaction,
  peppers: Peppers,
  organizationId: string,
  families: readonly PlannedFamily[],
  calls: readonly RecordedCall[],
): Promise<void> {
  const used = lastUses(calls)
  const date = (ms: number | null | undefined) => (ms == null ? null : new Date(ms))
  await tx.token.createMany({
    data: families.flatMap(({ demo, familyId, owner, mintedBy, scopes, secrets }) =>
      secrets.map(({ endedBy, digest, ...secret }) => ({
        organizationId,
        id: secret.id,
        familyId,
        type: owner.type === 'user' ? ('USER' as const) : ('SERVICE_ACCOUNT' as const),
        format: secret.format,
        name: demo.name,
        digest: new Uint8Array(digest),
        pepperVersion: peppers.current.version,
        displayPrefix: secret.displayPrefix,
        last4: secret.last4,
        scopes,
        ownerUserId: owner.type === 'user' ? owner.id : null,
        serviceAccountId: owner.type === 'user' ? null : owner.id,
        createdById: mintedBy.id,
        createdByLabel: mintedBy.label,
        createdAt: new Date(secret.createdAt),
        modifiedAt: new Date(secret.rotatedAt ?? secret.revokedAt ?? secret.createdAt),
        expiresAt: date(secret.expiresAt),
        revokedAt: date(secret.revokedAt),
        endReason: secret.endReason,
        endedByLabel: endedBy,
        rotatedAt: date(secret.rotatedAt),
        replacedById: secret.replacedById,
        lastUsedAt: date(used.get(secret.id)?.at),
        lastUsedIp: used.get(secret.id)?.ip ?? null,
      })),
    ),
  })
}

/** Each reported once, of one place. */
export async function insertLeakReports(
  tx: Transaction,
  organizationId: string,
  families: readonly PlannedFamily[],
  now: number,
): Promise<void> {
  await tx.leakReport.createMany({
    data: families.flatMap(({ demo: { leaked }, secrets }) => {
      const newest = secrets.at(-1)
      if (!leaked || !newest) return []
      const { ago, kind = null, comment = null, ...where } = leaked
      const at = Math.floor(now - ago * DAY_MS)
      const place: LeakPlace = { ...where, kind, comment, reports: 1, firstAt: at, lastAt: at }
      return {
        organizationId,
        tokenId: newest.id,
        outcome: newest.endReason === 'LEAKED' ? ('REVOKED' as const) : ('ALREADY_ENDED' as const),
        firstReportedAt: new Date(at),
        lastReportedAt: new Date(at),
        // An object type without a name is what Prisma takes for JSON.
        places: [{ ...place }],
      }
    }),
  })
}
