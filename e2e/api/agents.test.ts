import { afterAll, beforeAll, expect, it } from 'vitest'
import { auditOf } from '@/e2e/api/support/history'
import { createWorld, type Organization, type World } from '@/e2e/api/support/world'
import type { Scope } from '@/lib/access/scopes'

const BUILDER: Scope[] = [
  'agents:read',
  'agents:write',
  'revisions:read',
  'revisions:write',
  'revisions:deploy',
]
const DEFINITION = { instructions: 'Sort it.', provider: 'openai', model: 'gpt-5-mini' }

let world: World
let org: Organization
beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
})
afterAll(() => world.close())

it('takes an agent from its first revision to a roll-back, and says who did what by which token', async () => {
  const account = await org.serviceAccount(BUILDER)
  const token = await org.token(account, BUILDER)
  const program = world.as(token)
  const agents = `${org.path}/agents`
  const made = await program.post(agents, { id: 'ticket-triage', displayName: 'Ticket triage' })
  expect(made.status, made.text).toBe(201)
  expect(made.headers.location).toBe(`${agents}/ticket-triage`)
  const agent = `${agents}/ticket-triage`
  for (const comment of ['First', 'Second']) {
    const added = await program.post(`${agent}/revisions`, { ...DEFINITION, comment })
    expect(added.status, added.text).toBe(201)
  }
  expect((await program.post(`${agent}/revisions/2:deploy`)).status).toBe(200)
  // Both believe that revision 2 runs: the other is told that it does not any more.
  const race = await Promise.all(
    [1, 1].map(() => program.post(`${agent}/revisions/1:deploy`, { previousRevision: 2 })),
  )
  expect(race.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(race.find(({ status }) => status === 409)?.json().code).toBe('deployed_meanwhile')

  const by = {
    createdBy: account.serviceAccountId,
    createdByType: 'SERVICE_ACCOUNT',
    tokenId: token.id,
    tokenFamilyId: token.id,
  }
  const deploys = await program.get(`${agent}/revisions/deploys`)
  expect(deploys.json()).toMatchObject([
    { previousRevision: 2, targetRevision: 1, status: 'SUCCESS', ...by },
    { previousRevision: null, targetRevision: 2, ...by },
  ])
  const first = await program.get(`${agent}/revisions/deploys?pageSize=1`)
  const next = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? ''
  expect((await program.get(next)).json()).toMatchObject([{ targetRevision: 2 }])
  expect((await program.get(`${agent}/history`)).json()).toMatchObject({
    items: [
      { agentId: 'ticket-triage', agentRevision: 2, comment: 'Second', ...by },
      { agentRevision: 1, comment: 'First' },
    ],
    totalCount: 2,
  })
  expect((await program.get(agent)).json()).toMatchObject({ deployedRevision: 1, ...by })
  expect((await auditOf(world.pool, org.id)).map(({ eventType }) => eventType)).toEqual([
    'AGENT_CREATED',
    'REVISION_CREATED',
    'REVISION_CREATED',
    'REVISION_DEPLOYED',
    'REVISION_DEPLOYED',
  ])

  // Usage and budgets go on by name, for agents that are known here and for those that are not.
  for (const name of ['ticket-triage', 'reported-elsewhere']) {
    const budget = `${agents}/${name}/budget`
    const set = { amount: 5 }
    const put = await world.call({ method: 'PUT', path: budget, token: token.secret, body: set })
    expect(put.json(), put.text).toMatchObject({ agentId: name, amount: 5 })
  }
})

it('shows a member’s token what was shared with the member, and lets it do no more than that', async () => {
  const [admin, member] = [await org.person('ADMIN'), await org.person('MEMBER')]
  const agent = `${org.path}/agents/${await org.agent(admin)}`
  const boss = await org.token(admin, BUILDER)
  const theirs = await org.token(member, BUILDER)
  const program = world.as(theirs)
  const missing = await program.get(`${org.path}/agents/nobody`)
  const unshared = await program.get(agent)
  const { requestId: _a, instance: _b, ...told } = missing.json()
  expect([unshared.status, unshared.json()]).toMatchObject([404, told])
  const role = { userId: member.userId, role: 'VIEWER' }
  const path = `${agent}/collaborators`
  const given = await world.call({ method: 'PUT', path, token: boss.secret, body: role })
  expect(given.json(), given.text).toMatchObject({ ...role, status: 'ACTIVE' })
  expect((await program.get(agent)).status).toBe(200)
  const refused = await program.post(`${agent}/revisions`, DEFINITION)
  expect([refused.status, refused.json().code]).toEqual([403, 'role_insufficient'])
  const path2 = `${path}/${member.userId}`
  await world.call({ method: 'DELETE', path: path2, token: boss.secret })
  expect((await program.get(agent)).status).toBe(404)
})

it('lets a member ask for access without telling whether there is something to ask for', async () => {
  const [admin, member] = [await org.person('ADMIN'), await org.person('MEMBER')]
  const agent = await org.agent(admin)
  const path = (name: string) => `${org.path}/agents/${name}/collaborators`
  const boss = world.as(
    await org.token(admin, [...BUILDER, 'agents:execute', 'agents:test', 'executions:read']),
  )
  const token = await org.token(member, BUILDER)
  const program = world.as(token)
  const wish = { role: 'EDITOR', message: 'For the night shift.' }
  const [there, missing] = await Promise.all(
    [agent, 'no-such-agent'].map((name) => program.post(`${path(name)}:requestAccess`, wish)),
  )
  expect([there?.status, there?.json()]).toEqual([202, { status: 'PENDING' }])
  expect([missing?.status, missing?.text]).toEqual([there?.status, there?.text])

  // The worker of the product stores what there is to store.
  const listed = () => boss.get(path(agent)).then((answer) => answer.json<{ status: string }[]>())
  await expect.poll(listed, { timeout: 20_000 }).toMatchObject([
    {
      ...wish,
      userId: member.userId,
      status: 'PENDING',
      alertPreferences: { errorAlerts: true, accessRequestAlerts: true, budgetAlerts: true },
    },
  ])
  expect((await program.get(path(agent))).status).toBe(404)
  const approved = await boss.post(`${path(agent)}/${member.userId}:approve`)
  expect(approved.json(), approved.text).toMatchObject({ role: 'EDITOR', status: 'ACTIVE' })
  const declined = await boss.post(`${path(agent)}/${member.userId}:reject`)
  expect([declined.status, declined.json().code]).toEqual([409, 'request_answered'])

  // From now on the member decides what they are told of, and about nobody else.
  const quiet = { alertPreferences: { errorAlerts: false } }
  const put = (userId: string) =>
    world.call({
      method: 'PUT',
      path: path(agent),
      token: token.secret,
      body: { userId, ...quiet },
    })
  expect((await put(member.userId)).json()).toMatchObject({
    role: 'EDITOR',
    alertPreferences: { errorAlerts: false, budgetAlerts: true },
  })
  expect((await put(admin.userId)).status).toBe(403)
  expect((await program.post(`${path(agent)}:requestAccess`, { role: 'ADMIN' })).status).toBe(202)
  expect((await program.delete(`${path(agent)}/${member.userId}`)).status).toBe(204)
  expect((await listed()).map(({ status }) => status)).toEqual(['ACTIVE'])
})
