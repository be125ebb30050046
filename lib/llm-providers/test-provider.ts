import type { LanguageModelV3 } from '@ai-sdk/provider'
import { generateText } from 'ai'
import { authorize, authorizeOnItem } from '@/lib/access/authorize'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, isDomainError, notFound } from '@/lib/errors'
import { configTarget } from '@/lib/llm-providers/commands'
import { selectConfig, selectSealedKey } from '@/lib/llm-providers/config-rows'
import { newConnection } from '@/lib/llm-providers/connection'
import { failureOf } from '@/lib/llm-providers/failure-words'
import { TEST_TIMEOUT_MS, TESTS_PER_MINUTE } from '@/lib/llm-providers/limits'
import type { LlmConfig, ProviderTest } from '@/lib/llm-providers/model'
import { keyOf } from '@/lib/llm-providers/open-model'
import { openAiCompatibleModel } from '@/lib/llm-providers/openai-compatible'
import type { OneConfig } from '@/lib/llm-providers/queries'
import type { TestProvider } from '@/lib/llm-providers/schema'

/**
 * Makes one small call as a config that is not stored says. That it fails is an answer, not an error.
 * @throws DomainError forbidden | invalid below /config | throttled `too_many_provider_tests`, by organization
 */
export async function testLlmProvider(
  ctx: Context,
  { config }: TestProvider,
  timeoutMs = TEST_TIMEOUT_MS,
): Promise<ProviderTest> {
  authorize(ctx.principal, 'llm_providers:test')
  const connection = newConnection(ctx, config, '/config')
  await keepPace(ctx)
  const allowedOrigins = ctx.crypto.modelAccess.privateOrigins
  const { provider } = config
  const model = openAiCompatibleModel(
    { ...connection, provider, allowedOrigins },
    connection.testModel,
  )
  return testedBy(model, timeoutMs)
}

/**
 * The same with a stored config and its key, be it a draft; the result stays with the config until it changes.
 * @throws DomainError not-found | forbidden | throttled `too_many_provider_tests`, by organization
 */
export async function testLlmConfig(
  ctx: Context,
  input: OneConfig,
  timeoutMs = TEST_TIMEOUT_MS,
): Promise<ProviderTest> {
  authorizeOnItem(ctx.principal, 'llm_providers:read', 'llm_providers:test')
  const config = await selectConfig(ctx.db.pool, ctx.organization.id, input)
  if (!config) throw notFound()
  await keepPace(ctx)
  const result = await testOf(ctx, config, timeoutMs)
  await sqlTransaction(ctx.db.pool, async (client) => {
    // Not where it was changed meanwhile: this says nothing of what stands there now.
    await client.query(
      `UPDATE llm.provider_config SET tested_at = clock_timestamp(), test_error = $4
       WHERE organization_id = $1 AND id = $2 AND version = $3`,
      [ctx.organization.id, config.id, config.version, result.error],
    )
    await appendAudit(client, ctx, {
      eventType: 'LLM_CONFIG_TESTED',
      target: configTarget(config),
      details: { provider: config.provider, result: result.error ?? 'It works.' },
    })
  })
  return result
}

async function testOf(ctx: Context, config: LlmConfig, timeoutMs: number): Promise<ProviderTest> {
  const { id, provider, baseUrl, testModel } = config
  const sealedKey = await selectSealedKey(ctx.db.pool, ctx.organization.id, id)
  try {
    const apiKey = keyOf(ctx, { id, baseUrl, sealedKey })
    const allowedOrigins = ctx.crypto.modelAccess.privateOrigins
    const connection = { provider, baseUrl, apiKey, allowedOrigins }
    return await testedBy(openAiCompatibleModel(connection, testModel), timeoutMs)
  } catch (error) {
    if (isDomainError(error)) return { success: false, error: error.message }
    throw error
  }
}

async function testedBy(model: LanguageModelV3, timeoutMs: number): Promise<ProviderTest> {
  try {
    await generateText({
      model,
      prompt: 'Answer with the word OK.',
      maxOutputTokens: 16,
      maxRetries: 0,
      abortSignal: AbortSignal.timeout(timeoutMs),
    })
    return { success: true, error: null }
  } catch (error) {
    return { success: false, error: failureOf(error, model.modelId) }
  }
}

/** Tests cost money at the provider, and would tell whoever has stolen keys which of them work. */
async function keepPace({ db, organization }: Context): Promise<void> {
  const { rows } = await db.pool.query<{ tests: number; seconds: number }>(
    `INSERT INTO llm.test_pace AS pace (organization_id, minute, tests)
     VALUES ($1, date_trunc('minute', clock_timestamp()), 1)
     ON CONFLICT (organization_id) DO UPDATE SET minute = greatest(pace.minute, excluded.minute),
       tests = CASE WHEN pace.minute >= excluded.minute THEN pace.tests + 1 ELSE 1 END
     RETURNING tests, 60 - floor(extract(second FROM clock_timestamp()))::int AS seconds`,
    [organization.id],
  )
  const [pace] = rows
  if (!pace || pace.tests <= TESTS_PER_MINUTE) return
  throw new DomainError(
    'throttled',
    'too_many_provider_tests',
    `An organization tests ${TESTS_PER_MINUTE} times a minute. Try again in ${pace.seconds === 1 ? 'a second' : `${pace.seconds} seconds`}.`,
    { retryAfterSeconds: pace.seconds },
  )
}
