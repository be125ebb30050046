import { DomainError, type ErrorKind } from '@/lib/errors'
import { FAILURE_WORDS } from '@/lib/execution/model'

/** How a run that had begun can fail. */
const KINDS = {
  provider_credentials_refused: 'unavailable',
  provider_busy: 'unavailable',
  provider_refused: 'upstream-failed',
  provider_failed: 'upstream-failed',
  provider_timeout: 'upstream-timeout',
  model_timed_out: 'upstream-timeout',
  run_cancelled: 'conflict',
} as const satisfies Record<string, ErrorKind>
export type RunFailure = keyof typeof KINDS

const BUSY_RETRY_SECONDS = 30

/** What an error of a provider means. Nothing of its own words goes on: they can hold a key, or what was asked. */
export async function runFailureOf(error: unknown): Promise<RunFailure> {
  const { APICallError, RetryError } = await import('ai')
  const last = RetryError.isInstance(error) ? error.lastError : error
  const status = APICallError.isInstance(last) ? last.statusCode : undefined
  if (status === 401 || status === 403) return 'provider_credentials_refused'
  if (status === 429 || status === 503 || status === 529) return 'provider_busy'
  if (status === 408 || status === 504) return 'provider_timeout'
  return status !== undefined && status >= 400 && status < 500
    ? 'provider_refused'
    : 'provider_failed'
}

/** The failure as its caller is told of it; the run is recorded under `executionId`. */
export function failedRun(failure: RunFailure, executionId: string): DomainError {
  return failedCall(failure, ` The run is recorded as ${executionId}.`)
}

/** The same of a call that is no run. @param more is said after it */
export function failedCall(failure: RunFailure, more = ''): DomainError {
  return new DomainError(KINDS[failure], failure, FAILURE_WORDS[failure] + more, {
    ...(failure === 'provider_busy' && { retryAfterSeconds: BUSY_RETRY_SECONDS }),
  })
}
