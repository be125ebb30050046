import { randomBytes } from 'node:crypto'
import { PRESETS } from '@/lib/access/presets'
import type { Database } from '@/lib/db/database'
import { newId } from '@/lib/ids'
import type { Peppers } from '@/lib/tokens/digest'
import { DAY_MS } from '@/lib/tokens/model'
import { ACME } from '@/prisma/seed/acme'

const BATCH = 2000
const LIFE_DAYS = 365

/**
 * Adds `count` personal tokens to Acme Robotics, spread over its people and the last year: for trying lists
 * and searches at size. Their digests are random bytes, so no secret exists that would match; they have no
 * audit events.
 * @throws Error where the demo organization is missing
 */
export async function addManyTokens(
  { prisma }: Pick<Database, 'prisma'>,
  peppers: Peppers,
  count: number,
): Promise<void> {
  const organization = await prisma.organization.findUnique({
    where: { slug: ACME.slug },
    include: { memberships: { include: { user: true } } },
  })
  if (!organization) throw new Error('There is no demo organization to add tokens to.')
  const owners = organization.memberships.map(({ user }) => user)
  const now = Date.now()
  for (let first = 0; first < count; first += BATCH) {
    const size = Math.min(BATCH, count - first)
    await prisma.token.createMany({
      data: Array.from({ length: size }, (_, offset) => {
        const owner = owners[(first + offset) % owners.length]
        const preset = PRESETS[(first + offset) % PRESETS.length]
        if (!owner || !preset) throw new Error('Acme Robotics has no members.')
        const id = newId()
        const createdAt = now - Math.random() * LIFE_DAYS * DAY_MS
        const last4 = randomBytes(2).toString('hex')
        return {
          organizationId: organization.id,
          id,
          familyId: id,
          type: 'USER' as const,
          name: `batch-${String(first + offset + 1).padStart(5, '0')}`,
          digest: new Uint8Array(randomBytes(32)),
          pepperVersion: peppers.current.version,
          displayPrefix: `fx_pat_${last4}`,
          last4,
          scopes: [...preset.scopes],
          ownerUserId: owner.id,
          createdById: owner.id,
          createdByLabel: owner.displayName,
          createdAt: new Date(createdAt),
          modifiedAt: new Date(createdAt),
          expiresAt: new Date(createdAt + LIFE_DAYS * DAY_MS),
        }
      }),
    })
  }
}
