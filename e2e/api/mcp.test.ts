import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callAndLeave } from '@/e2e/api/support/leaving-caller'
import { validRequest } from '@/e2e/api/support/valid-requests'
import { type Caller, createWorld, type Organization, type World } from '@/e2e/api/support/world'
import { type ApiAnswer, callApi } from '@/e2e/support/api-client'
import { newId } from '@/lib/ids'

/** Integrations as MCP servers, called by the client of the SDK over the network. */

const TOOL_POWERS = ['agents:execute', 'llm_providers:read', 'traces:read'] as const
const JSON_RPC = { Accept: 'application/json, text/event-stream' }
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' }

let world: World
let org: Organization
let admin: Caller
/** Deployed, on the provider that calls no model. */
let agent: string

beforeAll(async () => {
  world = await createWorld({ env: { LOG_LEVEL: 'debug' } })
  org = await world.organization()
  const person = await org.person('ADMIN')
  admin = world.as(
    await org.token(person, ['integrations:read', 'integrations:write', ...TOOL_POWERS]),
  )
  agent = await org.runnableAgent(person)
})
afterAll(() => world.close())

interface Mcp {
  integrationId: string
  enabled: boolean
  configId: string
  exposedToolIds: string[]
  apiKey: string | null
  apiKeyId: string | null
  keyPrefix: string | null
  callUrl: string
  testUrl: string
}

interface Published extends Mcp {
  apiKey: string
  path: string
}

/** A new integration that runs the agent, enabled. */
async function published(change: Record<string, unknown> = {}): Promise<Published> {
  const id = `desk-${newId().slice(-12)}`
  const wish = { id, displayName: 'Support desk', agentIds: [agent] }
  expect((await admin.post(`${org.path}/integrations`, wish)).status).toBe(201)
  const path = `${org.path}/integrations/${id}`
  const answer = await admin.patch(`${path}/mcp`, { enabled: true, ...change })
  expect(answer.status).toBe(200)
  const mcp = answer.json<Mcp>()
  return { ...mcp, apiKey: mcp.apiKey ?? '', path }
}

/** Where the product really listens, whatever its public address. */
const here = (url: string) => new URL(new URL(url).pathname, world.product.url)

async function connected(url: string, apiKey: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(
    new StreamableHTTPClientTransport(here(url), {
      requestInit: { headers: { Authorization: `Bearer ${apiKey}` } },
    }),
  )
  return client
}

const post = (url: string, token: string | undefined, body: unknown = LIST, headers = JSON_RPC) =>
  callApi(world.product.url, {
    method: 'POST',
    path: new URL(url).pathname,
    body,
    headers,
    ...(token !== undefined && { token }),
  })

function expectRefused(answer: ApiAnswer, status: number, code: string): void {
  expect(answer.json()).toMatchObject({
    status,
    code,
    jsonrpc: '2.0',
    id: null,
    error: { message: expect.any(String), data: { code } },
  })
  expect(answer.headers['content-type']).toContain('application/problem+json')
}

/** Of jobs, those that somebody asked for: what the clock starts comes and goes. */
const ASKED_FOR = `NOT payload::jsonb ? '_cron'`

/** Until what the calls before have asked of the workers is done. */
async function settled(): Promise<void> {
  const due = async () => {
    const { rows } = await world.pool.query<{ due: number }>(
      `SELECT count(*)::int AS due FROM graphile_worker._private_jobs WHERE run_at <= now() AND ${ASKED_FOR}`,
    )
    return rows[0]?.due
  }
  await expect.poll(due).toBe(0)
}

/** Rows of every table, but for what the recording of the call itself writes. */
async function counts(): Promise<Record<string, number>> {
  const { rows } = await world.pool.query<{ name: string }>(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'activity')
       AND table_name NOT LIKE 'request\\_%' AND table_name NOT LIKE '\\_prisma%' ORDER BY 1`,
  )
  const result: Record<string, number> = {}
  for (const { name } of rows) {
    const counted = await world.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${name}${name.endsWith('_jobs') ? ` WHERE ${ASKED_FOR}` : ''}`,
    )
    result[name] = counted.rows[0]?.count ?? 0
  }
  return result
}

describe('a client', () => {
  it('finds the tools and uses each of them', async () => {
    const { callUrl, apiKey } = await published({ description: 'Ask before you run.' })
    const client = await connected(callUrl, apiKey)
    expect(client.getServerVersion()).toMatchObject({ title: 'Support desk' })
    expect(client.getInstructions()).toBe('Ask before you run.')
    const { tools } = await client.listTools()
    expect(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint])).toEqual([
      ['run_agent', false],
      ['list_models', true],
      ['usage_summary', true],
    ])
    expect(tools[0]?.inputSchema.properties?.agent).toMatchObject({ enum: [agent] })

    const run = await client.callTool({
      name: 'run_agent',
      arguments: { agent, input: { topic: 'tides' } },
    })
    expect(run.structuredContent).toMatchObject({ agent, revision: 1, simulated: false })
    expect(JSON.stringify(run.content)).toContain('tides')
    const { executionId } = run.structuredContent as { executionId: string }
    const { rows } = await world.pool.query(
      'SELECT maker_kind, maker_label, origin, status FROM execution.run WHERE id = $1',
      [executionId],
    )
    expect(rows).toEqual([
      {
        maker_kind: 'INTEGRATION',
        maker_label: 'Support desk',
        origin: 'PRODUCTION',
        status: 'SUCCEEDED',
      },
    ])

    const seen = new Set<string>()
    let cursor: string | null | undefined
    do {
      const page = await client.callTool({
        name: 'list_models',
        arguments: { provider: 'OpenAI', limit: 40, ...(cursor && { cursor }) },
      })
      const found = page.structuredContent as {
        models: { model: string }[]
        totalCount: number
        nextCursor: string | null
      }
      for (const { model } of found.models) seen.add(model)
      cursor = found.nextCursor
      if (cursor === null) expect(seen.size).toBe(found.totalCount)
    } while (cursor)
    expect(seen).toContain('gpt-4o')

    const usage = await client.callTool({ name: 'usage_summary', arguments: { groupBy: 'agent' } })
    expect(usage.structuredContent).toMatchObject({ groupBy: 'agent', rows: expect.any(Array) })
    await client.close()
  })

  it('is told what was wrong in an answer of the tool, and that a tool is not there as an error', async () => {
    const { callUrl, apiKey } = await published({ exposedToolIds: ['run_agent', 'usage_summary'] })
    const client = await connected(callUrl, apiKey)
    const refusals = [
      [{ name: 'run_agent', arguments: { agent: 'nobody', input: 'x' } }, /agent: Not offered/],
      [{ name: 'run_agent', arguments: { agent, input: { mood: 1 } } }, /input.mood: /],
      [{ name: 'usage_summary', arguments: { from: 'May' } }, /from: Give a date/],
      [{ name: 'usage_summary', arguments: { from: '2026-05-02', to: '2026-05-01' } }, /from: /],
      [{ name: 'usage_summary', arguments: { tenant: 'globex' } }, /There is no tenant here/],
    ] as const
    for (const [call, words] of refusals) {
      const { isError, content } = await client.callTool(call)
      expect([isError, JSON.stringify(content)]).toEqual([true, expect.stringMatching(words)])
    }
    await expect(client.callTool({ name: 'list_models' })).rejects.toThrow(/offers no such tool/)
    await client.close()
  })

  it('that leaves ends the run that it began', async () => {
    const { apiKey, callUrl } = await published()
    const params = { name: 'run_agent', arguments: { agent, input: { topic: 'leaving' } } }
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params }
    const path = new URL(callUrl).pathname
    await callAndLeave(world, { path, secret: apiKey, body, headers: JSON_RPC })
    const newest = async () => {
      const { rows } = await world.pool.query<{ error_code: string | null }>(
        'SELECT error_code FROM execution.run WHERE agent_id = $1 ORDER BY id DESC LIMIT 1',
        [agent],
      )
      return rows[0]?.error_code
    }
    await expect.poll(newest).toBe('run_cancelled')
  })

  it('changes no row in the sandbox, whatever it calls', async () => {
    const { testUrl, apiKey } = await published()
    const client = await connected(testUrl, apiKey)
    expect(client.getInstructions()).toContain('sandbox')
    await settled()
    const before = await counts()
    const run = await client.callTool({
      name: 'run_agent',
      arguments: { agent, input: { topic: 'tides' } },
    })
    expect(run.structuredContent).toMatchObject({
      simulated: true,
      executionId: null,
      costUsd: null,
      response: expect.stringContaining('tides'),
    })
    await client.callTool({ name: 'list_models', arguments: { search: 'gpt' } })
    await client.callTool({ name: 'usage_summary', arguments: {} })
    expect(await counts()).toEqual(before)
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['execution.run', 'usage.event']))
    await client.close()
  })
})

describe('the key', () => {
  it('is in the answer that made it alone, and works until it is rotated', async () => {
    const mcp = await published()
    expect(mcp.apiKey).toMatch(/^fx_sat_[0-9A-Za-z]{49}$/)
    const seen = (await admin.get(`${mcp.path}/mcp`)).json<Mcp>()
    expect(seen).toMatchObject({ apiKey: null, apiKeyId: mcp.apiKeyId, keyPrefix: mcp.keyPrefix })
    const rotated = (await admin.post(`${mcp.path}/mcp:rotateKey`, {})).json<Mcp>()
    const old = await post(mcp.callUrl, mcp.apiKey)
    expectRefused(old, 401, 'invalid_token')
    expect(old.headers['www-authenticate']).toContain('error="invalid_token"')
    await expect(connected(mcp.callUrl, mcp.apiKey)).rejects.toThrow()
    expect((await post(mcp.callUrl, rotated.apiKey ?? '')).status).toBe(200)
    expect(world.product.logs()).not.toContain(mcp.apiKey.slice(8, 50))
  })

  it('stays good while disabled, and ends with the integration', async () => {
    const { path, callUrl, testUrl, apiKey } = await published()
    await admin.patch(`${path}/mcp`, { enabled: false })
    for (const url of [callUrl, testUrl])
      expectRefused(await post(url, apiKey), 403, 'mcp_disabled')
    expect((await admin.patch(`${path}/mcp`, { enabled: true })).json<Mcp>().apiKey).toBeNull()
    expect((await post(callUrl, apiKey)).status).toBe(200)
    expect((await admin.delete(path)).status).toBe(204)
    expectRefused(await post(callUrl, apiKey), 401, 'invalid_token')
    expect((await admin.get(path)).status).toBe(404)
  })

  it('does nothing else of the API, however small, and no other token calls MCP', async () => {
    const { apiKey, callUrl, apiKeyId } = await published()
    const other = await published()
    const targets = {
      token: apiKeyId ?? '',
      secret: apiKey,
      serviceAccount: newId(),
      integration: 'x',
    }
    for (const operation of world.contract.operations) {
      if (operation.isOpen || operation.scopes.includes('mcp:invoke')) continue
      const call = validRequest(operation, org.slug, targets)
      const answer = await world.call({ ...call, token: apiKey })
      expect([operation.id, answer.status, answer.json().code]).toEqual([
        operation.id,
        403,
        'insufficient_scope',
      ])
    }
    const invoker = await org.token(await org.person('ADMIN'), ['mcp:invoke'])
    expectRefused(await post(callUrl, invoker.secret), 403, 'not_an_mcp_key')
    const reader = await org.token(await org.person('ADMIN'), ['integrations:read'])
    expectRefused(await post(callUrl, reader.secret), 403, 'insufficient_scope')
    expectRefused(await post(callUrl, other.apiKey), 403, 'another_integration')
    const nowhere = callUrl.replace(/integrations\/[^/]+/, 'integrations/nobody')
    expectRefused(await post(nowhere, apiKey), 403, 'another_integration')
    const foreign = await world.organization()
    const abroad = callUrl.replace(`/${org.slug}/`, `/${foreign.slug}/`)
    expectRefused(await post(abroad, apiKey), 404, 'not_found')
    const tokens = (await world
      .as(await org.token(await org.person('ADMIN'), ['keys:read']))
      .get(`${org.path}/tokens/${apiKeyId}`)) as ApiAnswer
    expect(tokens.status).toBe(404)
  })

  it('is not made for service accounts, nor where the organization mints in the dashboard only', async () => {
    const path = `${org.path}/integrations/${await org.integration()}/mcp`
    const scopes = ['integrations:read', 'integrations:write'] as const
    const account = world.as(await org.token(await org.serviceAccount(scopes), scopes))
    expect((await account.patch(path, { enabled: true })).json().code).toBe(
      'service_account_cannot_mint',
    )
    expect((await account.get(path)).json<Mcp>()).toMatchObject({ enabled: false, apiKeyId: null })
    const strict = await world.organization({ bearerMinting: false })
    const there = `${strict.path}/integrations/${await strict.integration()}/mcp`
    const caller = world.as(await strict.token(await strict.person('ADMIN'), scopes))
    expect((await caller.post(`${there}:rotateKey`, {})).json().code).toBe(
      'bearer_minting_disabled',
    )
  })
})

describe('the server', () => {
  it('answers a message at a time, and says in both languages why not', async () => {
    const { callUrl, apiKey } = await published()
    expectRefused(await post(callUrl, undefined), 401, 'unauthenticated')
    expectRefused(
      await post(callUrl, apiKey, LIST, { ...JSON_RPC, ...{ Origin: 'https://evil.example' } }),
      403,
      'foreign_origin',
    )
    const huge = { ...LIST, params: { text: 'x'.repeat(300 * 1024) } }
    expectRefused(await post(callUrl, apiKey, huge), 413, 'payload_too_large')
    for (const method of ['GET', 'DELETE'] as const) {
      const answer = await callApi(world.product.url, {
        method,
        path: new URL(callUrl).pathname,
        token: apiKey,
      })
      expect([answer.status, answer.headers.allow]).toEqual([405, 'POST'])
    }
    expectRefused(await post(callUrl, apiKey, [LIST, LIST]), 400, 'validation_failed')
    const note = { jsonrpc: '2.0', method: 'notifications/initialized' }
    expect((await post(callUrl, apiKey, note)).status).toBe(202)
    expect((await post(callUrl, apiKey, { hello: 1 })).json()).toMatchObject({
      error: { code: -32700 },
    })
  })

  it('is used through a connector, which activity and the last use tell', async () => {
    const { callUrl, apiKey, apiKeyId } = await published()
    await post(callUrl, apiKey)
    await expect
      .poll(async () => {
        const { rows } = await world.pool.query(
          `SELECT r.route, t.last_used_at IS NOT NULL AS used,
             (SELECT sum(requests) > 0 FROM usage.request_day d
              WHERE d.organization_id = r.organization_id AND d.channel = 'CONNECTOR') AS counted
           FROM activity.request r
           JOIN tokens t ON t.organization_id = r.organization_id AND t.id = r.token_id
           WHERE r.token_id = $1`,
          [apiKeyId],
        )
        return rows
      })
      .toEqual([
        {
          route: '/v1/tenants/{tenant}/integrations/{integration}/mcp:call',
          used: true,
          counted: true,
        },
      ])
  })

  it('has its config by the contract: unknown tools by their place, null keeps', async () => {
    const { path, configId } = await published()
    const unknown = await admin.patch(`${path}/mcp`, { exposedToolIds: ['list_models', 'rm'] })
    expect(unknown.json().errors).toMatchObject([{ pointer: '/exposedToolIds/1' }])
    const kept = await admin.patch(`${path}/mcp`, {
      enabled: null,
      exposedToolIds: null,
      description: null,
      configId: '00000000-0000-0000-0000-000000000000',
    })
    expect(kept.json()).toMatchObject({ enabled: true, configId, apiKey: null })
    expect((await admin.patch(`${path}/mcp`, { exposedToolIds: [] })).json()).toMatchObject({
      exposedToolIds: [],
    })
  })
})
