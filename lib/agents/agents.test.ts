import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '@/lib/access/scopes'
import { listCollaborators, putCollaborator, removeCollaborator } from '@/lib/agents/collaborators'
import { archiveAgent, createAgent, patchAgent, restoreAgent } from '@/lib/agents/commands'
import { deployRevision, listDeployments, readDeployedRevision } from '@/lib/agents/deployments'
import { readPublicAgent } from '@/lib/agents/public-profile'
import { agentNames, getAgent, listAgents } from '@/lib/agents/queries'
import { createRevision, getRevision, listRevisions } from '@/lib/agents/revisions'
import { agentIdSchema, createRevisionSchema, definitionOf } from '@/lib/agents/schema'
import { verifyAuditChain } from '@/lib/audit/verify'
import { changeAddress } from '@/lib/organization/address'
import { removeMember } from '@/lib/team/members'
import { DEFINITION, deployedAgent, newAgent } from '@/lib/testing/agent-fixture'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint, provision, rotate } from '@/lib/testing/token-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const BUILDER: Scope[] = [
  'agents:read',
  'agents:write',
  'revisions:read',
  'revisions:write',
  'revisions:deploy',
]

async function teamOf() {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const member = await organization.member('MEMBER')
  const colleague = await organization.member('MEMBER')
  return { organization, admin, member, colleague }
}

describe('who made it', () => {
  it('is the person of a session, and leads from a token to its family and its owner', async () => {
    const { organization, admin, member, colleague } = await teamOf()
    const agent = await deployedAgent(member)
    const { userId } = member.principal
    expect(await getAgent(member, { agent })).toMatchObject({
      createdBy: { kind: 'PERSON', id: userId, token: null },
      lastDeployment: { by: { id: userId } },
      yourRole: 'ADMIN',
    })

    const pat = await mint(member, { name: 'ci-deploy', scopes: BUILDER })
    const bearer = await organization.bearer(pat.secret)
    await createRevision(bearer, { agent, ...DEFINITION })
    const made = await getRevision(member, { agent, revision: 2 })
    expect(made.createdBy).toEqual({
      kind: 'PERSON',
      id: userId,
      label: member.principal.displayName,
      token: { id: pat.id, familyId: pat.summary.familyId, name: 'ci-deploy', currentId: pat.id },
    })
    // The same logical token under its new name and secret.
    const next = await rotate(member, pat.id, { name: 'ci-release' })
    const rotated = await getRevision(admin, { agent, revision: 2 })
    expect(rotated.createdBy.token).toMatchObject({
      id: pat.id,
      name: 'ci-release',
      currentId: next.id,
    })
    // Others may know who it was, but the token is not theirs to see.
    await putCollaborator(member, { agent, userId: colleague.principal.userId, role: 'VIEWER' })
    const seen = await getRevision(colleague, { agent, revision: 2 })
    expect(seen.createdBy.token?.currentId).toBeNull()
  })

  it('is the service account behind its token, whose grant of now counts', async () => {
    const { organization, admin, member } = await teamOf()
    const { account, token } = await provision(admin, BUILDER)
    const agent = await deployedAgent(await organization.bearer(token.secret))
    expect(await getAgent(admin, { agent })).toMatchObject({
      createdBy: { kind: 'SERVICE_ACCOUNT', id: account.id, token: { currentId: token.id } },
    })
    // No person made it, so it has no collaborator, and members do not see it.
    expect(await listCollaborators(admin, { agent })).toEqual([])
    await expect(getAgent(member, { agent })).rejects.toMatchObject({ kind: 'not-found' })
    await product.db.pool.query(`UPDATE service_accounts SET scopes = $2 WHERE id = $1`, [
      account.id,
      ['agents:read', 'revisions:read'],
    ])
    await expect(
      deployRevision(await organization.bearer(token.secret), { agent, revision: 1 }),
    ).rejects.toMatchObject({ missingScopes: ['revisions:deploy'] })
  })
})

describe('a grant', () => {
  it('opens one agent to a member, and shows it to nobody else', async () => {
    const { admin, member, colleague } = await teamOf()
    const [own, other] = [await newAgent(member), await newAgent(admin)]
    const ids = async () => (await listAgents(member)).items.map(({ id }) => id)
    expect(await ids()).toEqual([own])
    await putCollaborator(admin, { agent: other, userId: member.principal.userId, role: 'VIEWER' })
    expect(await ids()).toEqual([own, other])
    expect((await listAgents(colleague)).totalCount).toBe(0)
    expect((await listAgents(admin)).totalCount).toBe(2)
    // Nor does its name.
    const named = async (reader: typeof admin) => [...(await agentNames(reader)).keys()].sort()
    expect(await named(admin)).toEqual([own, other].sort())
    expect(await named(colleague)).toEqual([])
    await removeCollaborator(admin, { agent: other, userId: member.principal.userId })
    expect(await ids()).toEqual([own])
  })

  it('of a token is worth no more than the grant of its owner, and hands on no more than its scopes', async () => {
    const { organization, member, colleague } = await teamOf()
    const agent = await newAgent(member)
    const userId = colleague.principal.userId
    await putCollaborator(member, { agent, userId, role: 'VIEWER' })
    const pat = await mint(colleague, { scopes: BUILDER })
    const bearer = await organization.bearer(pat.secret)
    await expect(createRevision(bearer, { agent, ...DEFINITION })).rejects.toMatchObject({
      code: 'role_insufficient',
    })
    const bearerOf = async (...scopes: Scope[]) =>
      organization.bearer((await mint(member, { scopes })).secret)
    const narrow = await bearerOf('agents:read', 'agents:write')
    await putCollaborator(narrow, { agent, userId, role: 'VIEWER' })
    // Whoever may change an agent may run it too: a token that cannot gives nobody else that.
    const builder = await bearerOf(...BUILDER)
    for (const role of ['EDITOR', 'ADMIN'] as const) {
      await expect(putCollaborator(builder, { agent, userId, role })).rejects.toMatchObject({
        code: 'scope_exceeds_yours',
        missingScopes: ['agents:execute', 'agents:test', 'executions:read'],
      })
    }
  })

  it('ends with the membership, and the last admin of an agent stays', async () => {
    const { admin, member, colleague } = await teamOf()
    const agent = await newAgent(member)
    const [own, other] = [member.principal.userId, colleague.principal.userId]
    for (const attempt of [
      () => removeCollaborator(member, { agent, userId: own }),
      () => putCollaborator(member, { agent, userId: own, role: 'EDITOR' }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'last_agent_admin' })
    }
    await putCollaborator(member, { agent, userId: other, role: 'ADMIN' })
    // Two admins who leave each other out at once: one stays.
    const outs = await Promise.allSettled([
      removeCollaborator(member, { agent, userId: other }),
      removeCollaborator(colleague, { agent, userId: own }),
    ])
    expect(outs.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [left] = await listCollaborators(admin, { agent })
    await removeMember(admin, { userId: left?.userId ?? '' })
    expect(await listCollaborators(admin, { agent })).toEqual([])
    await expect(
      putCollaborator(admin, { agent, userId: left?.userId ?? '', role: 'EDITOR' }),
    ).rejects.toMatchObject({ kind: 'invalid', errors: [{ pointer: '/userId' }] })
  })
})

describe('revisions and deployments', () => {
  it('are numbered without a gap, also by editors at once, and never change', async () => {
    const { admin } = await teamOf()
    const agent = await newAgent(admin)
    const made = await Promise.all(
      Array.from({ length: 6 }, () => createRevision(admin, { agent, ...DEFINITION })),
    )
    expect(made.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6])
    const first = await listRevisions(admin, { agent, pageSize: 4 })
    const rest = await listRevisions(admin, { agent, pageSize: 4, pageToken: first.nextPageToken })
    expect([...first.items, ...rest.items].map(({ number }) => number)).toEqual([6, 5, 4, 3, 2, 1])
    for (const table of ['revision', 'deployment']) {
      if (table === 'deployment') await deployRevision(admin, { agent, revision: 1 })
      await expect(
        product.db.pool.query(`UPDATE agents.${table} SET maker_label = 'x' WHERE number = 1`),
      ).rejects.toThrow('never changed')
    }
  })

  it('let one of those win who deploy at once', async () => {
    const { organization, admin } = await teamOf()
    const agent = await deployedAgent(admin)
    const numbers = [2, 3, 4, 5]
    for (const _ of numbers) await createRevision(admin, { agent, ...DEFINITION })
    const results = await Promise.allSettled(
      numbers.map((revision) => deployRevision(admin, { agent, revision, previousRevision: 1 })),
    )
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(won).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ kind: 'conflict', code: 'deployed_meanwhile' })
      }
    }
    const stands = won[0]?.targetRevision
    expect(await readDeployedRevision(admin, { agent })).toMatchObject({ number: stands })
    // Deploying what stands is no news.
    await deployRevision(admin, { agent, revision: stands ?? 0 })
    const { items, totalCount } = await listDeployments(admin, { agent })
    expect([totalCount, items.map((one) => [one.previousRevision, one.targetRevision])]).toEqual([
      2,
      [
        [1, stands],
        [null, 1],
      ],
    ])
    await expect(deployRevision(admin, { agent, revision: 6 })).rejects.toMatchObject({
      kind: 'not-found',
    })
    const verified = await verifyAuditChain(product.db, { organizationId: organization.id })
    expect(verified).toMatchObject({ ok: true, events: 1 + 1 + 1 + 4 + 1 })
  })

  it('keep a definition as it was given', async () => {
    const { admin } = await teamOf()
    const agent = await newAgent(admin)
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,20}$/)
    const input = fc.record({
      instructions: fc.string({ minLength: 1, unit: 'grapheme' }),
      provider: fc.constantFrom('openai', 'anthropic'),
      model: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme-ascii' }),
      parameters: fc.uniqueArray(
        fc.record({
          name,
          type: fc.constantFrom('STRING' as const, 'NUMBER' as const, 'BOOLEAN' as const),
          required: fc.boolean(),
          description: fc.string({ maxLength: 50 }),
        }),
        { selector: (parameter) => parameter.name, maxLength: 5 },
      ),
      temperature: fc.option(fc.integer({ min: 0, max: 20 }).map((tenths) => tenths / 10)),
      maxOutputTokens: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
      comment: fc.string({ maxLength: 100 }),
    })
    await fc.assert(
      fc.asyncProperty(input, async (given) => {
        const parsed = createRevisionSchema.safeParse(given)
        fc.pre(parsed.success)
        const { number } = await createRevision(admin, { agent, ...parsed.data })
        const read = await getRevision(admin, { agent, revision: number })
        expect(read.definition).toEqual(definitionOf(parsed.data))
        expect(read.definition.instructions).toBe(given.instructions)
      }),
      { numRuns: 20 },
    )
  })
})

describe('an agent', () => {
  it('keeps its id for ever, archived too, and its uid leads to it', async () => {
    const { admin } = await teamOf()
    const agent = await newAgent(admin)
    const { uid } = await getAgent(admin, { agent })
    expect(await getAgent(admin, { agent: uid })).toMatchObject({ id: agent })
    await archiveAgent(admin, { agent })
    await archiveAgent(admin, { agent })
    await expect(createAgent(admin, { id: agent, displayName: 'Again' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'agent_id_taken',
      errors: [{ pointer: '/id' }],
    })
    expect((await listAgents(admin)).totalCount).toBe(0)
    expect((await listAgents(admin, { includeArchived: true })).totalCount).toBe(1)
    expect([...(await agentNames(admin)).keys()]).toEqual([agent])
    expect((await agentNames(admin, { archived: false })).size).toBe(0)
    for (const attempt of [
      () => patchAgent(admin, { agent, displayName: 'New' }),
      () => createRevision(admin, { agent, ...DEFINITION }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'agent_archived' })
    }
    expect(await restoreAgent(admin, { agent })).toMatchObject({ archivedAt: null })
    for (const id of ['A', '-a', 'a--b', 'a:b', 'a/b', uid, 'x'.repeat(65)]) {
      expect(agentIdSchema.safeParse(id).success).toBe(false)
    }
  })

  it('is found by part of its names, page by page', async () => {
    const { admin } = await teamOf()
    for (const id of ['fleet-support', 'fleet-billing', 'code-review']) {
      await createAgent(admin, { id, displayName: id.replace('-', ' ') })
    }
    expect((await listAgents(admin, { search: 'FLEET' })).totalCount).toBe(2)
    const first = await listAgents(admin, { pageSize: 2 })
    const rest = await listAgents(admin, { pageSize: 2, pageToken: first.nextPageToken })
    expect([first.items.length, rest.items.map(({ id }) => id), rest.nextPageToken]).toEqual([
      2,
      ['code-review'],
      '',
    ])
  })

  it('is anybody’s to read only while it is public', async () => {
    const { organization, admin, member } = await teamOf()
    const agent = await newAgent(member)
    const read = (slug = organization.slug) => readPublicAgent(product.db, { slug, agent })
    expect(await read()).toBeNull()
    await patchAgent(member, { agent, isPublic: true, description: 'Sorts tickets.' })
    const shown = {
      organization: {
        slug: organization.slug,
        name: expect.any(String),
        website: null,
        logoId: null,
      },
      agent: { id: agent, displayName: 'Ticket triage', description: 'Sorts tickets.' },
    }
    expect(await read()).toEqual(shown)
    const moved = `moved-${organization.slug}`
    await changeAddress(admin, { slug: moved })
    expect(await read()).toMatchObject({ organization: { slug: moved } })
    expect(await read('elsewhere')).toBeNull()
    await archiveAgent(member, { agent })
    expect(await read(moved)).toBeNull()
    // What was archived comes back private.
    await restoreAgent(member, { agent })
    expect(await read(moved)).toBeNull()
  })
})
