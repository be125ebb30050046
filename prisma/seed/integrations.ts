import type pg from 'pg'
import type { Actor } from '@/lib/access/principal'
import type { InstallationKeys, OrganizationContext } from '@/lib/context'
import { newId } from '@/lib/ids'
import { integrationTarget } from '@/lib/integrations/rows'
import { TOOL_IDS } from '@/lib/integrations/tools'
import { digestForStorage } from '@/lib/tokens/digest'
import { DAY_MS } from '@/lib/tokens/model'
import { generateSecret } from '@/lib/tokens/secret'
import type { PastEvent } from '@/prisma/seed/history'
import { personOf } from '@/prisma/seed/person-of'
import { RUN_HERE } from '@/prisma/seed/runnable-agent'

interface DemoIntegration {
  id: string
  displayName: string
  description: string
  instructions: string
  by: string
  agents: readonly string[]
  createdAgo: number
}

const DEMO_INTEGRATIONS: Record<string, readonly DemoIntegration[]> = {
  acme: [
    {
      id: 'support-desk',
      displayName: 'Support desk',
      description:
        'For the assistants of the support team: run what we built, and see what it costs.',
      instructions:
        'Agents and costs of Acme. Run an agent only when somebody asked for it; look at usage before you talk about money.',
      by: 'ada@acme.example',
      agents: ['manual-search', 'ticket-triage', RUN_HERE.agent],
      createdAgo: 12,
    },
  ],
}

/**
 * What a demo organization publishes. Its MCP server is enabled, by a key that was shown to nobody: rotating makes one
 * that works. @returns what belongs into the audit trail
 */
export async function seedIntegrations(
  client: pg.PoolClient,
  { peppers }: Pick<InstallationKeys, 'peppers'>,
  organization: OrganizationContext,
  now: number,
): Promise<PastEvent[]> {
  const events: PastEvent[] = []
  for (const demo of DEMO_INTEGRATIONS[organization.slug] ?? []) {
    const actor = await personOf(client, demo.by)
    const uid = newId()
    const at = now - demo.createdAgo * DAY_MS
    await insertIntegration(client, organization.id, { ...demo, uid, at, by: actor.label })
    await insertKey(client, peppers, organization.id, { ...demo, uid, at, by: actor })
    const target = integrationTarget({ uid, displayName: demo.displayName })
    const { id: integration, description, agents } = demo
    events.push(
      {
        at,
        actor,
        eventType: 'INTEGRATION_CREATED',
        target,
        details: { integration, description, agents },
      },
      {
        at: at + KEY_AFTER_MS,
        actor,
        eventType: 'MCP_ENABLED',
        target,
        details: { integration, keyMade: true, tools: TOOL_IDS },
      },
    )
  }
  return events
}

const KEY_AFTER_MS = 240_000

type Placed<By> = Omit<DemoIntegration, 'by'> & { uid: string; at: number; by: By }

async function insertIntegration(
  client: pg.PoolClient,
  organizationId: string,
  demo: Placed<string>,
): Promise<void> {
  const { rowCount } = await client.query(
    `INSERT INTO integrations.integration (organization_id, uid, id, display_name, description, agent_uids,
       created_by_label, created_at, modified_at)
     SELECT $1, $2, $3, $4, $5, array_agg(uid), $7, to_timestamp($8 / 1000.0), to_timestamp($8 / 1000.0)
     FROM agents.agent WHERE organization_id = $1 AND id = ANY ($6) HAVING count(*) = cardinality($6::text[])`,
    [
      organizationId,
      demo.uid,
      demo.id,
      demo.displayName,
      demo.description,
      demo.agents,
      demo.by,
      demo.at,
    ],
  )
  if (rowCount !== 1) throw new Error(`An agent of the integration ${demo.id} is not in the demo.`)
  await client.query(
    `INSERT INTO integrations.mcp_config (organization_id, integration_uid, id, enabled, exposed_tool_ids,
       description, created_at, modified_at)
     VALUES ($1, $2, $3, true, $4, $5, to_timestamp($6 / 1000.0), to_timestamp($6 / 1000.0))`,
    [organizationId, demo.uid, newId(), TOOL_IDS, demo.instructions, demo.at],
  )
}

async function insertKey(
  client: pg.PoolClient,
  peppers: InstallationKeys['peppers'],
  organizationId: string,
  { uid, displayName, at, by }: Placed<Actor>,
): Promise<void> {
  const { secret, displayPrefix, last4 } = generateSecret('SYSTEM')
  await client.query(
    `INSERT INTO tokens (organization_id, id, family_id, type, format, name, digest, pepper_version,
       display_prefix, last4, scopes, integration_id, created_by_id, created_by_label, created_at, modified_at)
     VALUES ($1, $2, $3, 'SYSTEM', 'FX1', $4, $5, $6, $7, $8, '{mcp:invoke}', $3, $9, $10,
       to_timestamp($11 / 1000.0), to_timestamp($11 / 1000.0))`,
    [
      organizationId,
      newId(),
      uid,
      displayName,
      digestForStorage(peppers, secret),
      peppers.current.version,
      displayPrefix,
      last4,
      by.id,
      by.label,
      at + KEY_AFTER_MS,
    ],
  )
}
