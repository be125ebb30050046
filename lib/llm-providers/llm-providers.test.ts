import { generateText } from 'ai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import { buildContext, type Context } from '@/lib/context'
import { createLlmConfig, deleteLlmConfig, patchLlmConfig } from '@/lib/llm-providers/commands'
import { failureOf } from '@/lib/llm-providers/failure-words'
import { CONFIGS_MAX, TESTS_PER_MINUTE } from '@/lib/llm-providers/limits'
import { ModelAccess, type OperatorProvider } from '@/lib/llm-providers/model-access'
import { openLanguageModel } from '@/lib/llm-providers/open-model'
import { getLlmConfig, listLlmConfigs, listLlmProviders } from '@/lib/llm-providers/queries'
import { testLlmConfig, testLlmProvider } from '@/lib/llm-providers/test-provider'
import {
  MISBEHAVING_MODELS,
  type OpenAiServer,
  startOpenAiServer,
} from '@/lib/testing/openai-server'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

const KEY = 'sk-of-acme-0123456789-wxyz'
const PROVIDER = 'my-gateway'
type Admin = Context<UserPrincipal>

let product: ProductFixture
let server: OpenAiServer
let admin: Admin

beforeAll(async () => {
  product = await createProductFixture()
  server = await startOpenAiServer(KEY)
})
afterAll(async () => {
  await product.close()
  await server.close()
})
beforeEach(async () => {
  const organization = await product.organization()
  admin = reaching(await organization.member('ADMIN'), [server.origin])
})

function reaching(
  ctx: Admin,
  privateOrigins: string[],
  providers: OperatorProvider[] = [],
  secret = 'of this installation',
): Admin {
  const modelAccess = new ModelAccess(secret, { providers, privateOrigins })
  return buildContext({ ...ctx, crypto: { ...ctx.crypto, modelAccess } })
}

const wish = () => ({
  provider: PROVIDER,
  displayName: 'Gateway',
  baseUrl: `${server.baseUrl}/`,
  apiKey: KEY,
  testModel: 'small',
})
const enabled = (displayName: string, ctx = admin) =>
  createLlmConfig(ctx, { ...wish(), displayName, enabled: true })
const one = ({ id }: { id: string }) => ({ provider: PROVIDER, configId: id })
const stored = async (ctx: Context) =>
  (
    await product.db.pool.query(
      'SELECT * FROM llm.provider_config WHERE organization_id = $1 ORDER BY created_at',
      [ctx.organization.id],
    )
  ).rows

async function answerOf(ctx: Context, model = 'small') {
  const opened = await openLanguageModel(ctx, { provider: PROVIDER, model })
  const { text } = await generateText({ model: opened.languageModel, prompt: 'Hi', maxRetries: 0 })
  return { origin: opened.origin, text }
}

describe('a key', () => {
  it('is sealed where it is stored, and in nothing that is read or told of it', async () => {
    const config = await createLlmConfig(admin, wish())
    expect(config).toMatchObject({
      ...{ state: 'DRAFT', enabled: false, isDefault: false, version: 1, lastTest: null },
      baseUrl: server.baseUrl,
      key: { hint: 'wxyz', setAt: expect.any(Number) },
    })
    await testLlmConfig(admin, one(config))
    await patchLlmConfig(admin, { ...one(config), apiKey: `${KEY}-2`, displayName: 'Other' })
    const told = await listAuditEvents(admin, {})
    expect(told.items.map(({ eventType }) => eventType)).toEqual([
      'LLM_CONFIG_KEY_SET',
      'LLM_CONFIG_UPDATED',
      'LLM_CONFIG_TESTED',
      'LLM_CONFIG_CREATED',
    ])
    const [row] = await stored(admin)
    const read = [
      config,
      await getLlmConfig(admin, one(config)),
      await listLlmConfigs(admin, config),
      await listLlmProviders(admin),
      told,
      { ...row, sealed_key: row.sealed_key.toString('latin1') },
    ]
    expect(JSON.stringify(read)).not.toContain('sk-of-acme')
  })

  it('opens for its row, its server and its installation alone', async () => {
    const config = await enabled('Mine')
    expect(await answerOf(admin)).toEqual({ origin: 'ORGANIZATION', text: 'Hello.' })
    const elsewhere = reaching(admin, [server.origin], [], 'of another installation')
    const unreadable = { kind: 'unavailable', code: 'provider_key_unreadable' }
    await expect(answerOf(elsewhere)).rejects.toMatchObject(unreadable)
    expect(await testLlmConfig(elsewhere, one(config))).toEqual({
      success: false,
      error: 'The stored key cannot be read any more. Enter it again.',
    })
    await product.db.pool.query('UPDATE llm.provider_config SET base_url = $2 WHERE id = $1', [
      config.id,
      'https://attacker.example.com/v1',
    ])
    await expect(answerOf(admin)).rejects.toMatchObject(unreadable)
  })

  it('is never sent to another server than the one it was entered for', async () => {
    const config = await createLlmConfig(admin, wish())
    const baseUrl = 'https://attacker.example.com/v1'
    await expect(patchLlmConfig(admin, { ...one(config), baseUrl })).rejects.toMatchObject({
      errors: [{ pointer: '/apiKey' }],
    })
    const moved = await patchLlmConfig(admin, { ...one(config), baseUrl, apiKey: 'short-key' })
    expect(moved).toMatchObject({ baseUrl, key: { hint: null }, version: 2 })
  })

  it('needs a fresh proof of identity, and nothing else of a config does', async () => {
    const config = await createLlmConfig(admin, wish())
    const later = buildContext({ ...admin, now: admin.now + REAUTHENTICATION_WINDOW_MS })
    const refusal = { code: 'reauthentication_required' }
    await expect(createLlmConfig(later, wish())).rejects.toMatchObject(refusal)
    await expect(patchLlmConfig(later, { ...one(config), apiKey: KEY })).rejects.toMatchObject(
      refusal,
    )
    await patchLlmConfig(later, { ...one(config), enabled: true })
  })
})

describe('an address', () => {
  it.each([
    'http://example.com/v1',
    'https://127.0.0.1/v1',
    'https://[::1]/v1',
    'https://169.254.169.254/latest',
    'https://models.internal/v1',
    'https://gateway/v1',
    'https://user:secret@example.com/v1',
    'https://example.com/v1?key=1',
  ])('%s is refused', async (baseUrl) => {
    await expect(createLlmConfig(admin, { ...wish(), baseUrl })).rejects.toMatchObject({
      errors: [{ pointer: '/baseUrl' }],
    })
    const config = { ...wish(), displayName: undefined, baseUrl }
    await expect(testLlmProvider(admin, { config })).rejects.toMatchObject({
      errors: [{ pointer: '/config/baseUrl' }],
    })
  })

  it('is looked at again at each call: what was allowed when it was stored may not be by now', async () => {
    const config = await enabled('Mine')
    const asked = server.requests.length
    const strict = reaching(admin, [])
    await expect(answerOf(strict)).rejects.toThrow('Use https')
    expect((await testLlmConfig(strict, one(config))).error).toContain('Use https')
    expect(server.requests).toHaveLength(asked)
  })
})

describe('of the configs of a provider', () => {
  it('one is the default wherever any is enabled, whatever is done to them', async () => {
    const defaults = async () =>
      (await listLlmConfigs(admin, { provider: PROVIDER }))
        .filter(({ isDefault }) => isDefault)
        .map(({ displayName }) => displayName)
    const draft = await createLlmConfig(admin, wish())
    expect(await defaults()).toEqual([])
    await expect(answerOf(admin)).rejects.toMatchObject({ code: 'provider_not_configured' })
    const first = await enabled('First')
    const [second] = await Promise.all([enabled('Second'), enabled('Third')])
    expect(await defaults()).toEqual(['First'])
    await patchLlmConfig(admin, { ...one(second), isDefault: true })
    expect(await defaults()).toEqual(['Second'])
    const refusal = { errors: [{ pointer: '/isDefault' }] }
    for (const change of [
      { ...one(draft), isDefault: true },
      { ...one(second), isDefault: false },
    ]) {
      await expect(patchLlmConfig(admin, change)).rejects.toMatchObject(refusal)
    }
    const paused = await patchLlmConfig(admin, { ...one(second), enabled: false })
    expect(paused).toMatchObject({ state: 'DISABLED', isDefault: false })
    expect(await defaults()).toEqual(['First'])
    await deleteLlmConfig(admin, one(first))
    expect(await defaults()).toEqual(['Third'])
    const events = await listAuditEvents(admin, {})
    expect(events.items[0]).toMatchObject({
      eventType: 'LLM_CONFIG_REMOVED',
      details: { displayName: 'First', newDefault: 'Third' },
    })
  })

  it('each is changed by one of two people at once', async () => {
    const config = await createLlmConfig(admin, wish())
    const change = (displayName: string) =>
      patchLlmConfig(admin, { ...one(config), displayName, version: config.version })
    const both = await Promise.allSettled([change('Mine'), change('Yours')])
    const lost = both.find(({ status }) => status === 'rejected')
    expect(lost).toMatchObject({ reason: { kind: 'conflict', code: 'llm_config_changed' } })
    expect(await getLlmConfig(admin, one(config))).toMatchObject({ version: 2 })
  })

  it('there are so many and no more', async () => {
    await product.db.pool.query(
      `INSERT INTO llm.provider_config (organization_id, id, provider, display_name, base_url, test_model, enabled,
         is_default, created_by_label, created_at, modified_at)
       SELECT $1, gen_random_uuid(), 'openai', 'n', 'https://example.com', 'm', false, false, '', now(), now()
       FROM generate_series(2, $2)`,
      [admin.organization.id, CONFIGS_MAX],
    )
    await createLlmConfig(admin, wish())
    await expect(createLlmConfig(admin, wish())).rejects.toMatchObject({
      code: 'too_many_llm_configs',
    })
  })

  it('none is found in another organization or under another provider', async () => {
    const config = await enabled('Mine')
    const other = await (await product.organization()).member('ADMIN')
    for (const [ctx, at] of [
      [other, one(config)],
      [admin, { ...one(config), provider: 'openai' }],
    ] as const) {
      for (const act of [getLlmConfig, patchLlmConfig, testLlmConfig, deleteLlmConfig]) {
        await expect(act(ctx, at)).rejects.toMatchObject({ kind: 'not-found' })
      }
    }
    await expect(answerOf(other)).rejects.toMatchObject({ code: 'provider_not_configured' })
  })
})

describe('a test', () => {
  it('says whether it works, in words that repeat nothing of the provider, and keeps the last result', async () => {
    const { unknown, busy, broken, silent, moved, nonsense } = MISBEHAVING_MODELS
    const found = async (testModel: string, apiKey = KEY) => {
      const config = { provider: PROVIDER, baseUrl: server.baseUrl, apiKey, testModel }
      return testLlmProvider(admin, { config }, testModel === silent ? 300 : undefined)
    }
    expect(await found('small')).toEqual({ success: true, error: null })
    const failures = [
      [await found('small', 'sk-wrong-key'), 'The provider refused the key.'],
      [await found(unknown), `knows no model ${unknown}`],
      [await found(busy), 'turns calls away'],
      [await found(broken), 'a problem of its own (500)'],
      [await found(silent), 'did not answer in time'],
      [await found(moved), 'redirect'],
      [await found(nonsense), 'Check the base URL'],
    ] as const
    for (const [result, words] of failures) {
      expect(result).toEqual({ success: false, error: expect.stringContaining(words) })
      expect(result.error).not.toMatch(/sk-|Bearer|Incorrect/)
    }
    const config = await createLlmConfig(admin, { ...wish(), testModel: unknown })
    const tested = await testLlmConfig(admin, one(config))
    const lastTest = { at: expect.any(Number), error: tested.error }
    expect(await getLlmConfig(admin, one(config))).toMatchObject({ lastTest })
    const changed = await patchLlmConfig(admin, { ...one(config), testModel: 'small' })
    expect(changed.lastTest).toBeNull()
  })

  it('is made so often a minute and no oftener', async () => {
    await product.db.pool.query(
      `INSERT INTO llm.test_pace VALUES ($1, date_trunc('minute', now()) + interval '1 minute', $2)`,
      [admin.organization.id, TESTS_PER_MINUTE],
    )
    const config = await createLlmConfig(admin, wish())
    await expect(testLlmConfig(admin, one(config))).rejects.toMatchObject({
      kind: 'throttled',
      code: 'too_many_provider_tests',
    })
  })

  it('has a sentence for what never came to an answer', async () => {
    const gone = await startOpenAiServer()
    await gone.close()
    const ctx = reaching(admin, [gone.origin])
    const config = { ...wish(), displayName: undefined, baseUrl: gone.baseUrl }
    expect((await testLlmProvider(ctx, { config })).error).toContain('connection was refused')
    expect(failureOf(new Error(`odd, with ${KEY}`), 'm')).toBe('The call of the provider failed.')
  })
})

describe('what the operator has set up', () => {
  const operator = () =>
    reaching(admin, [], [{ provider: PROVIDER, baseUrl: server.baseUrl, apiKey: KEY }])

  it('is used where the organization has nothing of its own, and shown without its key', async () => {
    expect(await answerOf(operator())).toEqual({ origin: 'ENVIRONMENT', text: 'Hello.' })
    const providers = await listLlmProviders(operator())
    expect(providers.find(({ provider }) => provider === PROVIDER)).toEqual({
      ...{ provider: PROVIDER, label: PROVIDER, origin: 'ENVIRONMENT', fromOperator: true },
      configs: [],
    })
    expect(JSON.stringify(providers)).not.toContain(KEY)
    await enabled('Mine')
    const unused = { provider: PROVIDER, baseUrl: 'https://example.com', apiKey: null }
    const both = reaching(admin, [server.origin], [unused])
    expect(await answerOf(both)).toMatchObject({ origin: 'ORGANIZATION' })
  })

  it('is not what makes a private address allowed to organizations', async () => {
    await expect(createLlmConfig(operator(), wish())).rejects.toMatchObject({
      errors: [{ pointer: '/baseUrl' }],
    })
  })
})

it('needs no settings for the local provider, and takes no config for it', async () => {
  expect(await openLanguageModel(admin, { provider: 'local', model: 'any' })).toMatchObject({
    origin: 'LOCAL',
  })
  await expect(createLlmConfig(admin, { ...wish(), provider: 'local' })).rejects.toMatchObject({
    errors: [{ pointer: '/provider' }],
  })
  expect((await listLlmProviders(admin)).at(-1)).toMatchObject({ origin: 'LOCAL' })
})
