import type { Maker } from '@/lib/agents/model'
import type { ModelOrigin } from '@/lib/llm-providers/open-model'
import type { Origin } from '@/lib/usage/origin'

/** What a run of an agent is; isomorphic. */

export const EXECUTION_STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED'] as const
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number]

/** Who started a run. An MCP client is no more than the integration whose key it has. A webhook has no token: its deliveries come in by a signature or by a token of their own. */
export interface Starter extends Omit<Maker, 'kind'> {
  kind: Maker['kind'] | 'WEBHOOK' | 'INTEGRATION'
}

/** Disjoint, as usage counts them; words where the local provider answered. */
export interface RunTokens {
  input: number
  cacheRead: number
  cacheWrite: number
  output: number
  reasoning: number
}

/** A run as it stands. Times are epoch ms, money is nano-USD. */
export interface Execution {
  id: string
  agentUid: string
  agentId: string
  revision: number
  sessionId: string
  /** Whom it was run for, as the caller calls them. */
  chatUserId: string | null
  /** The delivery from outside that started it. */
  deliveryId: string | null
  startedBy: Starter
  requestId: string
  origin: Origin
  provider: string
  model: string
  /** LOCAL: no model was called. */
  modelOrigin: ModelOrigin
  status: ExecutionStatus
  finishReason: string | null
  errorCode: string | null
  tokens: RunTokens
  /** Null while it runs, and where no price was known. */
  inputCost: bigint | null
  outputCost: bigint | null
  startedAt: number
  finishedAt: number | null
  durationMs: number | null
}

/** Why a run failed, in a sentence for people. */
export const FAILURE_WORDS: Readonly<Record<string, string>> = {
  provider_credentials_refused: 'The provider did not accept the key that is set here.',
  provider_busy: 'The provider is busy, or its limit is reached. Try again later.',
  provider_refused:
    'The provider refused the request: the model or its settings may not exist there.',
  provider_failed: 'The provider did not answer as it should. Try again later.',
  provider_timeout: 'The provider said that it took too long.',
  model_timed_out: 'No answer came within the time that a call may take, so it was broken off.',
  run_cancelled: 'The caller left before the answer came.',
  interrupted: 'The process that ran it ended before the answer came.',
}
