import type { ChargeLine } from '@/lib/billing/charge'

/** Kinds of charges that come from use, and are due when a period has ended. */
export type UsageKind = 'MODEL' | 'TOKENS' | 'REQUESTS' | 'STORAGE' | 'SEATS'

/** A charge that comes from use, and can be followed to it. */
export interface UsageCharge extends ChargeLine {
  kind: UsageKind
  /** Of a model's line; null for the others. */
  provider: string | null
  model: string | null
}

/** What a charge is known by within its period. */
export function chargeKey({ kind, key }: Pick<ChargeLine, 'kind' | 'key'>): string {
  return `${kind} ${key}`
}
