/** What a plan includes in each billing period; null = without end. */
export interface Allowances {
  /** Tokens of models, in and out. */
  tokens: number | null
  /** Calls of the API and of connectors. */
  requests: number | null
  /** Held by knowledge bases at any moment. */
  storageBytes: number | null
  seats: number | null
}

export interface Plan {
  id: PlanId
  name: string
  allowances: Allowances
}

export const PLAN_IDS = ['STARTER', 'TEAM', 'BUSINESS', 'ENTERPRISE'] as const
export type PlanId = (typeof PLAN_IDS)[number]

const GIB = 1024 ** 3

export const PLANS: Record<PlanId, Plan> = {
  STARTER: {
    id: 'STARTER',
    name: 'Starter',
    allowances: { tokens: 25_000_000, requests: 50_000, storageBytes: 5 * GIB, seats: 3 },
  },
  TEAM: {
    id: 'TEAM',
    name: 'Team',
    allowances: { tokens: 500_000_000, requests: 1_000_000, storageBytes: 100 * GIB, seats: 25 },
  },
  BUSINESS: {
    id: 'BUSINESS',
    name: 'Business',
    allowances: {
      tokens: 5_000_000_000,
      requests: 10_000_000,
      storageBytes: 1024 * GIB,
      seats: 150,
    },
  },
  ENTERPRISE: {
    id: 'ENTERPRISE',
    name: 'Enterprise',
    allowances: { tokens: null, requests: null, storageBytes: null, seats: null },
  },
}

/** What an organization has that nobody gave a plan to. */
export const FIRST_PLAN: PlanId = 'STARTER'
