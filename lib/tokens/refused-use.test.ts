import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAuditChain } from '@/lib/audit/verify'
import type { RequestFacts } from '@/lib/context'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import { newId } from '@/lib/ids'
import { noticesOf } from '@/lib/notifications/notifications-fixture'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { letPass, mint, provision, rotate, verdictOn } from '@/lib/testing/token-fixture'
import { listTokenAuditEvents } from '@/lib/tokens/audit'
import {
  type RefusedUseDoor,
  recordUseAfterEnd,
  revokeReplayedFamily,
} from '@/lib/tokens/refused-use'
import { revokeToken } from '@/lib/tokens/revoke'

let product: ProductFixture
let door: RefusedUseDoor
beforeAll(async () => {
  product = await createProductFixture()
  door = { db: product.db, crypto: { emailLinks: new EmailLinkSealer('a secret of this test') } }
})
afterAll(() => product.close())

/** Each request has an id of its own. */
const request = (): RequestFacts => ({
  id: newId(),
  channel: 'api',
  ip: '203.0.113.9',
  userAgent: 'curl',
})

/** What the door does when a secret is presented that the verifier refuses. */
async function present(secret: string) {
  const refused = await product.verifier.verify(secret)
  if (refused.outcome === 'accepted' || !refused.known) throw new Error('The secret is good.')
  return { code: refused.code, known: refused.known }
}

async function use(secret: string, from = request()): Promise<boolean> {
  const { code, known } = await present(secret)
  return recordUseAfterEnd(door, known, code, from)
}

async function replay(secret: string, from = request()): Promise<boolean> {
  return revokeReplayedFamily(door, (await present(secret)).known, from)
}

const pass = (organization: OrganizationFixture, milliseconds: number) =>
  letPass(product.db, organization.id, { milliseconds })

async function adminWithToken() {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const token = await mint(admin)
  const eventTypes = async () =>
    (await listTokenAuditEvents(admin, { tokenId: token.id })).items.map((event) => event.eventType)
  return { organization, admin, token, eventTypes }
}

describe('the use of a secret that has ended', () => {
  it('is written once an hour, however many callers storm in', async () => {
    const { organization, admin, token, eventTypes } = await adminWithToken()
    await revokeToken(admin, { tokenId: token.id })
    const storm = await Promise.all(Array.from({ length: 25 }, () => use(token.secret)))
    expect(storm.filter(Boolean)).toHaveLength(1)
    await pass(organization, 3_570_000)
    expect(await use(token.secret)).toBe(false)
    await pass(organization, 31_000)
    expect(await use(token.secret)).toBe(true)
    const used = 'USED_WHILE_REVOKED'
    expect(await eventTypes()).toEqual([used, used, 'REVOKED', 'MINTED'])
    const { items } = await listTokenAuditEvents(admin, { tokenId: token.id })
    expect(items[0]).toMatchObject({
      actor: { type: 'SYSTEM' },
      target: { id: token.id, familyId: token.id },
      details: { reason: 'revoked', keyPrefix: token.summary.displayPrefix },
      request: { ip: '203.0.113.9' },
    })
    expect(JSON.stringify(items)).not.toContain(token.secret.slice(11, -4))
  })

  it('is written for a rotated secret and one whose owner left, each token by itself', async () => {
    const { organization, admin, token } = await adminWithToken()
    const other = await mint(admin)
    await rotate(admin, token.id)
    expect(await use(token.secret)).toBe(true)
    await product.db.pool.query('DELETE FROM memberships WHERE organization_id = $1', [
      organization.id,
    ])
    expect(await use(other.secret)).toBe(true)
    const verdict = await verifyAuditChain(product.db, { organizationId: organization.id })
    expect(verdict.ok).toBe(true)
  })

  it('is no event where the token merely expired or is suspended', async () => {
    const { organization, admin, token } = await adminWithToken()
    const { account, token: workload } = await provision(admin)
    await product.db.pool.query('UPDATE service_accounts SET suspended_at = now() WHERE id = $1', [
      account.id,
    ])
    expect(await use(workload.secret)).toBe(false)
    await pass(organization, 90 * 86_400_000)
    expect(await use(token.secret)).toBe(false)
  })
})

describe('a rotated secret that asks to rotate again', () => {
  it('is taken for a race within a minute', async () => {
    const { organization, admin, token } = await adminWithToken()
    const next = await rotate(admin, token.id)
    expect(await replay(token.secret)).toBe(false)
    await pass(organization, 55_000)
    expect(await replay(token.secret)).toBe(false)
    expect(await verdictOn(product.verifier, next.secret)).toBe('accepted')
  })

  it('ends every secret of its family after that, once, and no other', async () => {
    const { organization, admin, token, eventTypes } = await adminWithToken()
    const bystander = await mint(admin)
    const second = await rotate(admin, token.id)
    const third = await rotate(admin, second.id, { graceSeconds: 3600 })
    await pass(organization, 61_000)
    const replays = await Promise.all([1, 2, 3].map(() => replay(token.secret)))
    expect(replays.filter(Boolean)).toHaveLength(1)
    for (const { secret } of [second, third]) {
      expect(await present(secret)).toMatchObject({ code: 'revoked' })
    }
    expect(await verdictOn(product.verifier, bystander.secret)).toBe('accepted')
    expect(await replay(token.secret)).toBe(false)
    expect(await eventTypes()).toEqual(['REVOKED', 'ROTATED', 'ROTATED', 'MINTED'])
    const { items } = await listTokenAuditEvents(admin, { tokenId: token.id })
    expect(items[0]).toMatchObject({ details: { reason: 'REPLAYED' }, actor: { type: 'SYSTEM' } })
  })

  it('is nothing where the secret was revoked, not rotated', async () => {
    const { organization, admin, token } = await adminWithToken()
    await revokeToken(admin, { tokenId: token.id })
    await pass(organization, 3_600_000)
    expect(await replay(token.secret)).toBe(false)
  })
})

describe('whose secret it was', () => {
  const told = async (userId: string) =>
    (await noticesOf(product.db, userId)).map(({ kind, facts, reason, email }) => ({
      kind,
      outcome: facts.outcome,
      reason,
      email,
    }))
  const refused = { kind: 'retired-secret-used', outcome: 'REFUSED', email: 'INSTANT' }

  it('is told once an hour', async () => {
    const { organization, admin, token } = await adminWithToken()
    const colleague = await organization.member('ADMIN')
    await revokeToken(admin, { tokenId: token.id })
    await Promise.all(Array.from({ length: 10 }, () => use(token.secret)))
    const { userId } = admin.principal
    expect(await told(userId)).toEqual([{ ...refused, reason: 'OWNER' }])
    await pass(organization, 3_601_000)
    await use(token.secret)
    expect(await told(userId)).toHaveLength(2)
    expect(await told(colleague.principal.userId)).toEqual([])
  })

  it('is all admins for a service account, and for an owner who has left', async () => {
    const { organization, admin } = await adminWithToken()
    const other = await organization.member('ADMIN')
    const member = await organization.member('MEMBER')
    const { token: workload } = await provision(admin)
    const own = await mint(member)
    await revokeToken(admin, { tokenId: workload.id })
    await product.db.pool.query('DELETE FROM memberships WHERE user_id = $1', [
      member.principal.userId,
    ])
    await use(workload.secret)
    await use(own.secret)
    for (const { principal } of [admin, other]) {
      const notices = (await told(principal.userId)).filter(({ kind }) => kind === refused.kind)
      expect(notices).toEqual(Array.from({ length: 2 }, () => ({ ...refused, reason: 'ADMIN' })))
    }
    expect(await told(member.principal.userId)).toEqual([])
  })

  it('is told of a replay and of the same use in one notice, the graver one', async () => {
    const { organization, admin, token } = await adminWithToken()
    await rotate(admin, token.id)
    await pass(organization, 61_000)
    const from = request()
    expect(await replay(token.secret, from)).toBe(true)
    expect(await use(token.secret, from)).toBe(true)
    expect(await told(admin.principal.userId)).toEqual([
      { ...refused, outcome: 'REPLAYED', reason: 'OWNER' },
    ])
  })
})
