import { dayValue } from './own-price-words'

const DAY_MS = 86_400_000

/** What a correction is about, as the address has it; days as `2026-11-22`. */
export interface CorrectionWish {
  from: string
  /** The last day. */
  through: string
  /** Null: all. */
  provider: string | null
  model: string | null
  agent: string | null
}

interface Range {
  /** Epoch ms, UTC midnights; `to` is not in the range. */
  from: number
  to: number
  provider: string
  model: string
  agent: string | null
}

/** The form of a correction, filled in. */
export function correctionHref(
  tenant: string,
  { from, to, provider, model, agent }: Range,
): string {
  const params = new URLSearchParams({
    tab: 'corrections',
    from: dayValue(from),
    through: dayValue(to - DAY_MS),
    provider,
    model,
    ...(agent !== null && { agent }),
  })
  return `/${tenant}/settings/model-pricing?${params}#correct`
}

/** The sheet for an own price of this, opened by the address. */
export function ownPriceHref(
  tenant: string,
  { provider, model, agent }: { provider: string; model: string; agent: string | null },
): string {
  const params = new URLSearchParams({
    tab: 'corrections',
    'set-provider': provider,
    'set-model': model,
    ...(agent !== null && { 'set-agent': agent }),
  })
  return `/${tenant}/settings/model-pricing?${params}`
}

/** What the address wants an own price of; null where it wants none. */
export function readOwnPriceWish(
  params: SearchParams,
): { provider: string; model: string; agent: string | null } | null {
  const { 'set-provider': provider, 'set-model': model, 'set-agent': agent } = params
  if (typeof provider !== 'string' || typeof model !== 'string') return null
  return { provider, model, agent: typeof agent === 'string' ? agent : null }
}

type SearchParams = Record<string, string | string[] | undefined>

/** What the address asks for; the last 30 days of everything where it asks for nothing. */
export function readCorrectionWish(params: SearchParams, now: number): CorrectionWish {
  const text = (name: string) => {
    const value = params[name]
    return typeof value === 'string' ? value : null
  }
  const day = (name: string, otherwise: number) => {
    const value = text(name)
    return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : dayValue(otherwise)
  }
  const provider = text('provider')
  const model = text('model')
  return {
    from: day('from', now - 29 * DAY_MS),
    through: day('through', now),
    provider: model === null ? null : provider,
    model: provider === null ? null : model,
    agent: text('agent'),
  }
}
