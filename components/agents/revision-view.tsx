import { SectionCard } from '@/components/settings/section-card'
import { BackLink } from '@/components/ui/back-link'
import { Badge } from '@/components/ui/badge'
import { CodeBlock } from '@/components/ui/code-block'
import { DescriptionList } from '@/components/ui/description-list'
import { LinkButton } from '@/components/ui/link-button'
import { RelativeTime } from '@/components/ui/relative-time'
import type { AgentSummary, Revision } from '@/lib/agents/model'
import type { Viewer } from './agent-words'
import { DeployButton } from './deploy-button'
import { MadeBy } from './made-by'
import { revisionFacts } from './revision-facts'

export type RevisionViewProps = {
  agent: AgentSummary
  revision: Revision
  viewer: Viewer
  now: number
  mayDeploy: boolean
}

/** One revision, whole. */
export function RevisionView({ agent, revision, viewer, now, mayDeploy }: RevisionViewProps) {
  const { number, definition, deployed } = revision
  const base = `/${viewer.tenant}/settings/agents/${agent.id}?tab=revisions`
  const before = deployed || agent.deployedRevision === null ? number - 1 : agent.deployedRevision
  return (
    <div className="flex max-w-form flex-col gap-4">
      <BackToRevisions href={base} />
      <SectionCard
        title={
          <span className="flex items-center gap-2">
            Revision {number} {deployed ? <Badge tone="success">Live</Badge> : null}
          </span>
        }
        description={revision.comment || undefined}
        actions={
          <>
            {before > 0 ? (
              <LinkButton size="sm" href={`${base}&revision=${number}&against=${before}`}>
                Compare with {before}
              </LinkButton>
            ) : null}
            {mayDeploy && !deployed ? (
              <DeployButton tenant={viewer.tenant} agent={agent} revision={number} />
            ) : null}
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <CodeBlock label="instructions" code={definition.instructions} wrap />
          <DescriptionList
            items={[
              ...revisionFacts(definition).map(({ term, text }) => ({
                term,
                detail: <span className="whitespace-pre-line">{text}</span>,
              })),
              { term: 'Created', detail: <RelativeTime at={revision.createdAt} now={now} /> },
              {
                term: 'Created by',
                detail: <MadeBy maker={revision.createdBy} viewer={viewer} />,
              },
            ]}
          />
        </div>
      </SectionCard>
    </div>
  )
}

export function BackToRevisions({ href }: { href: string }) {
  return <BackLink href={href}>All revisions</BackLink>
}
