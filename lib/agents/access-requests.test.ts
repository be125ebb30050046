import { runMigrations } from 'graphile-worker'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '@/lib/access/scopes'
import { REQUESTS_PER_HOUR } from '@/lib/agents/access-request-pace'
import { settleAccessRequest } from '@/lib/agents/access-request-queue'
import { deleteExpiredRequests } from '@/lib/agents/access-request-rows'
import {
  approveAccessRequest,
  listAccessRequests,
  readOwnAccessRequest,
  rejectAccessRequest,
  requestAccess,
} from '@/lib/agents/access-requests'
import {
  listCollaborators,
  putCollaborator,
  readOwnCollaborator,
  removeCollaborator,
} from '@/lib/agents/collaborators'
import { archiveAgent } from '@/lib/agents/commands'
import { getAgent } from '@/lib/agents/queries'
import { verifyAuditChain } from '@/lib/audit/verify'
import { noticesOf, outboxOf, type PersonContext } from '@/lib/notifications/notifications-fixture'
import { removeMember } from '@/lib/team/members'
import { newAgent } from '@/lib/testing/agent-fixture'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint, provision } from '@/lib/testing/token-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
  // The queue.
  await runMigrations({ pgPool: product.db.pool })
})
afterAll(() => product.close())

/** An agent of a member, an admin of the organization, and somebody who does not see it. */
async function scene() {
  const organization = await product.organization()
  const boss = await organization.member('ADMIN')
  const maker = await organization.member('MEMBER')
  const asker = await organization.member('MEMBER')
  const agent = await newAgent(maker)
  const userId = asker.principal.userId
  return { organization, boss, maker, asker, agent, userId }
}

const ask = (ctx: PersonContext, agent: string, role: 'VIEWER' | 'EDITOR' | 'ADMIN' = 'VIEWER') =>
  requestAccess(ctx, { agent, role, message: 'For the **night** shift' })

/** What waits for the worker, in order; taken from the queue. */
async function queued(organizationId: string): Promise<unknown[]> {
  const { rows } = await product.db.pool.query<{ payload: unknown }>(
    `DELETE FROM graphile_worker._private_jobs WHERE payload->>'organizationId' = $1
     RETURNING payload, id`,
    [organizationId],
  )
  return rows.map(({ payload }) => payload)
}

/** Does what the worker would. */
async function settle(ctx: PersonContext): Promise<number> {
  const jobs = await queued(ctx.organization.id)
  for (const job of jobs) await settleAccessRequest(ctx, job)
  return jobs.length
}

const kindsOf = async ({ principal }: PersonContext) =>
  (await noticesOf(product.db, principal.userId)).map(({ kind }) => kind)

async function events(organizationId: string): Promise<string[]> {
  const { rows } = await product.db.pool.query<{ type: string }>(
    `SELECT payload::json->>'eventType' AS type FROM audit.event WHERE organization_id = $1 ORDER BY seq`,
    [organizationId],
  )
  return rows.map(({ type }) => type).filter((type) => type.startsWith('ACCESS_'))
}

describe('asking for access', () => {
  it('costs the same whether or not the agent is there, and is stored only if it is', async () => {
    const { maker, asker, agent, organization } = await scene()
    const archivedOne = await newAgent(maker)
    await archiveAgent(maker, { agent: archivedOne })
    for (const name of [agent, archivedOne, 'no-such-agent']) {
      expect(await ask(asker, name)).toBeUndefined()
      expect(await removeCollaborator(asker, { agent: name, userId: asker.principal.userId })).toBe(
        undefined,
      )
    }
    const shapes = (await queued(organization.id)).map((job) =>
      Object.keys(job as object)
        .sort()
        .join(),
    )
    expect([shapes.length, new Set(shapes).size]).toEqual([6, 1])
    // What is no id at all waits nowhere.
    await ask(asker, 'No\0Agent')
    await ask(asker, agent)
    await ask(asker, 'no-such-agent')
    await ask(asker, archivedOne)
    expect(await settle(asker)).toBe(3)
    const { rows } = await product.db.pool.query(
      'SELECT 1 FROM agents.access_request WHERE organization_id = $1',
      [organization.id],
    )
    expect(rows).toHaveLength(1)
    expect(await listAccessRequests(maker, { agent })).toMatchObject([
      { userId: asker.principal.userId, role: 'VIEWER', currentRole: null },
    ])
    expect(await events(organization.id)).toEqual(['ACCESS_REQUESTED'])
    expect(await verifyAuditChain(product.db, { organizationId: organization.id })).toMatchObject({
      ok: true,
    })
    await expect(getAgent(asker, { agent })).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('tells the admins of the agent once, and those of the organization where it has none', async () => {
    const { boss, maker, asker, agent, organization } = await scene()
    await ask(asker, agent)
    await settle(asker)
    await ask(asker, agent, 'EDITOR')
    await settle(asker)
    expect(await listAccessRequests(maker, { agent })).toMatchObject([{ role: 'EDITOR' }])
    expect([await kindsOf(maker), await kindsOf(boss)]).toEqual([['agent-access-requested'], []])
    expect(await outboxOf(product.db, maker.principal.email)).toHaveLength(1)
    // Whoever does not want to hear of it does not; then the organization does.
    const quiet = {
      userId: maker.principal.userId,
      alertPreferences: { accessRequestAlerts: false },
    }
    await putCollaborator(maker, { agent, ...quiet })
    const other = await organization.member('FINANCE')
    await ask(other, agent)
    await settle(other)
    expect([(await kindsOf(maker)).length, await kindsOf(boss)]).toEqual([
      1,
      ['agent-access-requested'],
    ])
  })

  it('is bounded by person, for names that are not there too', async () => {
    const { asker, boss } = await scene()
    for (let count = 0; count < REQUESTS_PER_HOUR; count++) await ask(asker, 'no-such-agent')
    await expect(ask(asker, 'another-one')).rejects.toMatchObject({
      kind: 'throttled',
      code: 'too_many_access_requests',
    })
    // Whoever sees every agent is told that it is none.
    await expect(ask(boss, 'no-such-agent')).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('for more of an agent that one sees is at once, and one may take it back', async () => {
    const { maker, asker, agent, userId, organization } = await scene()
    await putCollaborator(maker, { agent, userId, role: 'VIEWER' })
    await ask(asker, agent, 'VIEWER')
    expect(await readOwnAccessRequest(asker, { agent })).toBeNull()
    await ask(asker, agent, 'ADMIN')
    expect(await readOwnAccessRequest(asker, { agent })).toMatchObject({
      role: 'ADMIN',
      currentRole: 'VIEWER',
      message: 'For the **night** shift',
    })
    // Only admins of the agent see who asks.
    expect(await listAccessRequests(asker, { agent })).toEqual([])
    await removeCollaborator(asker, { agent, userId })
    expect(await readOwnAccessRequest(asker, { agent })).toBeNull()
    expect((await getAgent(asker, { agent })).yourRole).toBe('VIEWER')
    // Nothing to take back: taking the role is for admins.
    await expect(removeCollaborator(asker, { agent, userId })).rejects.toMatchObject({
      code: 'role_insufficient',
    })
    expect(await events(organization.id)).toEqual(['ACCESS_REQUESTED', 'ACCESS_WITHDRAWN'])
    await archiveAgent(maker, { agent })
    await expect(ask(asker, agent, 'EDITOR')).rejects.toMatchObject({ code: 'agent_archived' })
  })

  it('is forgotten after thirty days, and asked for nothing by a service account', async () => {
    const { organization, boss, maker, asker, agent, userId } = await scene()
    const { token } = await provision(boss, ['agents:read', 'agents:write'])
    await requestAccess(await organization.bearer(token.secret), { agent, role: 'ADMIN' })
    expect(await queued(organization.id)).toEqual([])
    await ask(asker, agent)
    await settle(asker)
    const [waiting] = await listAccessRequests(maker, { agent })
    expect((waiting?.expiresAt ?? 0) - (waiting?.createdAt ?? 0)).toBe(30 * 86_400_000)
    await product.db.pool.query(
      `UPDATE agents.access_request SET expires_at = now() - interval '1 millisecond'
       WHERE organization_id = $1`,
      [organization.id],
    )
    expect(await listAccessRequests(maker, { agent })).toEqual([])
    await expect(approveAccessRequest(maker, { agent, userId })).rejects.toMatchObject({
      kind: 'not-found',
    })
    expect(await deleteExpiredRequests(product.db.pool)).toBe(1)
  })
})

describe('an answer', () => {
  async function waiting(role: 'VIEWER' | 'EDITOR' | 'ADMIN' = 'EDITOR') {
    const made = await scene()
    await ask(made.asker, made.agent, role)
    await settle(made.asker)
    return made
  }

  it('gives the role once, whoever approves at once, and tells who asked', async () => {
    const { boss, maker, asker, agent, userId, organization } = await waiting()
    const both = await Promise.all(
      [boss, maker].map((admin) => approveAccessRequest(admin, { agent, userId })),
    )
    expect(both.map(({ role }) => role)).toEqual(['EDITOR', 'EDITOR'])
    expect((await getAgent(asker, { agent })).yourRole).toBe('EDITOR')
    expect(await listAccessRequests(maker, { agent })).toEqual([])
    expect(await events(organization.id)).toEqual(['ACCESS_REQUESTED', 'ACCESS_APPROVED'])
    expect(await noticesOf(product.db, userId)).toMatchObject([
      {
        kind: 'agent-access-answered',
        reason: 'ASKED',
        facts: { granted: { roleLabel: 'Editor' } },
      },
    ])
    await expect(rejectAccessRequest(maker, { agent, userId })).rejects.toMatchObject({
      code: 'request_answered',
    })
  })

  it('is approved or declined, never both', async () => {
    const { boss, maker, asker, agent, userId } = await waiting()
    const [approved, declined] = await Promise.allSettled([
      approveAccessRequest(boss, { agent, userId }),
      rejectAccessRequest(maker, { agent, userId }),
    ])
    expect([approved.status, declined.status].sort()).toEqual(['fulfilled', 'rejected'])
    const sees = await getAgent(asker, { agent }).then(
      () => true,
      () => false,
    )
    expect(sees).toBe(approved.status === 'fulfilled')
    expect(await kindsOf(asker)).toEqual(['agent-access-answered'])
  })

  it('that declines names nothing that the asker did not, and they may ask again', async () => {
    const { boss, maker, asker, agent, userId } = await waiting()
    await rejectAccessRequest(maker, { agent, userId })
    await rejectAccessRequest(boss, { agent, userId })
    expect(await noticesOf(product.db, userId)).toMatchObject([
      { facts: { agentId: agent, granted: null } },
    ])
    await ask(asker, agent)
    await settle(asker)
    expect(await listAccessRequests(maker, { agent })).toMatchObject([{ role: 'VIEWER' }])
    // As an admin removes a collaborator.
    await removeCollaborator(maker, { agent, userId })
    expect(await kindsOf(asker)).toEqual(['agent-access-answered', 'agent-access-answered'])
    expect((await kindsOf(maker)).length).toBe(2)
  })

  it('is a role given otherwise, where it is as much', async () => {
    const { maker, agent, userId, asker } = await waiting('EDITOR')
    await putCollaborator(maker, { agent, userId, role: 'VIEWER' })
    expect(await listAccessRequests(maker, { agent })).toMatchObject([{ currentRole: 'VIEWER' }])
    await putCollaborator(maker, { agent, userId, role: 'ADMIN' })
    expect(await listAccessRequests(maker, { agent })).toEqual([])
    // Nothing new, and no error.
    expect(await approveAccessRequest(maker, { agent, userId })).toMatchObject({ role: 'ADMIN' })
    expect(await kindsOf(asker)).toEqual(['agent-access-answered'])
  })

  it('needs an admin of the agent, by a token that is worth the role', async () => {
    const { organization, boss, maker, asker, agent, userId } = await waiting()
    const editor = await organization.member('MEMBER')
    await putCollaborator(maker, { agent, userId: editor.principal.userId, role: 'EDITOR' })
    for (const answer of [approveAccessRequest, rejectAccessRequest]) {
      await expect(answer(editor, { agent, userId })).rejects.toMatchObject({
        code: 'role_insufficient',
      })
      await expect(answer(asker, { agent, userId })).rejects.toMatchObject({ kind: 'not-found' })
      await expect(answer(boss, { agent, userId: editor.principal.userId })).rejects.toMatchObject({
        kind: 'not-found',
      })
    }
    const scopes: Scope[] = ['agents:read', 'agents:write']
    const bearer = await organization.bearer((await mint(maker, { scopes })).secret)
    await expect(approveAccessRequest(bearer, { agent, userId })).rejects.toMatchObject({
      code: 'scope_exceeds_yours',
    })
    await rejectAccessRequest(bearer, { agent, userId })
  })

  it('and a leave at once end in nothing that is left over', async () => {
    for (let round = 0; round < 4; round++) {
      const { boss, maker, agent, userId, organization } = await waiting()
      const [approved] = await Promise.allSettled([
        approveAccessRequest(maker, { agent, userId }),
        removeMember(boss, { userId }),
      ])
      if (approved.status === 'rejected') {
        expect(approved.reason).toMatchObject({ kind: 'not-found' })
      }
      const { rows } = await product.db.pool.query(
        `SELECT user_id FROM agents.collaborator WHERE organization_id = $1 AND user_id = $2
         UNION ALL SELECT user_id FROM agents.access_request WHERE organization_id = $1 AND user_id = $2`,
        [organization.id, userId],
      )
      expect(rows).toEqual([])
      expect(await verifyAuditChain(product.db, { organizationId: organization.id })).toMatchObject(
        {
          ok: true,
        },
      )
    }
  })
})

describe('what a collaborator is told of', () => {
  it('begins with everything, is theirs to change, and an admin’s', async () => {
    const { organization, boss, maker, asker, agent, userId } = await scene()
    const all = { errorAlerts: true, accessRequestAlerts: true, budgetAlerts: true }
    const given = await putCollaborator(maker, { agent, userId, role: 'VIEWER' })
    expect(given.alertPreferences).toEqual(all)
    const change = (ctx: PersonContext, who: PersonContext) =>
      putCollaborator(ctx, {
        agent,
        userId: who.principal.userId,
        alertPreferences: { errorAlerts: false },
      })
    await change(asker, asker)
    // Another role leaves them as they are.
    expect(await putCollaborator(maker, { agent, userId, role: 'EDITOR' })).toMatchObject({
      role: 'EDITOR',
      alertPreferences: { ...all, errorAlerts: false },
    })
    expect(await readOwnCollaborator(asker, { agent })).toMatchObject({ role: 'EDITOR' })
    await expect(change(asker, maker)).rejects.toMatchObject({ code: 'role_insufficient' })
    await expect(putCollaborator(asker, { agent, userId, role: 'ADMIN' })).rejects.toMatchObject({
      code: 'role_insufficient',
    })
    await change(boss, maker)
    const listed = await listCollaborators(asker, { agent })
    expect(listed.map(({ alertPreferences }) => alertPreferences.errorAlerts)).toEqual([
      false,
      false,
    ])
    const stranger = await organization.member('MEMBER')
    await expect(change(maker, stranger)).rejects.toMatchObject({
      kind: 'invalid',
      errors: [{ pointer: '/role' }],
    })
  })

  it('is all that somebody may change whose role was taken a moment ago', async () => {
    const { maker, asker, agent, userId } = await scene()
    const { uid } = await getAgent(maker, { agent })
    for (const role of ['ADMIN', null] as const) {
      await putCollaborator(maker, { agent, userId, role: 'ADMIN' })
      const alertPreferences = { errorAlerts: role !== 'ADMIN' }
      // They are found to be an admin, and wait for the agent.
      const result = await whileHeld(uid, () =>
        putCollaborator(asker, { agent, userId, role, alertPreferences }).catch(({ code }) => code),
      )
      expect((await getAgent(asker, { agent })).yourRole).toBe('VIEWER')
      if (role === 'ADMIN') expect(result).toBe('role_insufficient')
      else expect(result).toMatchObject({ role: 'VIEWER', alertPreferences })
    }
  })
})

/** Starts `call` while somebody holds the agent, and makes its admins but the first viewers before it is let go. */
async function whileHeld<T>(uid: string, call: () => Promise<T>): Promise<T> {
  const holder = await product.db.pool.connect()
  try {
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM agents.agent WHERE uid = $1 FOR UPDATE', [uid])
    const waiting = call()
    await expect
      .poll(async () => {
        const { rows } = await product.db.pool.query<{ blocked: boolean }>(
          `SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
             AND pg_backend_pid() <> pid AND cardinality(pg_blocking_pids(pid)) > 0) AS blocked`,
        )
        return rows[0]?.blocked
      })
      .toBe(true)
    await holder.query(
      `UPDATE agents.collaborator SET role = 'VIEWER' WHERE agent_uid = $1 AND user_id > (
         SELECT min(user_id::text)::uuid FROM agents.collaborator WHERE agent_uid = $1)`,
      [uid],
    )
    await holder.query('COMMIT')
    return await waiting
  } finally {
    holder.release()
  }
}
