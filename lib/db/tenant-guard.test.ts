import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GuardedPrisma } from '@/lib/db/database'
import { newId } from '@/lib/ids'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint, provision } from '@/lib/testing/token-fixture'

let product: ProductFixture
let prisma: GuardedPrisma
beforeAll(async () => {
  product = await createProductFixture()
  prisma = product.db.prisma
})
afterAll(() => product.close())

const refusal = /must name one organizationId/

async function tokenOf() {
  const admin = await (await product.organization()).member('ADMIN')
  const token = await mint(admin)
  return { organizationId: admin.organization.id, id: token.id, admin }
}

describe('a query on a tenant’s table', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['findMany', () => prisma.token.findMany()],
    ['findFirst', () => prisma.token.findFirst({ where: { name: 'prod-server' } })],
    ['findUnique', () => prisma.token.findUnique({ where: { digest: Buffer.alloc(32) } })],
    ['count', () => prisma.token.count()],
    ['aggregate', () => prisma.token.aggregate({ _count: true })],
    ['groupBy', () => prisma.token.groupBy({ by: ['name'] })],
    ['updateMany', () => prisma.token.updateMany({ data: { name: 'x' } })],
    ['deleteMany', () => prisma.token.deleteMany()],
    ['delete', () => prisma.token.delete({ where: { digest: Buffer.alloc(32) } })],
    ['service accounts', () => prisma.serviceAccount.findMany()],
    ['idempotency records', () => prisma.idempotencyRecord.deleteMany({})],
    ['an OR', () => prisma.token.findMany({ where: { OR: [{ organizationId: newId() }, {}] } })],
    ['a NOT', () => prisma.token.findMany({ where: { NOT: { organizationId: newId() } } })],
    ['several', () => prisma.token.findMany({ where: { organizationId: { in: [newId()] } } })],
    [
      'an undefined one',
      () => prisma.token.count({ where: { organizationId: undefined as never } }),
    ],
  ])('that names no organization is refused: %s', async (_title, query) => {
    const { organizationId, id } = await tokenOf()
    await expect(query()).rejects.toThrow(refusal)
    const where = { organizationId_id: { organizationId, id } }
    expect(await prisma.token.findUnique({ where })).toMatchObject({ name: 'prod-server' })
  })

  it('is refused inside a transaction just the same', async () => {
    await expect(prisma.$transaction((tx) => tx.token.findMany())).rejects.toThrow(refusal)
  })

  it('that would insert or update across organizations is refused', async () => {
    const { organizationId, id } = await tokenOf()
    const data = {
      organizationId,
      id: newId(),
      familyId: id,
      type: 'USER' as const,
      name: 'x',
      digest: Buffer.alloc(32, 1),
      pepperVersion: 1,
      displayPrefix: 'fx_pat_0000',
      last4: '0000',
      createdByLabel: 'x',
    }
    const where = { digest: Buffer.alloc(32) }
    await expect(prisma.token.upsert({ where, create: data, update: {} })).rejects.toThrow(refusal)
    expect(await prisma.token.count({ where: { organizationId } })).toBe(1)
  })

  it('that names its organization sees that one only', async () => {
    const [one, other] = [await tokenOf(), await tokenOf()]
    const { organizationId } = one
    expect(await prisma.token.findMany({ where: { organizationId } })).toMatchObject([
      { id: one.id },
    ])
    const foreign = { organizationId_id: { organizationId, id: other.id } }
    expect(await prisma.token.findUnique({ where: foreign })).toBeNull()
    await provision(one.admin)
    expect(await prisma.serviceAccount.count({ where: { organizationId } })).toBe(1)
    expect(
      await prisma.token.count({
        where: { organizationId, OR: [{ id: one.id }, { id: other.id }] },
      }),
    ).toBe(1)
  })
})
