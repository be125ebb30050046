import type { Context } from '@/lib/context'

/** What a client wants run. */
export interface RunWish {
  /** The id of an agent that the integration offers. */
  agent: string
  /** A text, or values of the parameters that the revision declares. */
  input: string | Record<string, unknown>
  integration: { uid: string; id: string; displayName: string }
  signal: AbortSignal
}

export interface RunAnswer {
  response: string
  revision: number
  /** Null of a simulated run, of which nothing is kept. */
  executionId: string | null
  /** Dollars, exact; null where no price is known. */
  costUsd: string | null
}

/** How agents are run for clients. Neither asks who may: the integration offers them. */
export interface AgentRuns {
  /** Recorded, metered, within budgets. @throws DomainError where it does not run or fails */
  run(ctx: Context, wish: RunWish): Promise<RunAnswer>
  /** By the local provider: nothing is recorded, metered or spent. @throws DomainError */
  simulate(ctx: Context, wish: RunWish): Promise<RunAnswer>
}
