import type pg from 'pg'
import type { Context } from '@/lib/context'
import type { OneConfig } from '@/lib/llm-providers/queries'

/** Which config of a provider runs use. A provider has a default exactly where one of its configs is enabled. */

/** Inside the transaction of a command, under the lock of the organization's configs. */
export async function makeDefault(
  client: pg.PoolClient,
  { organization }: Context,
  { provider, configId }: OneConfig,
): Promise<void> {
  // First the one before: of two at a moment the index would complain.
  await client.query(
    `UPDATE llm.provider_config SET is_default = false
     WHERE organization_id = $1 AND provider = $2 AND is_default AND id <> $3`,
    [organization.id, provider, configId],
  )
  await client.query(
    'UPDATE llm.provider_config SET is_default = true WHERE organization_id = $1 AND id = $2',
    [organization.id, configId],
  )
}

/** Where the provider has none, its oldest config that is enabled. Answers its name where that changed anything. */
export async function appointDefault(
  client: pg.PoolClient,
  { organization }: Context,
  provider: string,
): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    `UPDATE llm.provider_config SET is_default = true
     WHERE organization_id = $1 AND id = (
       SELECT id FROM llm.provider_config WHERE organization_id = $1 AND provider = $2 AND enabled
         AND NOT EXISTS (SELECT 1 FROM llm.provider_config
           WHERE organization_id = $1 AND provider = $2 AND is_default)
       ORDER BY activated_at, id LIMIT 1)
     RETURNING display_name AS name`,
    [organization.id, provider],
  )
  return rows[0]?.name ?? null
}
