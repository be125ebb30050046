import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAuditChain } from '@/lib/audit/verify'
import {
  patchServiceAccount,
  resumeServiceAccount,
  revokeServiceAccount,
  suspendServiceAccount,
} from '@/lib/service-accounts/commands'
import {
  addServiceAccountToken,
  createServiceAccount,
  rotateServiceAccount,
} from '@/lib/service-accounts/credentials'
import {
  getServiceAccount,
  listServiceAccountAuditEvents,
  listServiceAccounts,
} from '@/lib/service-accounts/queries'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { provision, verdictOn } from '@/lib/testing/token-fixture'
import { DAY_MS } from '@/lib/tokens/model'
import { revokeToken } from '@/lib/tokens/revoke'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const verdict = (secret: string | null) => verdictOn(product.verifier, secret ?? '')

async function accountOf() {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const { account, token } = await provision(admin)
  const id = { serviceAccountId: account.id }
  const events = async () =>
    (await listServiceAccountAuditEvents(admin, id)).items.map(({ eventType }) => eventType)
  return { organization, admin, account, token, id, events }
}

describe('a service account', () => {
  it('comes with its first token, and its history names what was granted', async () => {
    const { organization, admin, account, token, id } = await accountOf()
    expect(token.secret).toMatch(/^fx_sat_/)
    expect(await getServiceAccount(admin, id)).toMatchObject({
      name: 'deploy-bot',
      state: 'active',
      activeTokens: 1,
      tokens: [{ id: token.id, type: 'SERVICE_ACCOUNT', expiresAt: null }],
    })
    const { principal } = await organization.bearer(token.secret)
    expect(principal).toMatchObject({ owner: { serviceAccountId: account.id } })
    const { items } = await listServiceAccountAuditEvents(admin, id)
    expect(items).toMatchObject([{ eventType: 'PROVISIONED', details: { scopes: account.scopes } }])
  })

  it('pauses and goes on: a resume revives only what was not revoked meanwhile', async () => {
    const { admin, token, id, events } = await accountOf()
    const second = await addServiceAccountToken(admin, { ...id, name: 'second' })
    await suspendServiceAccount(admin, id)
    await suspendServiceAccount(admin, id)
    expect(await verdict(token.secret)).toBe('suspended')
    expect(await verdict(second.token)).toBe('suspended')
    expect(await getServiceAccount(admin, id)).toMatchObject({
      state: 'suspended',
      activeTokens: 0,
    })
    await revokeToken(admin, { tokenId: second.summary.id })
    await resumeServiceAccount(admin, id)
    await resumeServiceAccount(admin, id)
    expect(await verdict(token.secret)).toBe('accepted')
    expect(await verdict(second.token)).toBe('revoked')
    expect(await events()).toEqual(['RESUMED', 'SUSPENDED', 'PROVISIONED'])
  })

  it('ends for ever with every token', async () => {
    const { admin, token, id, events } = await accountOf()
    const second = await addServiceAccountToken(admin, { ...id, scopes: ['agents:read'] })
    await revokeServiceAccount(admin, id)
    await revokeServiceAccount(admin, id)
    expect(await verdict(token.secret)).toBe('revoked')
    expect(await verdict(second.token)).toBe('revoked')
    expect(await events()).toEqual(['ACCOUNT_REVOKED', 'PROVISIONED'])
    const ended = { kind: 'conflict', code: 'service_account_revoked' }
    for (const attempt of [
      () => resumeServiceAccount(admin, id),
      () => suspendServiceAccount(admin, id),
      () => patchServiceAccount(admin, { ...id, name: 'again' }),
      () => addServiceAccountToken(admin, id),
      () => rotateServiceAccount(admin, id),
    ]) {
      await expect(attempt()).rejects.toMatchObject(ended)
    }
  })

  it('is refused once revoked, even by a token that the cascade skipped', async () => {
    const { admin, account, token, id } = await accountOf()
    await revokeServiceAccount(admin, id)
    await product.db.pool.query(
      'UPDATE tokens SET revoked_at = NULL, end_reason = NULL WHERE service_account_id = $1',
      [account.id],
    )
    expect(await verdict(token.secret)).toBe('revoked')
  })

  it('narrowed by a patch, takes the scopes from every token at the next call', async () => {
    const { organization, admin, account, token, id } = await accountOf()
    await patchServiceAccount(admin, { ...id, scopes: ['agents:read'] })
    const { principal } = await organization.bearer(token.secret)
    expect(principal.kind === 'token' && [...principal.scopes]).toEqual(['agents:read'])
    const { items } = await listServiceAccountAuditEvents(admin, id)
    expect(items[0]).toMatchObject({
      eventType: 'ACCOUNT_UPDATED',
      details: { before: { scopes: account.scopes }, after: { scopes: ['agents:read'] } },
    })
    await expect(patchServiceAccount(admin, id)).rejects.toMatchObject({ kind: 'invalid' })
    await expect(patchServiceAccount(admin, { ...id, scopes: [] })).rejects.toMatchObject({
      kind: 'invalid',
    })
  })

  it('is not widened by its own token, nor by anyone beyond their own power', async () => {
    const { organization, admin } = await accountOf()
    const { account, token } = await provision(admin, ['keys:read', 'keys:write'])
    const bearer = await organization.bearer(token.secret)
    await expect(
      patchServiceAccount(bearer, {
        serviceAccountId: account.id,
        scopes: ['keys:read', 'keys:write', 'agents:read'],
      }),
    ).rejects.toMatchObject({ code: 'scope_exceeds_yours', missingScopes: ['agents:read'] })
  })
})

describe('further tokens', () => {
  it('get the whole grant or a part of it, never more', async () => {
    const { admin, account, id } = await accountOf()
    const whole = await addServiceAccountToken(admin, id)
    expect(whole.summary).toMatchObject({ name: 'Untitled token', scopes: account.scopes })
    const part = await addServiceAccountToken(admin, { ...id, scopes: ['agents:read'] })
    expect(part.summary.scopes).toEqual(['agents:read'])
    for (const more of [{ scopes: ['agents:write' as const] }, { preset: 'runner' as const }]) {
      await expect(addServiceAccountToken(admin, { ...id, ...more })).rejects.toMatchObject({
        kind: 'invalid',
        errors: [{ pointer: '/scopes' }],
      })
    }
  })

  it('and accounts keep to the policy of the organization', async () => {
    const strict = await product.organization({ maxLifetimeDays: 30, expiryRequired: true })
    const admin = await strict.member('ADMIN')
    const scopes = ['agents:read' as const]
    await expect(createServiceAccount(admin, { scopes })).rejects.toMatchObject({
      errors: [{ pointer: '/keyExpirationDays' }],
    })
    const made = await createServiceAccount(admin, { scopes, keyExpirationDays: 30 })
    expect(made.minted.summary.expiresAt).toBe(admin.now + 30 * DAY_MS)
    const id = { serviceAccountId: made.serviceAccount.id }
    await expect(
      addServiceAccountToken(admin, { ...id, expirationDays: 31 }),
    ).rejects.toMatchObject({
      errors: [{ pointer: '/expirationDays' }],
    })
    await expect(rotateServiceAccount(admin, id)).rejects.toMatchObject({
      errors: [{ pointer: '/query/keyExpirationDays' }],
    })
    expect((await listServiceAccounts(admin)).totalCount).toBe(1)
  })

  it('are all replaced by one when the account is rotated', async () => {
    const { organization, admin, account, token, id, events } = await accountOf()
    const second = await addServiceAccountToken(admin, { ...id, scopes: ['agents:read'] })
    const next = await rotateServiceAccount(admin, { ...id, keyExpirationDays: 30 })
    expect(next.summary).toMatchObject({
      scopes: account.scopes,
      expiresAt: admin.now + 30 * DAY_MS,
    })
    expect(await Promise.all([token.secret, second.token, next.token].map(verdict))).toEqual([
      'rotated',
      'rotated',
      'accepted',
    ])
    expect(await events()).toEqual(['ACCOUNT_ROTATED', 'PROVISIONED'])
    const verified = await verifyAuditChain(product.db, { organizationId: organization.id })
    expect(verified).toMatchObject({ ok: true })
  })

  it('leave one live token when two rotations of the account meet', async () => {
    const { admin, id } = await accountOf()
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, () => rotateServiceAccount(admin, id)),
    )
    const secrets = results.flatMap((r) => (r.status === 'fulfilled' ? [r.value.token] : []))
    const verdicts = await Promise.all(secrets.map(verdict))
    expect(verdicts.filter((word) => word === 'accepted')).toHaveLength(1)
    expect((await getServiceAccount(admin, id)).activeTokens).toBe(1)
  })

  it('are made while others rotate the account, and nobody is held up', async () => {
    const { admin, id } = await accountOf()
    for (let round = 0; round < 5; round++) {
      await Promise.all([
        rotateServiceAccount(admin, id),
        ...Array.from({ length: 3 }, () => addServiceAccountToken(admin, id)),
      ])
    }
  })

  it('leave none when a revocation of the account meets a new token', async () => {
    for (let round = 0; round < 10; round++) {
      const { admin, id } = await accountOf()
      const [added] = await Promise.allSettled([
        addServiceAccountToken(admin, id),
        revokeServiceAccount(admin, id),
      ])
      if (added.status === 'fulfilled') expect(await verdict(added.value.token)).toBe('revoked')
    }
  })
})
