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

/** What an organization pays beside the models it uses, which are billed at what they cost. */
export interface Fees {
  /** US cents for a whole billing period, due when it begins. */
  periodCents: number
  /** What goes beyond the allowances, due when the period has ended. */
  overage: {
    /** US cents for each million tokens. */
    millionTokensCents: number
    /** US cents for each thousand requests. */
    thousandRequestsCents: number
    /** US cents for a GiB that is held for a whole period. */
    gibibyteCents: number
    /** US cents for a member who is there for a whole period. */
    seatCents: number
  }
}

/** One version of a plan. A version never changes: who has it keeps it until they choose again. */
export interface Plan {
  id: PlanId
  version: number
  name: string
  allowances: Allowances
  fees: Fees
}

/** From the smallest to the largest. */
export const PLAN_IDS = ['STARTER', 'TEAM', 'BUSINESS', 'ENTERPRISE'] as const
export type PlanId = (typeof PLAN_IDS)[number]

const GIB = 1024 ** 3

/** Every version there ever was, oldest first: a new version is added behind, none is changed or taken away. */
const VERSIONS: Record<PlanId, readonly [Plan, ...Plan[]]> = {
  STARTER: [
    {
      id: 'STARTER',
      version: 1,
      name: 'Starter',
      allowances: { tokens: 25_000_000, requests: 50_000, storageBytes: 5 * GIB, seats: 3 },
      fees: {
        periodCents: 0,
        overage: {
          millionTokensCents: 20,
          thousandRequestsCents: 10,
          gibibyteCents: 25,
          seatCents: 1500,
        },
      },
    },
  ],
  TEAM: [
    {
      id: 'TEAM',
      version: 1,
      name: 'Team',
      allowances: { tokens: 500_000_000, requests: 1_000_000, storageBytes: 100 * GIB, seats: 25 },
      fees: {
        periodCents: 29_900,
        overage: {
          millionTokensCents: 12,
          thousandRequestsCents: 6,
          gibibyteCents: 20,
          seatCents: 1200,
        },
      },
    },
  ],
  BUSINESS: [
    {
      id: 'BUSINESS',
      version: 1,
      name: 'Business',
      allowances: {
        tokens: 5_000_000_000,
        requests: 10_000_000,
        storageBytes: 1024 * GIB,
        seats: 150,
      },
      fees: {
        periodCents: 149_900,
        overage: {
          millionTokensCents: 8,
          thousandRequestsCents: 4,
          gibibyteCents: 15,
          seatCents: 1000,
        },
      },
    },
  ],
  ENTERPRISE: [
    {
      id: 'ENTERPRISE',
      version: 1,
      name: 'Enterprise',
      allowances: { tokens: null, requests: null, storageBytes: null, seats: null },
      fees: {
        periodCents: 750_000,
        overage: {
          millionTokensCents: 0,
          thousandRequestsCents: 0,
          gibibyteCents: 0,
          seatCents: 0,
        },
      },
    },
  ],
}

const newest = (id: PlanId): Plan => VERSIONS[id].at(-1) ?? VERSIONS[id][0]

/** The version of each plan that can be chosen now. */
export const PLANS: Record<PlanId, Plan> = {
  STARTER: newest('STARTER'),
  TEAM: newest('TEAM'),
  BUSINESS: newest('BUSINESS'),
  ENTERPRISE: newest('ENTERPRISE'),
}

/** What an organization has that nobody gave a plan to. */
export const FIRST_PLAN: PlanId = 'STARTER'

/**
 * A plan as somebody chose it.
 * @throws RangeError where there is no such version
 */
export function planVersion(id: PlanId, version: number): Plan {
  const plan = VERSIONS[id].find((one) => one.version === version)
  if (!plan) throw new RangeError(`There is no version ${version} of the plan ${id}.`)
  return plan
}

/** Whether `to` is a larger plan, so that a change to it counts at once. */
export function isUpgrade(from: PlanId, to: PlanId): boolean {
  return PLAN_IDS.indexOf(to) > PLAN_IDS.indexOf(from)
}
