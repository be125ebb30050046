export const WHAT_IF_PERIODS = [7, 30, 90] as const

/** What is compared, as the address has it. */
export interface WhatIfChoice {
  days: (typeof WHAT_IF_PERIODS)[number]
  /** `openai/gpt-5`; null: all models. */
  of: string | null
  /** Null: all agents. */
  agent: string | null
  /** The other model; null until it is chosen. */
  provider: string | null
  model: string | null
}

type SearchParams = Record<string, string | string[] | undefined>

export function readWhatIfChoice(params: SearchParams): WhatIfChoice {
  const text = (name: string) => {
    const value = params[name]
    return typeof value === 'string' ? value : null
  }
  return {
    days: WHAT_IF_PERIODS.find((days) => String(days) === text('days')) ?? 30,
    of: text('of'),
    agent: text('agent'),
    provider: text('on-provider'),
    model: text('on-model'),
  }
}

export function whatIfHref(
  tenant: string,
  { days, of, agent, provider, model }: WhatIfChoice,
): string {
  const params = new URLSearchParams({
    tab: 'what-if',
    ...(days !== 30 && { days: String(days) }),
    ...(of !== null && { of }),
    ...(agent !== null && { agent }),
    ...(provider !== null && { 'on-provider': provider }),
    ...(model !== null && { 'on-model': model }),
  })
  return `/${tenant}/settings/model-pricing?${params}`
}

export function modelPath({ provider, model }: { provider: string; model: string }): string {
  return `${provider}/${model}`
}
