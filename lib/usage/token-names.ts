import { can, type Principal, personOf, seesOrganizationInventory } from '@/lib/access/principal'

/** A token as usage names it, all its secrets together. */
export interface NamedToken {
  /** The newest of its secrets. */
  id: string
  familyId: string
  name: string
  owner: { type: 'user' | 'service-account' | 'integration'; id: string; label: string }
}

/** What `TOKEN_COLUMNS` select. All null for tokens that the reader may not see. */
export interface NamedTokenRow {
  id: string | null
  familyId: string | null
  name: string
  ownerUserId: string | null
  ownerLabel: string | null
  serviceAccountId: string | null
  accountName: string | null
  integrationId: string | null
}

export const TOKEN_COLUMNS = `t.id, t.family_id AS "familyId", t.name, t.owner_user_id AS "ownerUserId",
  u.display_name AS "ownerLabel", t.service_account_id AS "serviceAccountId", a.name AS "accountName",
  t.integration_id AS "integrationId"`

/**
 * Joins the tokens of sums by family, in the table `d`, which has a row a family: each is looked up once, however many
 * days there are. The first two parameters of the statement are the organization and whether all names are shown; the
 * third is the person whose own are shown in any case.
 */
export const TOKEN_JOINS = `LEFT JOIN LATERAL (
    SELECT * FROM tokens t WHERE t.organization_id = $1 AND t.family_id = d.family_id
      AND ($2 OR t.owner_user_id = $3::uuid)
    ORDER BY t.created_at DESC, t.id DESC LIMIT 1) AS t ON true
  LEFT JOIN users u ON u.id = t.owner_user_id
  LEFT JOIN service_accounts a ON a.organization_id = $1 AND a.id = t.service_account_id`

/** The first three parameters of a statement with `TOKEN_JOINS`. */
export function tokenParameters(ctx: {
  principal: Principal
  organization: { id: string }
}): [string, boolean, string | null] {
  return [ctx.organization.id, seesTokenNames(ctx.principal), personOf(ctx.principal)]
}

/** Null for the tokens that the reader may not see. */
export function namedToken(row: NamedTokenRow): NamedToken | null {
  if (row.id === null || row.familyId === null) return null
  return { id: row.id, familyId: row.familyId, name: row.name, owner: ownerOf(row) }
}

function ownerOf(row: NamedTokenRow): NamedToken['owner'] {
  if (row.integrationId !== null) {
    return { type: 'integration', id: row.integrationId, label: 'MCP clients' }
  }
  return row.serviceAccountId === null
    ? { type: 'user', id: row.ownerUserId ?? '', label: row.ownerLabel ?? 'Removed person' }
    : { type: 'service-account', id: row.serviceAccountId, label: row.accountName ?? '' }
}

/** Who pays must know what for: finance reads names and owners here, though not the tokens themselves. */
export function seesTokenNames(principal: Principal): boolean {
  if (can(principal, 'billing:read')) return true
  return seesOrganizationInventory(principal) && can(principal, 'keys:read')
}
