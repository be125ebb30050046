'use client'

import { Rocket } from 'lucide-react'
import { loadDeployments } from '@/app/[tenant]/settings/agents/actions'
import { useMorePages } from '@/components/settings/use-more-pages'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { RelativeTime } from '@/components/ui/relative-time'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { TextLink } from '@/components/ui/text-link'
import type { AgentSummary, Deployment } from '@/lib/agents/model'
import type { Page } from '@/lib/paging'
import type { Viewer } from './agent-words'
import { MadeBy } from './made-by'
import { MoreRows } from './more-rows'

export type DeploymentsTableProps = {
  agent: AgentSummary
  firstPage: Page<Deployment>
  viewer: Viewer
  now: number
}

/** What was live when, and who made it so. */
export function DeploymentsTable({ agent, firstPage, viewer, now }: DeploymentsTableProps) {
  const { tenant } = viewer
  const base = `/${tenant}/settings/agents/${agent.id}?tab=revisions`
  const more = useMorePages(firstPage, (pageToken) =>
    loadDeployments(tenant, { agent: agent.id, pageToken }),
  )
  if (more.items.length === 0) {
    return (
      <EmptyState
        icon={<Rocket />}
        title="Nothing was deployed yet"
        description="Deploy a revision, and it is what runs of this agent. Each deployment is kept here with who made it."
        actions={<LinkButton href={base}>Go to revisions</LinkButton>}
      />
    )
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Table label="Deployments">
        <THead>
          <tr>
            <Th>Deployed</Th>
            <Th>Change</Th>
            <Th>Deployed by</Th>
          </tr>
        </THead>
        <TBody>
          {more.items.map((deployment, index) => (
            <Tr key={deployment.id}>
              <Td>
                <span className="flex items-center gap-2">
                  <RelativeTime at={deployment.createdAt} now={now} />
                  {index === 0 ? <Badge tone="success">Live</Badge> : null}
                </span>
              </Td>
              <Td>
                <Change deployment={deployment} base={base} />
              </Td>
              <Td>
                <MadeBy maker={deployment.createdBy} viewer={viewer} />
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
      <MoreRows
        noun={{ one: 'deployment', many: 'deployments' }}
        total={firstPage.totalCount}
        more={more}
      />
    </div>
  )
}

function Change({ deployment, base }: { deployment: Deployment; base: string }) {
  const { previousRevision: before, targetRevision: after } = deployment
  if (before === null) {
    return <TextLink href={`${base}&revision=${after}`}>Revision {after}, the first</TextLink>
  }
  return (
    <span className="flex flex-wrap items-center gap-x-2 whitespace-nowrap">
      <TextLink href={`${base}&revision=${after}&against=${before}`}>
        Revision {before} → {after}
      </TextLink>
      {after < before ? <Badge tone="warning">Rollback</Badge> : null}
    </span>
  )
}
