import { reaches } from '@/lib/agents/model'
import { listAgents } from '@/lib/agents/queries'
import type { Context } from '@/lib/context'
import { PAGE_SIZE_MAX } from '@/lib/paging'

/** What a choice of an agent shows. */
export interface RunnableAgent {
  id: string
  displayName: string
}

/** Every agent that is deployed and that the caller may run, by name. @throws DomainError forbidden */
export async function listRunnableAgents(ctx: Context): Promise<RunnableAgent[]> {
  const agents: RunnableAgent[] = []
  let pageToken = ''
  do {
    const page = await listAgents(ctx, { pageSize: PAGE_SIZE_MAX, pageToken })
    for (const { id, displayName, deployedRevision, yourRole } of page.items) {
      if (deployedRevision !== null && reaches(yourRole, 'EDITOR')) agents.push({ id, displayName })
    }
    pageToken = page.nextPageToken
  } while (pageToken !== '')
  return agents.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'))
}
