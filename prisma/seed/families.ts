import { randomBytes } from 'node:crypto'
import { normalizeScopes, type Scope } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'
import { digestForStorage, digestOfLegacySha256, type Peppers } from '@/lib/tokens/digest'
import { DAY_MS, type TokenEndReason, type TokenOwner } from '@/lib/tokens/model'
import { generateSecret } from '@/lib/tokens/secret'
import type { DemoOrganization, DemoToken } from '@/prisma/seed/demo-organization'

/** One secret of a logical token, with everything its row says. Times are epoch ms. */
export interface PlannedSecret {
  id: string
  format: 'FX1' | 'LEGACY'
  digest: Buffer
  displayPrefix: string
  last4: string
  createdAt: number
  expiresAt: number | null
  revokedAt: number | null
  rotatedAt: number | null
  endReason: TokenEndReason | null
  endedBy: string | null
  replacedById: string | null
}

export interface PlannedFamily {
  demo: DemoToken
  familyId: string
  owner: TokenOwner
  mintedBy: { id: string; label: string }
  scopes: Scope[]
  /** Oldest first. */
  secrets: PlannedSecret[]
}

/** Finds the people and service accounts that a demo organization names. */
export interface Cast {
  person(email: string): { id: string; label: string }
  account(name: string): { id: string; label: string }
}

/** Draws up every token of the organization. The secrets are thrown away at once: nobody ever holds one. */
export function planFamilies(
  organization: DemoOrganization,
  cast: Cast,
  peppers: Peppers,
  now: number,
): PlannedFamily[] {
  return organization.tokens.map((demo) => {
    const isPersonal = demo.owner.includes('@')
    const owner = isPersonal ? cast.person(demo.owner) : cast.account(demo.owner)
    const secrets = planSecrets(demo, peppers, now, isPersonal ? 'USER' : 'SERVICE_ACCOUNT')
    chain(secrets, cast.person(demo.mintedBy ?? demo.owner).label, demo, now)
    endNewest(secrets, organization, demo, cast, now)
    endLeaked(secrets, demo, now)
    return {
      demo,
      familyId: secrets[0]?.id ?? newId(),
      owner: { type: isPersonal ? 'user' : 'service-account', ...owner },
      mintedBy: cast.person(demo.mintedBy ?? demo.owner),
      scopes: normalizeScopes(demo.scopes),
      secrets,
    }
  })
}

function planSecrets(
  demo: DemoToken,
  peppers: Peppers,
  now: number,
  type: 'USER' | 'SERVICE_ACCOUNT',
): PlannedSecret[] {
  const births = [demo.createdAgo, ...(demo.rotatedAgo ?? [])]
  return births.map((ago, index) => ({
    id: newId(),
    ...(index === 0 && demo.legacyPrefix
      ? legacyKey(demo.legacyPrefix, peppers)
      : currentSecret(type, peppers)),
    createdAt: now - ago * DAY_MS,
    expiresAt: demo.expiresIn === null ? null : now + demo.expiresIn * DAY_MS,
    revokedAt: null,
    rotatedAt: null,
    endReason: null,
    endedBy: null,
    replacedById: null,
  }))
}

function currentSecret(type: 'USER' | 'SERVICE_ACCOUNT', peppers: Peppers) {
  const { secret, displayPrefix, last4 } = generateSecret(type)
  return { format: 'FX1' as const, digest: digestForStorage(peppers, secret), displayPrefix, last4 }
}

function legacyKey(prefix: string, peppers: Peppers) {
  const sha256 = randomBytes(32).toString('hex')
  return {
    format: 'LEGACY' as const,
    digest: digestOfLegacySha256(peppers, sha256),
    displayPrefix: `${prefix}${randomBytes(2).toString('hex')}`,
    last4: randomBytes(2).toString('hex'),
  }
}

/** Marks each secret but the newest as replaced by the next. */
function chain(secrets: PlannedSecret[], rotatedBy: string, demo: DemoToken, now: number): void {
  for (const [index, secret] of secrets.entries()) {
    const next = secrets[index + 1]
    if (!next) continue
    const isLastRotation = index === secrets.length - 2
    const overlapMs = isLastRotation ? (demo.overlapDays ?? 0) * DAY_MS : 0
    secret.rotatedAt = next.createdAt
    secret.revokedAt = next.createdAt + overlapMs
    secret.endReason = 'ROTATED'
    secret.endedBy = rotatedBy
    secret.replacedById = next.id
    // The date was set anew at each rotation, to the life that the newest one has.
    if (secret.expiresAt !== null && secret.expiresAt < now) secret.expiresAt = next.createdAt
  }
}

function endNewest(
  secrets: PlannedSecret[],
  { serviceAccounts }: DemoOrganization,
  { owner, revoked }: DemoToken,
  cast: Cast,
  now: number,
): void {
  const newest = secrets.at(-1)
  const account = serviceAccounts.find(({ name }) => name === owner)
  const end = revoked ?? account?.revoked
  if (!newest || !end) return
  newest.revokedAt = now - end.ago * DAY_MS
  newest.endReason = revoked ? (revoked.reason ?? 'REVOKED') : 'SERVICE_ACCOUNT_REVOKED'
  newest.endedBy = cast.person(end.by).label
}

/** By its report, unless it had ended before. */
function endLeaked(secrets: PlannedSecret[], { leaked }: DemoToken, now: number): void {
  const newest = secrets.at(-1)
  if (!newest || !leaked || newest.revokedAt !== null) return
  newest.revokedAt = now - leaked.ago * DAY_MS
  newest.endReason = 'LEAKED'
  newest.endedBy = leaked.source === 'GITHUB' ? 'GitHub secret scanning' : null
}
