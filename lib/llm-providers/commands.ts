import type pg from 'pg'
import { authorize, authorizeOnItem, requireRecentAuthentication } from '@/lib/access/authorize'
import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid, notFound } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { selectConfig } from '@/lib/llm-providers/config-rows'
import { newConnection, patchedConnection } from '@/lib/llm-providers/connection'
import { appointDefault, makeDefault } from '@/lib/llm-providers/default-config'
import { CONFIGS_MAX, HINTED_KEY_MIN } from '@/lib/llm-providers/limits'
import type { LlmConfig } from '@/lib/llm-providers/model'
import type { OneConfig } from '@/lib/llm-providers/queries'
import type { CreateLlmConfig, PatchLlmConfig } from '@/lib/llm-providers/schema'

/** Line 1 of every change of one config. */
function authorizeConfigChange(ctx: Context): void {
  authorizeOnItem(ctx.principal, 'llm_providers:read', 'llm_providers:write')
}

/**
 * Stores an account at a provider: a draft, unless told to enable it. The first one enabled is its provider's default.
 * The key is sealed, and no answer ever holds it again.
 * @throws DomainError forbidden, `reauthentication_required` for a person who brings a key | invalid at the field |
 *   conflict `too_many_llm_configs`
 */
export async function createLlmConfig(
  ctx: Context,
  input: CreateLlmConfig & { provider: string },
): Promise<LlmConfig> {
  authorize(ctx.principal, 'llm_providers:write')
  const { baseUrl, apiKey, testModel } = newConnection(ctx, input)
  if (apiKey !== null) requireRecentAuthentication(ctx.principal, ctx.now)
  const enabled = input.enabled ?? false
  if (input.isDefault && !enabled) throw defaultIsEnabled()
  const one = { provider: input.provider, configId: newId() }
  return sqlTransaction(ctx.db.pool, async (client) => {
    await lockConfigs(client, ctx)
    await requireRoom(client, ctx)
    await client.query(
      `INSERT INTO llm.provider_config (organization_id, id, provider, display_name, base_url, test_model, enabled,
         activated_at, is_default, created_by_label, created_at, modified_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $7 THEN clock_timestamp() END, false, $8,
         clock_timestamp(), clock_timestamp())`,
      [
        ctx.organization.id,
        one.configId,
        one.provider,
        input.displayName,
        baseUrl,
        testModel,
        enabled,
        actorOf(ctx.principal).label,
      ],
    )
    if (apiKey !== null) await storeKey(client, ctx, { ...one, baseUrl }, apiKey)
    if (input.isDefault) await makeDefault(client, ctx, one)
    else await appointDefault(client, ctx, one.provider)
    const config = await requireConfig(client, ctx, one)
    await appendAudit(client, ctx, {
      eventType: 'LLM_CONFIG_CREATED',
      target: configTarget(config),
      details: { ...told(config), withKey: apiKey !== null },
    })
    return config
  })
}

/**
 * Changes a config; what is left out or null stays, and an empty key takes the key away. Another server in `baseUrl`
 * needs the key again: a stored one is never sent elsewhere. Where the default is disabled, the oldest other config
 * that is enabled takes its place.
 * @throws DomainError not-found | forbidden, `reauthentication_required` for a person who brings a key | invalid at the
 *   field | conflict `llm_config_changed` where `version` is no longer the newest
 */
export async function patchLlmConfig(
  ctx: Context,
  input: PatchLlmConfig & OneConfig,
): Promise<LlmConfig> {
  authorizeConfigChange(ctx)
  if (input.apiKey) requireRecentAuthentication(ctx.principal, ctx.now)
  return sqlTransaction(ctx.db.pool, async (client) => {
    await lockConfigs(client, ctx)
    const before = await requireConfig(client, ctx, input)
    if (input.version && input.version !== before.version) throw changedMeanwhile()
    const { baseUrl, testModel } = patchedConnection(ctx, before, input)
    const enabled = input.enabled ?? before.enabled
    if (input.isDefault && !enabled) throw defaultIsEnabled()
    if (input.isDefault === false && before.isDefault) throw defaultIsReplaced()
    await client.query(
      `UPDATE llm.provider_config SET display_name = $3, base_url = $4, test_model = $5, enabled = $6,
         is_default = is_default AND $6, activated_at = coalesce(activated_at, CASE WHEN $6 THEN clock_timestamp() END),
         tested_at = CASE WHEN $7 THEN NULL ELSE tested_at END,
         test_error = CASE WHEN $7 THEN NULL ELSE test_error END,
         version = version + 1, modified_at = clock_timestamp()
       WHERE organization_id = $1 AND id = $2`,
      [
        ctx.organization.id,
        before.id,
        input.displayName ?? before.displayName,
        baseUrl,
        testModel,
        enabled,
        baseUrl !== before.baseUrl || testModel !== before.testModel || input.apiKey != null,
      ],
    )
    if (input.apiKey) await storeKey(client, ctx, { ...input, baseUrl }, input.apiKey)
    if (input.apiKey === '') await dropKey(client, ctx, before.id)
    if (input.isDefault) await makeDefault(client, ctx, input)
    else await appointDefault(client, ctx, before.provider)
    const after = await requireConfig(client, ctx, input)
    await tellOfChanges(client, ctx, before, after, input.apiKey)
    return after
  })
}

/**
 * Removes a config and its key for good. Where it was the default, the oldest other one that is enabled takes its place.
 * @throws DomainError not-found | forbidden
 */
export async function deleteLlmConfig(ctx: Context, input: OneConfig): Promise<void> {
  authorizeConfigChange(ctx)
  await sqlTransaction(ctx.db.pool, async (client) => {
    await lockConfigs(client, ctx)
    const config = await requireConfig(client, ctx, input)
    await client.query('DELETE FROM llm.provider_config WHERE organization_id = $1 AND id = $2', [
      ctx.organization.id,
      config.id,
    ])
    const successor = await appointDefault(client, ctx, config.provider)
    await appendAudit(client, ctx, {
      eventType: 'LLM_CONFIG_REMOVED',
      target: configTarget(config),
      details: { ...told(config), ...(successor !== null && { newDefault: successor }) },
    })
  })
}

/** Changes are rare: those of one organization wait for each other, so that limit and default hold. */
async function lockConfigs(client: pg.PoolClient, { organization }: Context): Promise<void> {
  await client.query(
    `SELECT pg_advisory_xact_lock(hashtext('llm.provider_config'), hashtext($1))`,
    [organization.id],
  )
}

async function requireConfig(
  client: pg.PoolClient,
  { organization }: Context,
  one: OneConfig,
): Promise<LlmConfig> {
  const config = await selectConfig(client, organization.id, one)
  if (!config) throw notFound()
  return config
}

async function storeKey(
  client: pg.PoolClient,
  { organization, crypto }: Context,
  { configId, baseUrl }: { configId: string; baseUrl: string },
  apiKey: string,
): Promise<void> {
  const place = { organizationId: organization.id, configId, baseUrl }
  await client.query(
    `UPDATE llm.provider_config SET sealed_key = $3, key_hint = $4, key_set_at = clock_timestamp()
     WHERE organization_id = $1 AND id = $2`,
    [
      organization.id,
      configId,
      crypto.modelAccess.keys.sealKey(place, apiKey),
      apiKey.length < HINTED_KEY_MIN ? null : apiKey.slice(-4),
    ],
  )
}

async function dropKey(client: pg.PoolClient, { organization }: Context, configId: string) {
  await client.query(
    `UPDATE llm.provider_config SET sealed_key = NULL, key_hint = NULL, key_set_at = NULL
     WHERE organization_id = $1 AND id = $2`,
    [organization.id, configId],
  )
}

/** One event of what was edited, and one of the key; none where all is as it was. */
async function tellOfChanges(
  client: pg.PoolClient,
  ctx: Context,
  before: LlmConfig,
  after: LlmConfig,
  apiKey: string | null | undefined,
): Promise<void> {
  const target = configTarget(after)
  if (JSON.stringify(told(before)) !== JSON.stringify(told(after))) {
    const details = { before: told(before), after: told(after) }
    await appendAudit(client, ctx, { eventType: 'LLM_CONFIG_UPDATED', target, details })
  }
  if (apiKey || (apiKey === '' && before.key !== null)) {
    const details = { provider: after.provider, withKey: apiKey !== '' }
    await appendAudit(client, ctx, { eventType: 'LLM_CONFIG_KEY_SET', target, details })
  }
}

/** What the audit trail says of a config: nothing of its key. */
function told({ provider, displayName, baseUrl, testModel, enabled, isDefault }: LlmConfig) {
  return { provider, displayName, baseUrl, testModel, enabled, isDefault }
}

export function configTarget({ id, displayName }: Pick<LlmConfig, 'id' | 'displayName'>) {
  return { type: 'llm-config' as const, id, label: displayName, familyId: null }
}

async function requireRoom(client: pg.PoolClient, { organization }: Context): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM llm.provider_config WHERE organization_id = $1',
    [organization.id],
  )
  if ((rows[0]?.count ?? 0) < CONFIGS_MAX) return
  throw new DomainError(
    'conflict',
    'too_many_llm_configs',
    `An organization has room for ${CONFIGS_MAX} of them: remove one that is not used any more.`,
  )
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    'conflict',
    'llm_config_changed',
    'Somebody else changed it meanwhile. Look at it again; nothing was done.',
  )
}

function defaultIsEnabled(): DomainError {
  return invalid([
    { pointer: '/isDefault', detail: 'Only one that is enabled can be the default.' },
  ])
}

function defaultIsReplaced(): DomainError {
  return invalid([{ pointer: '/isDefault', detail: 'Make another one the default instead.' }])
}
