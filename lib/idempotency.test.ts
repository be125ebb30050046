import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorOf } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import {
  addServiceAccountToken,
  createServiceAccount,
  rotateServiceAccount,
} from '@/lib/service-accounts/credentials'
import { listServiceAccounts } from '@/lib/service-accounts/queries'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint, provision, verdictOn } from '@/lib/testing/token-fixture'
import { mintToken } from '@/lib/tokens/mint'
import { listTokens } from '@/lib/tokens/queries'
import { rotateToken } from '@/lib/tokens/rotate'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const body = { name: 'once', scopes: ['agents:read' as const] }

/** What a call under way holds, held here by another connection for the time of `work`. */
async function whileInFlight(
  ctx: Context,
  operation: string,
  key: string,
  work: () => Promise<void>,
) {
  const identity = [ctx.organization.id, actorOf(ctx.principal).id, operation, key]
  const other = new Client({ connectionString: product.url })
  await other.connect()
  try {
    await other.query('SELECT pg_advisory_lock(hashtextextended($1, 7))', [
      JSON.stringify(identity),
    ])
    await work()
  } finally {
    await other.end()
  }
}

describe('an Idempotency-Key', () => {
  it('is refused while its first call is under way, and free again after', async () => {
    const admin = await (await product.organization()).member('ADMIN')
    const once = () => mintToken(admin, body, { idempotencyKey: 'k' })
    await whileInFlight(admin, 'tokens:generate', 'k', async () => {
      await expect(once()).rejects.toMatchObject({
        kind: 'conflict',
        code: 'idempotency_in_flight',
      })
      expect(await listTokens(admin)).toEqual([])
      // Other keys and other people do not wait for it.
      await mintToken(admin, body, { idempotencyKey: 'k2' })
    })
    expect((await once()).token).not.toBeNull()
  })

  it('makes one thing of a burst, and tells the others the same or to come back', async () => {
    const admin = await (await product.organization()).member('ADMIN')
    const calls = Array.from({ length: 10 }, () => mintToken(admin, body, { idempotencyKey: 'k' }))
    const results = await Promise.allSettled(calls)
    const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(made.filter(({ token }) => token !== null)).toHaveLength(1)
    expect(new Set(made.map(({ summary }) => summary.id)).size).toBe(1)
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'idempotency_in_flight' })
      }
    }
    expect(await listTokens(admin)).toHaveLength(1)
  })

  it('belongs to one person, one organization and one operation', async () => {
    const organization = await product.organization()
    const [admin, member] = [
      await organization.member('ADMIN'),
      await organization.member('MEMBER'),
    ]
    const elsewhere = await product.organization()
    const stranger = await elsewhere.member('ADMIN')
    const key = { idempotencyKey: 'same' }
    const made = [
      await mintToken(admin, body, key),
      await mintToken(member, { ...body, name: 'other body' }, key),
      await mintToken(stranger, body, key),
      (await createServiceAccount(admin, { ...body, description: 'x' }, key)).minted,
    ]
    expect(made.every(({ token }) => token !== null)).toBe(true)
    // The same person in another organization is another caller too.
    await product.db.pool.query(
      `INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'ADMIN')`,
      [elsewhere.id, admin.principal.userId],
    )
    const abroad = { ...admin, organization: stranger.organization }
    expect((await mintToken(abroad, body, key)).token).not.toBeNull()
  })

  it('holds for 24 hours', async () => {
    const admin = await (await product.organization()).member('ADMIN')
    const once = () => mintToken(admin, body, { idempotencyKey: 'k' })
    const first = await once()
    const age = (time: string) =>
      product.db.pool.query('UPDATE idempotency_records SET created_at = now() - $1::interval', [
        time,
      ])
    await age('23 hours 59 minutes')
    expect(await once()).toMatchObject({ token: null, summary: { id: first.summary.id } })
    await age('24 hours 1 minute')
    const second = await once()
    expect(second.token).not.toBeNull()
    expect(second.summary.id).not.toBe(first.summary.id)
    expect(await once()).toMatchObject({ token: null, summary: { id: second.summary.id } })
  })

  it('remembers nothing of a call that failed', async () => {
    const admin = await (await product.organization()).member('ADMIN')
    const token = await mint(admin)
    const key = { idempotencyKey: 'k' }
    await expect(
      rotateToken(admin, { tokenId: token.id, expiresAt: 1 }, key),
    ).rejects.toMatchObject({ kind: 'invalid' })
    expect((await rotateToken(admin, { tokenId: token.id }, key)).token).not.toBeNull()
  })

  it('replays every operation that makes a secret, without the secret', async () => {
    const admin = await (await product.organization()).member('ADMIN')
    const token = await mint(admin)
    const { account } = await provision(admin)
    const id = { serviceAccountId: account.id }
    const operations = [
      (key: string) => rotateToken(admin, { tokenId: token.id }, { idempotencyKey: key }),
      async (key: string) =>
        (await createServiceAccount(admin, body, { idempotencyKey: key })).minted,
      (key: string) => addServiceAccountToken(admin, { ...id, name: 'x' }, { idempotencyKey: key }),
      (key: string) => rotateServiceAccount(admin, id, { idempotencyKey: key }),
    ]
    for (const [index, run] of operations.entries()) {
      const first = await run(`k${index}`)
      const before = await listTokens(admin)
      const again = await run(`k${index}`)
      expect(again).toMatchObject({ token: null, summary: { id: first.summary.id } })
      expect(await listTokens(admin)).toEqual(before)
      expect(await verdictOn(product.verifier, first.token ?? '')).toBe('accepted')
    }
    expect((await listServiceAccounts(admin)).totalCount).toBe(2)
  })

  it('is no way around an authorization', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    await createServiceAccount(admin, body, { idempotencyKey: 'k' })
    const demoted = { ...admin, principal: { ...admin.principal, role: 'MEMBER' as const } }
    await expect(
      createServiceAccount(demoted, body, { idempotencyKey: 'k' }),
    ).rejects.toMatchObject({ code: 'role_insufficient' })
  })
})
