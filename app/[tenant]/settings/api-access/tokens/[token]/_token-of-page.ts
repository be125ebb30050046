import { notFound } from 'next/navigation'
import { cache } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { ceiling } from '@/lib/access/principal'
import type { Scope } from '@/lib/access/scopes'
import { isDomainError } from '@/lib/errors'
import { isUuid } from '@/lib/ids'
import { getToken, ownerCeiling, type TokenDetail } from '@/lib/tokens/queries'

/** The token of the address, read once for title and page; what may not be seen is the 404 of nothing. */
export const tokenOfPage = cache(async (tenant: string, tokenId: string): Promise<TokenDetail> => {
  const ctx = await dashboardContext(tenant)
  if (!isUuid(tokenId)) notFound()
  try {
    return await getToken(ctx, { tokenId })
  } catch (error) {
    if (isDomainError(error) && error.kind !== 'unavailable') notFound()
    throw error
  }
})

/** The most that may be granted to this token: what both the viewer and its owner can do. */
export async function grantable(tenant: string, token: TokenDetail): Promise<Scope[]> {
  const ctx = await dashboardContext(tenant)
  const owner = new Set(await ownerCeiling(ctx, token))
  return ceiling(ctx.principal).filter((scope) => owner.has(scope))
}
