import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import { listBudgetSubjects } from '@/lib/budgets/subjects'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { createIntegration, patchIntegration, removeIntegration } from '@/lib/integrations/commands'
import { calledIntegration } from '@/lib/integrations/mcp-access'
import { getMcp } from '@/lib/integrations/mcp-config'
import { McpGate } from '@/lib/integrations/mcp-gate'
import { revokeMcpKey, rotateMcpKey } from '@/lib/integrations/mcp-key'
import { patchMcp } from '@/lib/integrations/patch-mcp'
import { getIntegration, listIntegrations } from '@/lib/integrations/queries'
import { NO_CONFIG, patchMcpSchema } from '@/lib/integrations/schema'
import { TOOL_IDS } from '@/lib/integrations/tools'
import { identifyTokens } from '@/lib/leaks/identify'
import { listLeakReports } from '@/lib/leaks/queries'
import { settleLeak } from '@/lib/leaks/settle'
import { deployedAgent, newAgent } from '@/lib/testing/agent-fixture'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { lookupDigests } from '@/lib/tokens/digest'
import { tellOfExpiringTokens } from '@/lib/tokens/expiry-notices'
import { introspectToken } from '@/lib/tokens/introspect'
import { mintToken } from '@/lib/tokens/mint'
import { patchToken } from '@/lib/tokens/patch'
import { getToken, listTokens, listTokensPage } from '@/lib/tokens/queries'
import { recordUseAfterEnd } from '@/lib/tokens/refused-use'
import { revokeToken, revokeTokens } from '@/lib/tokens/revoke'
import { rotateToken } from '@/lib/tokens/rotate'

let product: ProductFixture

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

async function setting(policy: Parameters<ProductFixture['organization']>[0] = {}) {
  const organization = await product.organization(policy)
  const admin = await organization.member('ADMIN')
  const made = await createIntegration(admin, { id: 'support-desk', displayName: 'Support desk' })
  const on = { integration: made.id }
  return { organization, admin, made, on }
}

async function enabled(policy: Parameters<ProductFixture['organization']>[0] = {}) {
  const start = await setting(policy)
  const { apiKey, config } = await patchMcp(start.admin, { ...start.on, enabled: true })
  if (apiKey === null || !config.key) throw new Error('Enabling made no key.')
  return { ...start, secret: apiKey, keyId: config.key.id }
}

const verdictOn = async (secret: string) => {
  const verdict = await product.verifier.verify(secret)
  return verdict.outcome === 'accepted' ? 'accepted' : verdict.code
}

const eventsOf = async (ctx: Context) =>
  (await listAuditEvents(ctx, {})).items.map(({ eventType }) => eventType)

describe('an integration', () => {
  it('is made, found by both its ids, changed with an event, and removed with its key', async () => {
    const { admin, made, on, secret } = await enabled()
    const agent = await deployedAgent(admin)
    await patchIntegration(admin, { ...on, displayName: 'Help desk', agentIds: [agent] })
    const found = await getIntegration(admin, { integration: made.uid })
    expect(found).toMatchObject({ id: 'support-desk', displayName: 'Help desk' })
    expect(found.agents.map(({ id, runs }) => [id, runs])).toEqual([[agent, true]])
    expect((await listIntegrations(admin)).map(({ mcpEnabled }) => mcpEnabled)).toEqual([true])
    await removeIntegration(admin, on)
    expect(await verdictOn(secret)).toBe('revoked')
    await expect(getIntegration(admin, on)).rejects.toMatchObject({ kind: 'not-found' })
    // The id is free again, and the old key is of nobody's.
    await createIntegration(admin, { id: made.id, displayName: 'Another' })
    expect((await getMcp(admin, on)).config.key).toBeNull()
    expect((await eventsOf(admin)).filter((type) => /^(INTEGRATION|MCP)/.test(type))).toEqual([
      'INTEGRATION_CREATED',
      'INTEGRATION_REMOVED',
      'INTEGRATION_CHANGED',
      'MCP_ENABLED',
      'INTEGRATION_CREATED',
    ])
  })

  it('refuses a taken id, and agents that are not there, by their place', async () => {
    const { admin, on } = await setting()
    await expect(
      createIntegration(admin, { id: on.integration, displayName: 'Twice' }),
    ).rejects.toMatchObject({
      kind: 'conflict',
      code: 'integration_id_taken',
      errors: [{ pointer: '/id' }],
    })
    const agent = await newAgent(admin)
    await expect(
      patchIntegration(admin, { ...on, agentIds: [agent, 'nobody'] }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/agentIds/1' }] })
  })

  it('is for admins, and another organization’s looks like none', async () => {
    const { organization, on } = await setting()
    for (const role of ['FINANCE', 'MEMBER'] as const) {
      const ctx = await organization.member(role)
      await expect(getMcp(ctx, on)).rejects.toMatchObject({
        kind: expect.stringMatching(/forbidden|not-found/),
      })
    }
    const stranger = await (await product.organization()).member('ADMIN')
    await expect(getMcp(stranger, on)).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('the MCP config', () => {
  it('is made by the first look, once, disabled and with all tools', async () => {
    const { admin, on } = await setting()
    const looks = await Promise.all(Array.from({ length: 5 }, () => getMcp(admin, on)))
    expect(new Set(looks.map(({ config }) => config.configId)).size).toBe(1)
    expect(looks[0]?.config).toMatchObject({ enabled: false, exposedTools: TOOL_IDS, key: null })
  })

  it('keeps what is null, takes the empty list and its own id, and refuses other ones', async () => {
    const { admin, on } = await setting()
    const { config } = await getMcp(admin, on)
    const kept = await patchMcp(admin, { ...on, exposedToolIds: null, configId: NO_CONFIG })
    expect(kept.config.exposedTools).toEqual(TOOL_IDS)
    const none = await patchMcp(admin, { ...on, exposedToolIds: [], configId: config.configId })
    expect(none.config.exposedTools).toEqual([])
    await expect(patchMcp(admin, { ...on, configId: newId() })).rejects.toMatchObject({
      errors: [{ pointer: '/configId' }],
    })
    const unknown = patchMcpSchema.safeParse({ exposedToolIds: ['list_models', 'rm_rf'] })
    expect(unknown.error?.issues[0]?.path).toEqual(['exposedToolIds', 1])
  })

  it('makes a key when it is first enabled, of mcp:invoke alone, and keeps it when disabled', async () => {
    const { organization, admin, on, secret, keyId } = await enabled()
    const bearer = await organization.bearer(secret)
    expect(bearer.principal).toMatchObject({
      granted: ['mcp:invoke'],
      scopes: new Set(['mcp:invoke']),
      owner: { type: 'integration' },
    })
    expect((await getMcp(admin, on)).apiKey).toBeNull()
    await patchMcp(admin, { ...on, enabled: false })
    expect(await verdictOn(secret)).toBe('accepted')
    const again = await patchMcp(admin, { ...on, enabled: true })
    expect([again.apiKey, again.config.key?.id]).toEqual([null, keyId])
    expect(await eventsOf(admin)).toEqual(
      expect.arrayContaining(['MCP_ENABLED', 'MCP_DISABLED', 'INTEGRATION_CREATED']),
    )
    const { rows } = await product.db.pool.query<{ whole: string }>(
      `SELECT string_agg(payload, '') AS whole FROM audit.event WHERE organization_id = $1`,
      [organization.id],
    )
    expect(rows[0]?.whole).not.toContain(secret.slice(8, 50))
  })

  it('makes one key, however many enable at once', async () => {
    const { admin, on } = await setting()
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => patchMcp(admin, { ...on, enabled: true })),
    )
    expect(answers.filter(({ apiKey }) => apiKey !== null)).toHaveLength(1)
  })

  it('rotates: the old key ends at once, and of rotations at once one wins', async () => {
    const { admin, on, secret } = await enabled()
    // Each has seen the same key before the first goes on: else the next may find the new one, and rightly win too.
    const holder = await product.db.pool.connect()
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM integrations.integration FOR UPDATE')
    const rotations = Promise.allSettled(Array.from({ length: 3 }, () => rotateMcpKey(admin, on)))
    await vi.waitFor(async () => expect(await waitingForLocks()).toBe(3), 20_000)
    await holder.query('COMMIT')
    holder.release()
    const outcomes = await rotations
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []))
    expect(won).toHaveLength(1)
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(2)
    expect([await verdictOn(secret), await verdictOn(won[0]?.apiKey ?? '')]).toEqual([
      'rotated',
      'accepted',
    ])
  })
})

async function waitingForLocks(): Promise<number> {
  const { rows } = await product.db.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return rows[0]?.count ?? 0
}

describe('who may make a key', () => {
  it('is a person with a fresh proof of identity, for the first key and for the next', async () => {
    const { organization, admin, on } = await setting()
    const stale = await organization.member('ADMIN', { reauthenticatedAt: Date.now() - 3_600_000 })
    const refusal = { code: 'reauthentication_required' }
    await expect(patchMcp(stale, { ...on, enabled: true })).rejects.toMatchObject(refusal)
    await patchMcp(admin, { ...on, enabled: true })
    await expect(rotateMcpKey(stale, on)).rejects.toMatchObject(refusal)
    // Nothing is made: no proof is needed.
    await patchMcp(stale, { ...on, enabled: false })
    expect((await patchMcp(stale, { ...on, enabled: true })).apiKey).toBeNull()
  })

  it('is an admin’s token where bearer minting is on, with the power of the tools it offers', async () => {
    const { organization, admin, on } = await setting()
    const bearer = async (scopes: Parameters<typeof mintToken>[1]['scopes']) =>
      organization.bearer((await mintToken(admin, { scopes })).token ?? '')
    const narrow = await bearer(['integrations:read', 'integrations:write', 'llm_providers:read'])
    await expect(patchMcp(narrow, { ...on, enabled: true })).rejects.toMatchObject({
      code: 'scope_exceeds_yours',
      missingScopes: ['agents:execute', 'traces:read'],
    })
    const { apiKey } = await patchMcp(narrow, {
      ...on,
      enabled: true,
      exposedToolIds: ['list_models'],
    })
    expect(await verdictOn(apiKey ?? '')).toBe('accepted')
    await expect(
      patchMcp(narrow, { ...on, exposedToolIds: ['usage_summary'] }),
    ).rejects.toMatchObject({ missingScopes: ['traces:read'] })
    await product.db.pool.query(
      'UPDATE organizations SET token_bearer_minting = false WHERE id = $1',
      [organization.id],
    )
    await expect(rotateMcpKey(await organization.refresh(narrow), on)).rejects.toMatchObject({
      code: 'bearer_minting_disabled',
    })
  })
})

describe('outside the inventory', () => {
  it('is the key everywhere that tokens are listed, counted or changed', async () => {
    const { admin, secret, keyId } = await enabled()
    const own = (await mintToken(admin, { scopes: ['agents:read'] })).summary.id
    expect((await listTokens(admin)).map(({ id }) => id)).toEqual([own])
    expect(await listTokens(admin, { origin: 'SYSTEM' })).toEqual([])
    const page = await listTokensPage(admin, {})
    expect([page.items.map(({ id }) => id), page.totalCount]).toEqual([[own], 1])
    const on = { tokenId: keyId }
    for (const work of [
      () => getToken(admin, on),
      () => rotateToken(admin, on),
      () => patchToken(admin, { ...on, name: 'mine' }),
      () => revokeToken(admin, on),
    ]) {
      await expect(work()).rejects.toMatchObject({ kind: 'not-found' })
    }
    expect(await revokeTokens(admin, { tokenIds: [keyId] })).toEqual([
      { tokenId: keyId, outcome: 'not-found' },
    ])
    expect(await introspectToken(admin, { token: secret })).toEqual({ active: false })
    const subjects = await listBudgetSubjects(admin)
    expect(subjects.flatMap(({ kind, id }) => (kind === 'TOKEN' ? [id] : []))).toEqual([own])
    expect(await verdictOn(secret)).toBe('accepted')
  })

  it('is untouched by policies about expiry, and nobody is told that it ends', async () => {
    const { organization, secret } = await enabled({ expiryRequired: true, maxLifetimeDays: 5 })
    const { expiresAt } = (await organization.bearer(secret)).principal as { expiresAt: null }
    expect(expiresAt).toBeNull()
    const { db, crypto } = await organization.member('ADMIN')
    expect(await tellOfExpiringTokens({ db, crypto }, Date.now())).toBe(0)
  })
})

describe('a key that was found where it does not belong', () => {
  const reported = async (ctx: Context, secret: string) =>
    settleLeak(ctx, {
      digests: lookupDigests(ctx.crypto.peppers, secret, 'current'),
      sighting: { source: 'ANYBODY', kind: null, url: 'https://paste.example/1', comment: null },
      request: ctx.request,
    })

  it('names its integration, and can be revoked and made anew', async () => {
    const { admin, made, on, secret } = await enabled()
    const [found] = await identifyTokens(admin, { text: `key=${secret}` })
    expect(found?.token).toMatchObject({
      name: 'Support desk',
      owner: { type: 'integration', id: made.uid },
      state: 'active',
    })
    await revokeMcpKey(admin, { integration: made.uid })
    expect(await verdictOn(secret)).toBe('revoked')
    await expect(revokeMcpKey(admin, on)).rejects.toMatchObject({ kind: 'not-found' })
    const { apiKey, config } = await rotateMcpKey(admin, on)
    expect([await verdictOn(apiKey ?? ''), config.enabled]).toEqual(['accepted', true])
  })

  it('is ended by a report, told of to admins with the way to its integration', async () => {
    const { organization, admin, made, on, secret } = await enabled()
    expect(await reported(admin, secret)).toBe('REVOKED')
    expect(await verdictOn(secret)).toBe('revoked')
    expect((await getMcp(admin, on)).config.key).toBeNull()
    const { items } = await listLeakReports(admin, {})
    expect(items.map(({ token }) => token.owner.id)).toEqual([made.uid])
    const verdict = await product.verifier.verify(secret)
    if (verdict.outcome !== 'refused' || !verdict.known) throw new Error('It is known.')
    expect(await recordUseAfterEnd(admin, verdict.known, 'revoked', admin.request)).toBe(true)
    const events = (await listAuditEvents(admin, {})).items
    expect(events.slice(0, 3).map(({ eventType, target }) => [eventType, target.type])).toEqual([
      ['USED_WHILE_REVOKED', 'integration'],
      ['REVOKED', 'integration'],
      ['LEAK_REPORTED', 'integration'],
    ])
    const { rows } = await product.db.pool.query<{ facts: { integrationId: string } }>(
      'SELECT facts FROM notifications WHERE organization_id = $1',
      [organization.id],
    )
    expect(rows.map(({ facts }) => facts.integrationId)).toEqual([made.uid, made.uid])
  })
})

describe('a call', () => {
  it('reaches the integration of its key alone, while it is enabled, and tools that can be used', async () => {
    const { organization, admin, made, on } = await enabled()
    const owner = { type: 'integration', integrationId: made.uid, name: 'x' } as const
    const call = (wanted: string) =>
      calledIntegration(product.db.pool, organization.id, owner, wanted)
    expect((await call(made.id)).tools).toEqual(['list_models', 'usage_summary'])
    const [idle, agent] = [await newAgent(admin), await deployedAgent(admin)]
    await patchIntegration(admin, { ...on, agentIds: [idle, agent] })
    expect(await call(made.uid)).toMatchObject({ tools: TOOL_IDS, agents: [{ id: agent }] })
    await expect(call('finance')).rejects.toMatchObject({ code: 'another_integration' })
    await patchMcp(admin, { ...on, enabled: false })
    await expect(call(made.id)).rejects.toMatchObject({ code: 'mcp_disabled' })
  })

  it('waits for nobody: one too many at once is refused, and the next one after that is not', async () => {
    const gate = new McpGate(2)
    let open: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      open = resolve
    })
    const two = [gate.through('a', () => held), gate.through('a', () => held)]
    await expect(gate.through('a', async () => 1)).rejects.toMatchObject({
      code: 'too_many_mcp_calls',
      retryAfterSeconds: 1,
    })
    expect(await gate.through('b', async () => 2)).toBe(2)
    open()
    await Promise.all(two)
    expect(await gate.through('a', async () => 3)).toBe(3)
  })
})
