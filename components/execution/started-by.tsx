import type { Viewer } from '@/components/agents/agent-words'
import { MadeBy } from '@/components/agents/made-by'
import { TextLink } from '@/components/ui/text-link'
import type { Starter } from '@/lib/execution/model'

export type StartedByProps = { starter: Starter; viewer: Viewer }

/** Who started a run: a person or service account with the token, the endpoint that a delivery came in by, or the integration of an MCP client. */
export function StartedBy({ starter: { kind, ...starter }, viewer }: StartedByProps) {
  if (kind === 'INTEGRATION') {
    return (
      <span className="flex min-w-0 max-w-56 flex-col">
        <TextLink href={`/${viewer.tenant}/settings/integrations/${starter.id}`}>
          {starter.label}
        </TextLink>
        <span className="text-muted text-xs">by an MCP client</span>
      </span>
    )
  }
  if (kind !== 'WEBHOOK') return <MadeBy maker={{ kind, ...starter }} viewer={viewer} />
  return (
    <span className="flex min-w-0 max-w-56 flex-col">
      <TextLink href={`/${viewer.tenant}/settings/inbound/${starter.id}`}>{starter.label}</TextLink>
      <span className="text-muted text-xs">by a delivery</span>
    </span>
  )
}
