import { type Principal, personOf, seesOrganizationInventory } from '@/lib/access/principal'
import type { Maker } from '@/lib/agents/model'

/** Columns that say who made a row, in the order of `makerValues`. */
export const MAKER_COLUMNS = 'maker_kind, maker_id, maker_label, token_id, family_id, token_name'

/** Taken from the principal, never from input: the person or service account, and the token that carried the call. */
export function makerValues(principal: Principal): (string | null)[] {
  if (principal.kind === 'user') {
    return ['PERSON', principal.userId, principal.displayName, null, null, null]
  }
  const { owner, tokenId, familyId, tokenName } = principal
  if (owner.type === 'integration') throw new Error('The key of an MCP server makes nothing.')
  const person = owner.type === 'user'
  return [
    person ? 'PERSON' : 'SERVICE_ACCOUNT',
    person ? owner.userId : owner.serviceAccountId,
    person ? owner.displayName : owner.name,
    tokenId,
    familyId,
    tokenName,
  ]
}

/** The same as a maker, of what is being made at this moment. */
export function makerOf(principal: Principal): Maker {
  const [kind, id, label, tokenId, familyId, tokenName] = makerValues(principal)
  const token =
    tokenId && familyId
      ? { id: tokenId, familyId, name: tokenName ?? '', currentId: tokenId }
      : null
  return { kind: kind as Maker['kind'], id: id ?? '', label: label ?? '', token }
}

/**
 * SQL of a maker as JSON: the token under its present name, and the way to it for those who may see it.
 * @param row the alias of the table with the columns
 * @param sees place of a boolean: whether the reader sees everyone's tokens
 * @param reader place of the reader's own id, or null
 */
export function makerSql(row: string, sees: string, reader: string): string {
  return `json_build_object('kind', ${row}.maker_kind, 'id', ${row}.maker_id, 'label', ${row}.maker_label,
    'token', CASE WHEN ${row}.family_id IS NULL THEN NULL ELSE (
      SELECT json_build_object('id', ${row}.token_id, 'familyId', ${row}.family_id,
        'name', coalesce(max(newest.name), ${row}.token_name),
        'currentId', max(newest.id::text) FILTER (WHERE ${sees}::boolean OR newest.owner_user_id = ${reader}::uuid))
      FROM (SELECT t.id, t.name, t.owner_user_id FROM tokens t
        WHERE t.organization_id = ${row}.organization_id AND t.family_id = ${row}.family_id
        ORDER BY t.created_at DESC, t.id DESC LIMIT 1) newest) END)`
}

/** The values for `sees` and `reader`. */
export function readerValues(principal: Principal): [boolean, string | null] {
  return [seesOrganizationInventory(principal), personOf(principal)]
}
