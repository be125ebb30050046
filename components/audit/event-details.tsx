import type { ReactNode } from 'react'
import { ScopeDiff } from '@/components/settings/scope-diff'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import type { AuditEvent } from '@/lib/audit/events'
import { utcDateTime } from '@/lib/tokens/utc-date'
import { eventChanges, type ScopeStory } from './event-changes'

/** Everything recorded of one event: what changed, from where, and its place in the chain. */
export function EventDetails({ event }: { event: AuditEvent }) {
  const { scopes, facts } = eventChanges(event.details)
  return (
    <div className="grid gap-x-12 gap-y-5 px-4 pt-1 pb-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <DetailGroup title="What changed">
        {scopes ? <Scopes story={scopes} /> : null}
        {facts.length > 0 ? (
          <DetailList rows={facts.map((fact) => ({ term: fact.term, detail: fact.text }))} />
        ) : null}
        {!scopes && facts.length === 0 ? (
          <p className="text-muted text-sm">Nothing beyond the event itself was recorded.</p>
        ) : null}
      </DetailGroup>
      <DetailGroup title="Request and chain">
        <DetailList rows={originRows(event)} />
      </DetailGroup>
    </div>
  )
}

function DetailGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-3">
      <h2 className="font-medium text-muted text-xs">{title}</h2>
      {children}
    </section>
  )
}

function Scopes({ story }: { story: ScopeStory }) {
  if (story.kind === 'changed') return <ScopeDiff before={story.before} after={story.after} />
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium text-muted text-xs tabular-nums">Scopes ({story.scopes.length})</p>
      <ul className="flex flex-wrap gap-1.5">
        {story.scopes.map((scope) => (
          <li key={scope} className="inline-flex">
            <Badge mono>{scope}</Badge>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface DetailRow {
  term: string
  detail: ReactNode
}

function DetailList({ rows }: { rows: readonly DetailRow[] }) {
  return (
    <dl className="flex flex-col gap-1.5 text-sm tabular-nums">
      {rows.map(({ term, detail }) => (
        <div key={term} className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3">
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0 text-ink [overflow-wrap:anywhere]">{detail}</dd>
        </div>
      ))}
    </dl>
  )
}

const CHANNELS: Readonly<Record<string, string>> = {
  dashboard: 'Dashboard',
  api: 'API',
  system: 'System',
}

function originRows({ request, actor, target, ...event }: AuditEvent): DetailRow[] {
  return [
    { term: 'Time', detail: utcDateTime(event.createdAt) },
    { term: 'Channel', detail: CHANNELS[request.channel] ?? request.channel },
    ...copyable('IP address', request.ip),
    ...copyable('User agent', request.userAgent),
    ...copyable('Request id', request.id),
    ...copyable('Actor token', actor.tokenId),
    ...copyable(target.type === 'token' ? 'Token id' : 'Target id', target.id),
    { term: 'Place in chain', detail: <code className="text-xs">#{event.seq}</code> },
    ...copyable('Hash', event.hash),
  ]
}

/** A row to copy from; none where there is nothing to copy. */
function copyable(term: string, value: string | null): DetailRow[] {
  if (value === null || value === '') return []
  const detail = (
    <span className="flex items-start gap-1">
      <code className="min-w-0 py-0.5 text-xs [overflow-wrap:anywhere]">{value}</code>
      <CopyButton value={value} label={`Copy ${term}`} className="-my-1" />
    </span>
  )
  return [{ term, detail }]
}
