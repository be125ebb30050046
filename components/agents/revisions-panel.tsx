'use client'

import { GitCommitVertical, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { loadRevisions } from '@/app/[tenant]/settings/agents/actions'
import { useMorePages } from '@/components/settings/use-more-pages'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { TextLink } from '@/components/ui/text-link'
import type { AgentSummary, Revision, RevisionSummary } from '@/lib/agents/model'
import type { Page } from '@/lib/paging'
import type { Viewer } from './agent-words'
import { DeployButton } from './deploy-button'
import { MadeBy } from './made-by'
import { MoreRows } from './more-rows'

const NewRevisionSheet = lazyOverlay(
  () => import('./new-revision-sheet').then((module) => module.NewRevisionSheet),
  { close: (props) => props.onClose() },
)

export type RevisionsPanelProps = {
  agent: AgentSummary
  firstPage: Page<RevisionSummary>
  /** What a new one begins with. */
  latest: Revision | null
  viewer: Viewer
  now: number
  mayEdit: boolean
}

/** Every revision, newest first, with the ways to read, compare and deploy it. */
export function RevisionsPanel(props: RevisionsPanelProps) {
  const { agent, firstPage, latest, viewer, mayEdit } = props
  const { tenant } = viewer
  const router = useRouter()
  const [writing, setWriting] = useState(false)
  const more = useMorePages(firstPage, (pageToken) =>
    loadRevisions(tenant, { agent: agent.id, pageToken }),
  )
  const write = mayEdit ? (
    <Button
      variant="primary"
      onClick={() => setWriting(true)}
      {...preloadOnIntent(NewRevisionSheet.preload)}
    >
      <Plus aria-hidden />
      New revision
    </Button>
  ) : null
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {more.items.length === 0 ? (
        <EmptyState
          icon={<GitCommitVertical />}
          title={mayEdit ? 'Write the first revision' : 'There is no revision yet'}
          description="A revision holds instructions, model and parameters. It never changes; the next idea is the next revision, and going back is one click."
          actions={write}
        />
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-muted text-sm">
              Revisions never change. Deploying an older one rolls back.
            </p>
            {write}
          </div>
          <Table label="Revisions">
            <THead>
              <tr>
                <Th>Revision</Th>
                <Th>Model</Th>
                <Th>Created</Th>
                <Th>Created by</Th>
                <Th srOnly>Actions</Th>
              </tr>
            </THead>
            <TBody>
              {more.items.map((revision) => (
                <RevisionRow key={revision.number} {...props} revision={revision} />
              ))}
            </TBody>
          </Table>
          <MoreRows
            noun={{ one: 'revision', many: 'revisions' }}
            total={firstPage.totalCount}
            more={more}
          />
        </>
      )}
      {writing ? (
        <NewRevisionSheet
          tenant={tenant}
          agent={agent}
          latest={latest}
          onClose={() => setWriting(false)}
          onDone={router.refresh}
        />
      ) : null}
    </div>
  )
}

function RevisionRow(props: RevisionsPanelProps & { revision: RevisionSummary }) {
  const { agent, revision, viewer, now, mayEdit } = props
  const { number, comment } = revision
  const base = `/${viewer.tenant}/settings/agents/${agent.id}?tab=revisions&revision=${number}`
  const live = agent.deployedRevision
  return (
    <Tr interactive>
      <Td>
        <span className="flex min-w-36 max-w-40 flex-col sm:max-w-72">
          <span className="flex items-center gap-2">
            <RowLink href={base}>Revision {number}</RowLink>
            {live === number ? <Badge tone="success">Live</Badge> : null}
          </span>
          {comment ? <span className="truncate text-muted text-xs">{comment}</span> : null}
        </span>
      </Td>
      <Td>
        <span className="flex flex-col whitespace-nowrap">
          {revision.model}
          <span className="text-muted text-xs">{revision.provider}</span>
        </span>
      </Td>
      <Td>
        <RelativeTime at={revision.createdAt} now={now} />
      </Td>
      <Td>
        <MadeBy maker={revision.createdBy} viewer={viewer} />
      </Td>
      <Td align="right">
        <span className="flex items-center justify-end gap-3">
          {live !== null && live !== number ? (
            <TextLink
              href={`${base}&against=${live}`}
              aria-label={`Compare revision ${number} with the live one`}
              className="relative z-1 whitespace-nowrap"
            >
              Compare
            </TextLink>
          ) : null}
          {mayEdit && live !== number ? (
            <DeployButton tenant={viewer.tenant} agent={agent} revision={number} />
          ) : null}
        </span>
      </Td>
    </Tr>
  )
}
