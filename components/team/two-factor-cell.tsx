import { StatusDot } from '@/components/ui/status-dot'
import { hasSecondFactor, type SecondFactors } from '@/lib/team/model'

/** Whether somebody has a second factor, and which. */
export function TwoFactorCell({ factors }: { factors: SecondFactors | null }) {
  if (!hasSecondFactor(factors)) return <StatusDot tone="neutral">Off</StatusDot>
  const kinds = [factors.app ? 'app' : null, factors.passkey ? 'passkey' : null]
  return (
    <StatusDot tone="success">
      On <span className="text-muted text-xs">{kinds.filter(Boolean).join(', ')}</span>
    </StatusDot>
  )
}
