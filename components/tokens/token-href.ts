import type { TokenOwner } from '@/lib/tokens/model'

/** The page of a secret: the token's, or that of the integration it was made for. */
export function tokenHref(
  tenant: string,
  { id, owner }: { id: string; owner: Pick<TokenOwner, 'type' | 'id'> },
): string {
  return owner.type === 'integration'
    ? `/${tenant}/settings/integrations/${owner.id}?tab=mcp`
    : `/${tenant}/settings/api-access/tokens/${id}`
}
