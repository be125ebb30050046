import { StatusDot } from '@/components/ui/status-dot'

/** Whether clients get through. `hasKey` matters only while it is enabled. */
export function IntegrationState({ enabled, hasKey }: { enabled: boolean; hasKey: boolean }) {
  if (!enabled) return <StatusDot tone="neutral">Not published</StatusDot>
  return hasKey ? (
    <StatusDot tone="success">Published</StatusDot>
  ) : (
    <StatusDot tone="warning">Without a key</StatusDot>
  )
}
