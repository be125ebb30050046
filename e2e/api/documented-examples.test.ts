import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type Organization, type Token, type World } from '@/e2e/api/support/world'
import { PRESETS } from '@/lib/access/presets'
import { ALL_SCOPES } from '@/lib/access/scopes'

/**
 * The curl commands of the product's "Tokens" guide, to the letter.
 */
const EXAMPLES = {
  scopes: `curl -X GET "https://api.fruxon.com/v1/tenants/{tenant}/tokens/scopes" \\
  -H "Authorization: Bearer $FRUXON_TOKEN"`,
  current: `curl -X GET "https://api.fruxon.com/v1/tenants/{tenant}/tokens/current" \\
  -H "Authorization: Bearer $FRUXON_TOKEN"`,
  rotate: `curl -X POST "https://api.fruxon.com/v1/tenants/{tenant}/tokens/{token}:rotate" \\
  -H "Authorization: Bearer $FRUXON_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{
    "scopes": ["agents:execute", "traces:write"],
    "expirationDays": 90
  }'`,
  execute: `curl -X POST "https://api.fruxon.com/v1/tenants/{tenant}/agents/{agent}:execute" \\
  -H "Authorization: Bearer $FRUXON_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"input": {"topic": "the EU AI Act"}}'`,
  auditEvents: `curl -X GET "https://api.fruxon.com/v1/tenants/{tenant}/tokens/{token}/auditEvents" \\
  -H "Authorization: Bearer $FRUXON_TOKEN"`,
  activity: `curl -X GET "https://api.fruxon.com/v1/tenants/{tenant}/tokens/{token}/activity?pageSize=50" \\
  -H "Authorization: Bearer $FRUXON_TOKEN"`,
}

const DAY_MS = 24 * 60 * 60 * 1000
const shell = promisify(execFile)

let world: World
let org: Organization
let caller: Token
let subject: Token
let agent: string

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  const person = await org.person('ADMIN')
  caller = await org.token(person, ALL_SCOPES, { expiresInMs: null, name: 'guide reader' })
  agent = await org.runnableAgent(person)
  subject = await org.token(person, ['agents:execute', 'traces:write', 'agents:read'])
})
afterAll(() => world.close())

/** Runs the example in a shell, as a reader of the guide would, on our host. */
async function run(example: keyof typeof EXAMPLES): Promise<Record<string, unknown>> {
  const command = EXAMPLES[example]
    .replace('https://api.fruxon.com', world.product.url)
    .replace('{tenant}', org.slug)
    .replace('{token}', subject.id)
    .replace('{agent}', agent)
    .replace('curl ', 'curl -sS -w "\\n%{http_code}" ')
  const { stdout } = await shell('sh', ['-c', command], {
    env: { ...process.env, FRUXON_TOKEN: caller.secret, NO_PROXY: '*' },
  })
  const cut = stdout.lastIndexOf('\n')
  expect(stdout.slice(cut + 1), stdout).toBe('200')
  return JSON.parse(stdout.slice(0, cut))
}

it('there is a curl to run them with', async () => {
  const { stdout } = await shell('curl', ['--version'])
  expect(stdout).toMatch(/^curl \d/)
})

it('discovers the live vocabulary', async () => {
  const catalogue = await run('scopes')
  const scopes = catalogue.scopes as {
    id: string
    resource: string
    action: string
    label: string
  }[]
  expect(scopes.map(({ id }) => id)).toEqual(ALL_SCOPES)
  for (const { id, resource, action } of scopes) expect(id).toBe(`${resource}:${action}`)
  expect(catalogue.resources).toHaveLength(18)
  expect((catalogue.presets as { id: string }[]).map(({ id }) => id)).toEqual([
    'runner',
    'builder',
    'read-only',
    'admin',
  ])
})

it('inspects the token in hand: name, display prefix, scopes, expiry, last use, no secret', async () => {
  const current = await run('current')
  expect(current).toMatchObject({
    name: 'guide reader',
    keyPrefix: caller.secret.slice(0, 11),
    scopes: ALL_SCOPES,
    expiresAt: null,
  })
  expect(current).toHaveProperty('lastUsedAt')
  expect(JSON.stringify(current)).not.toContain(caller.secret)
})

it('runs an agent, whose answer says what it cost and where it is recorded', async () => {
  const ran = await run('execute')
  expect(ran).toMatchObject({
    response: expect.stringContaining('the EU AI Act'),
    sessionId: expect.any(String),
    links: [{ rel: 'execution' }, { rel: 'dashboard' }],
    trace: { agentId: agent, agentRevision: 1, inputCost: 0, outputCost: 0, totalCost: 0 },
  })
  const recorded = await world.as(caller).get(`${org.path}/executions/${ran.executionRecordId}`)
  expect(recorded.json()).toMatchObject({ status: 'SUCCEEDED', sessionId: ran.sessionId })
})

it('rotates with overrides: narrower scopes, a new expiry, the name inherited, the old secret dead', async () => {
  const rotated = await run('rotate')
  expect(rotated).toMatchObject({
    name: 'test token',
    scopes: ['agents:execute', 'traces:write'],
    type: 'USER',
  })
  expect(Number(rotated.expiresAt) - Number(rotated.createdAt)).toBe(90 * DAY_MS)
  const current = `${org.path}/tokens/current`
  expect((await world.as(subject).get(current)).status).toBe(401)
  expect((await world.as({ secret: String(rotated.token) }).get(current)).status).toBe(200)
})

it('reads the audit history and the activity', async () => {
  const audit = await run('auditEvents')
  const types = (audit.items as { eventType: string }[]).map(({ eventType }) => eventType)
  expect(types).toContain('ROTATED')
  await expect
    .poll(async () => ((await run('activity')).items as unknown[]).length, { timeout: 20_000 })
    .toBeGreaterThan(0)
  const [event] = (await run('activity')).items as Record<string, unknown>[]
  expect(event).toMatchObject({
    path: '/v1/tenants/{tenant}/tokens/current',
    statusCode: 200,
    latencyMs: expect.any(Number),
    actor: expect.stringContaining('test token'),
  })
})

describe('the presets of the guide', () => {
  it('are expanded at mint: 2, 14, 16 and 41 scopes, and only those are stored', async () => {
    const holder = world.as(caller)
    for (const [preset, size] of Object.entries({
      runner: 2,
      builder: 14,
      'read-only': 16,
      admin: 41,
    })) {
      const answer = await holder.post(`${org.path}/tokens:generate`, { preset })
      const { id, scopes } = answer.json<{ id: string; scopes: string[] }>()
      expect(scopes).toHaveLength(size)
      expect(scopes).toEqual(PRESETS.find((entry) => entry.id === preset)?.scopes)
      const { rows } = await world.pool.query(
        'SELECT scopes, to_jsonb(t)::text AS whole FROM tokens t WHERE id = $1',
        [id],
      )
      expect(rows[0].scopes).toEqual(scopes)
      expect(rows[0].whole).not.toContain(`"${preset}"`)
    }
  })

  it('are united with the scopes beside them', async () => {
    const holder = world.as(caller)
    const body = { preset: 'runner', scopes: ['keys:read', 'agents:execute'] }
    const answer = await holder.post(`${org.path}/tokens:generate`, body)
    expect(answer.json().scopes).toEqual(['agents:execute', 'traces:write', 'keys:read'])
  })
})
