import { StatusDot } from '@/components/ui/status-dot'
import { PROVIDER_FACTS, type Webhook } from '@/lib/inbound/model'

/** Whether anything can come in, and whether it goes on. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  if (lacksSecret(webhook)) return <StatusDot tone="warning">Needs a secret</StatusDot>
  return webhook.pausedAt === null ? (
    <StatusDot tone="success">Active</StatusDot>
  ) : (
    <StatusDot tone="neutral">Paused</StatusDot>
  )
}

/** Without it no signature is good, and nothing comes in. */
export function lacksSecret({ provider, providerSecret }: Webhook): boolean {
  return PROVIDER_FACTS[provider].signed && providerSecret === null
}
