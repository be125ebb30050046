import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { UnseenAgent } from '@/components/agents/unseen-agent'
import { reachesEveryAgent } from '@/lib/agents/access'
import { getAgent } from '@/lib/agents/queries'
import { isDomainError } from '@/lib/errors'

export const metadata: Metadata = { title: 'Not found' }

/**
 * For an agent that is missing and one that may not be seen alike: whoever wants it asks for it. Also for a revision
 * or run that an agent does not have; then there is nothing to ask for.
 */
export default async function AgentNotFound() {
  const [, tenant = '', , , asked = ''] =
    (await headers()).get('x-fruxon-path')?.split(/[?#]/)[0]?.split('/') ?? []
  const ctx = await dashboardContext(tenant)
  const agent = decoded(asked)
  const isSeen = await getAgent(ctx, { agent }).then(
    () => true,
    (error: unknown) => {
      if (isDomainError(error) && error.kind === 'not-found') return false
      throw error
    },
  )
  return (
    <UnseenAgent
      tenant={ctx.organization.slug}
      agent={agent}
      mayAsk={!isSeen && !reachesEveryAgent(ctx.principal)}
    />
  )
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
