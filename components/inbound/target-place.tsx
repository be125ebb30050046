import { TextLink } from '@/components/ui/text-link'
import type { WebhookTarget } from '@/lib/inbound/model'

export type TargetPlaceProps = { tenant: string; target: WebhookTarget }

/** Where deliveries go: the URL, or the agent with the way to it. */
export function TargetPlace({ tenant, target }: TargetPlaceProps) {
  if (target.kind === 'HTTP') return target.url
  return (
    <>
      Agent{' '}
      <TextLink href={`/${tenant}/settings/agents/${target.agentId}`}>{target.agentId}</TextLink>
    </>
  )
}
