import { StatusDot } from '@/components/ui/status-dot'
import type { ServiceAccountState } from '@/lib/service-accounts/model'
import { ACCOUNT_STATE_LABELS, ACCOUNT_STATE_TONES } from './account-words'

export function AccountState({ state }: { state: ServiceAccountState }) {
  return <StatusDot tone={ACCOUNT_STATE_TONES[state]}>{ACCOUNT_STATE_LABELS[state]}</StatusDot>
}
