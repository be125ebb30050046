import type pg from 'pg'
import type { LlmConfig } from '@/lib/llm-providers/model'

const EPOCH_MS = (sql: string) => `(extract(epoch FROM ${sql}) * 1000)::float8`

/** Of the key only that it is there: what is not read cannot be shown. */
const SELECT = `
  SELECT c.id, c.provider, c.display_name AS "displayName", c.base_url AS "baseUrl",
    CASE WHEN c.key_set_at IS NOT NULL THEN
      json_build_object('hint', c.key_hint, 'setAt', ${EPOCH_MS('c.key_set_at')}) END AS key,
    c.test_model AS "testModel", c.enabled,
    CASE WHEN c.enabled THEN 'ACTIVE' WHEN c.activated_at IS NULL THEN 'DRAFT' ELSE 'DISABLED' END AS state,
    c.is_default AS "isDefault",
    CASE WHEN c.tested_at IS NOT NULL THEN
      json_build_object('at', ${EPOCH_MS('c.tested_at')}, 'error', c.test_error) END AS "lastTest",
    c.version, c.created_by_label AS "createdByLabel", ${EPOCH_MS('c.created_at')} AS "createdAt",
    ${EPOCH_MS('c.modified_at')} AS "modifiedAt"
  FROM llm.provider_config c WHERE c.organization_id = $1`

type Client = Pick<pg.Pool | pg.PoolClient, 'query'>

/** Of each provider the default first, then by name; never a key. */
export async function selectConfigs(client: Client, organizationId: string): Promise<LlmConfig[]> {
  const { rows } = await client.query<LlmConfig>(
    `${SELECT} ORDER BY c.provider, c.is_default DESC, c.display_name, c.id`,
    [organizationId],
  )
  return rows
}

/** Null for one of another provider too. */
export async function selectConfig(
  client: Client,
  organizationId: string,
  { provider, configId }: { provider: string; configId: string },
): Promise<LlmConfig | undefined> {
  const { rows } = await client.query<LlmConfig>(`${SELECT} AND c.provider = $2 AND c.id = $3`, [
    organizationId,
    provider,
    configId,
  ])
  return rows[0]
}

/** For who is to call the provider, not for who is to be shown anything. */
export async function selectSealedKey(
  client: Client,
  organizationId: string,
  configId: string,
): Promise<Buffer | null> {
  const { rows } = await client.query<{ sealedKey: Buffer | null }>(
    `SELECT sealed_key AS "sealedKey" FROM llm.provider_config WHERE organization_id = $1 AND id = $2`,
    [organizationId, configId],
  )
  return rows[0]?.sealedKey ?? null
}
