import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, createWorld, type Organization, type World } from '@/e2e/api/support/world'
import type { Scope } from '@/lib/access/scopes'
import {
  MISBEHAVING_MODELS,
  type OpenAiServer,
  startOpenAiServer,
} from '@/lib/testing/openai-server'

const KEY = 'sk-of-acme-0123456789-wxyz'
let server: OpenAiServer
let world: World
let org: Organization
let admin: Caller

beforeAll(async () => {
  server = await startOpenAiServer(KEY)
  world = await createWorld({
    env: {
      LLM_PRIVATE_ORIGINS: server.origin,
      LLM_PROVIDERS: 'house-models',
      LLM_HOUSE_MODELS_BASE_URL: server.baseUrl,
      LLM_HOUSE_MODELS_API_KEY: 'sk-of-the-operator-9876',
    },
  })
  org = await world.organization()
  admin = await callerWith('llm_providers:read', 'llm_providers:write', 'llm_providers:test')
})
afterAll(async () => {
  await world.close()
  await server.close()
})

async function callerWith(...scopes: Scope[]): Promise<Caller> {
  return world.as(await org.token(await org.person('ADMIN'), scopes))
}

const providers = () => `${org.path}/llmProviders`
const wish = () => ({
  displayName: 'Ours',
  baseUrl: server.baseUrl,
  apiKey: KEY,
  testModel: 'small',
})

it('keeps an account at a provider: made as a draft, tested, enabled, changed, removed, its key never told', async () => {
  const configs = `${providers()}/gateway/configs`
  const made = await admin.post(configs, wish())
  expect(made.status, made.text).toBe(201)
  const config = made.json<{ id: string; version: number }>()
  expect(config).toMatchObject({ state: 'DRAFT', hasKey: true, keyHint: 'wxyz', isDefault: false })
  const path = `${configs}/${config.id}`
  expect(made.headers.location).toBe(path)
  expect((await admin.post(`${path}:test`)).json()).toEqual({ success: true, error: null })
  const enabled = await admin.patch(path, { enabled: true, version: config.version })
  expect(enabled.json()).toMatchObject({ state: 'ACTIVE', isDefault: true, lastTestError: null })
  const late = await admin.patch(path, { displayName: 'Late', version: config.version })
  expect(late.json()).toMatchObject({ status: 409, code: 'llm_config_changed' })
  const moved = await admin.patch(path, { baseUrl: 'https://elsewhere.example.com/v1' })
  expect(moved.json()).toMatchObject({ status: 400, errors: [{ pointer: '/apiKey' }] })

  const listed = await admin.get(providers())
  const of = (provider: string) =>
    listed.json<{ items: { provider: string }[] }>().items.find((one) => one.provider === provider)
  expect(of('gateway')).toMatchObject({ origin: 'ORGANIZATION', configs: [{ id: config.id }] })
  expect(of('house-models')).toMatchObject({ origin: 'ENVIRONMENT', configs: [] })
  expect(of('openai')).toMatchObject({ origin: null })
  expect(of('local')).toMatchObject({ origin: 'LOCAL' })
  const told = [made, enabled, late, moved, listed, await admin.get(path), await admin.get(configs)]
  for (const { text } of told) expect(text).not.toMatch(/sk-of-/)

  expect((await admin.delete(path)).status).toBe(204)
  expect((await admin.get(path)).status).toBe(404)
  expect(world.product.logs()).not.toMatch(/sk-of-/)
})

it('tests what is not stored, by both addresses, and says in our words why it fails', async () => {
  const test = async (change: object, verb = ':test') => {
    const config = { provider: 'gateway', ...wish(), displayName: undefined, ...change }
    return (await admin.post(`${providers()}${verb}`, { config })).json()
  }
  expect(await test({})).toEqual({ success: true, error: null })
  const refused = { success: false, error: 'The provider refused the key.' }
  const slashed = await world.call({
    method: 'POST',
    path: `${providers()}/:test`,
    token: (await org.token(await org.person('ADMIN'), ['llm_providers:test'])).secret,
    body: { config: { provider: 'gateway', baseUrl: server.baseUrl, testModel: 'small' } },
  })
  expect(slashed.json()).toEqual(refused)
  expect(await test({ testModel: MISBEHAVING_MODELS.broken })).toMatchObject({
    error: 'The provider has a problem of its own (500).',
  })
  expect(await test({ baseUrl: 'https://169.254.169.254/v1' })).toMatchObject({
    status: 400,
    errors: [{ pointer: '/config/baseUrl' }],
  })
})

it('lets readers read and nothing else', async () => {
  const reader = await callerWith('llm_providers:read')
  const path = `${providers()}/made/configs/${await org.llmConfig()}`
  expect((await reader.get(path)).status).toBe(200)
  for (const refused of [
    await reader.patch(path, { enabled: true }),
    await reader.delete(path),
    await reader.post(`${path}:test`),
    await reader.post(`${providers()}/made/configs`, wish()),
  ]) {
    expect(refused.json()).toMatchObject({ status: 403, code: 'insufficient_scope' })
  }
})
