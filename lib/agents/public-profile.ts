import type { PublicAgent } from '@/lib/agents/model'
import { agentIdSchema } from '@/lib/agents/schema'
import type { Database } from '@/lib/db/database'
import { SLUG_MAX } from '@/lib/organization/model'

/**
 * What anybody may read of an agent that was made public, by an address that the organization has or had; null for
 * everything else, so that nothing tells a private agent from none. `organization.slug` is the present address.
 */
export async function readPublicAgent(
  db: Pick<Database, 'pool'>,
  { slug, agent }: { slug: string; agent: string },
): Promise<PublicAgent | null> {
  // They come from a path: what can be neither is not worth a query.
  if (slug.length > SLUG_MAX || !/^[a-z0-9-]+$/.test(slug)) return null
  if (!agentIdSchema.safeParse(agent).success) return null
  const { rows } = await db.pool.query<PublicAgent>(
    `SELECT json_build_object('slug', o.slug, 'name', o.name, 'website', o.website, 'logoId', o.logo_id) AS organization,
       json_build_object('id', a.id, 'displayName', a.display_name, 'description', a.description) AS agent
     FROM organization_addresses h
     JOIN organizations o ON o.id = h.organization_id
     JOIN agents.agent a ON a.organization_id = o.id
     WHERE h.slug = $1 AND a.id = $2 AND a.is_public AND a.archived_at IS NULL AND o.deletes_at IS NULL`,
    [slug, agent],
  )
  return rows[0] ?? null
}
