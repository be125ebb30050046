/** One failing input: `pointer` is an RFC 6901 JSON pointer into the body (or `/query/<name>`). */
export interface FieldError {
  pointer: string
  detail: string
}

/** Every expected refusal of the core, by kind. The doors map kinds to statuses or form messages. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'idempotency-mismatch'
  | 'too-large'
  | 'throttled'
  | 'unavailable'
  | 'over-budget'
  | 'upstream-failed'
  | 'upstream-timeout'

interface DomainErrorOptions {
  errors?: FieldError[]
  missingScopes?: string[]
  retryAfterSeconds?: number
  cause?: unknown
}

/**
 * The one error that the core throws on purpose. `code` is stable and machine-readable; `message` is
 * written for the person or program that asked and never carries a secret or another tenant's data.
 */
export class DomainError extends Error {
  /** Survives the two module graphs of one process, where `instanceof` does not. */
  readonly isDomainError = true
  readonly errors: FieldError[]
  readonly missingScopes: string[]
  readonly retryAfterSeconds: number | null

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    options: DomainErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'DomainError'
    this.errors = options.errors ?? []
    this.missingScopes = options.missingScopes ?? []
    this.retryAfterSeconds = options.retryAfterSeconds ?? null
  }
}

/** True for a `DomainError` of either module graph (server bundle or Next bundle). */
export function isDomainError(value: unknown): value is DomainError {
  return value instanceof Error && (value as { isDomainError?: unknown }).isDomainError === true
}

/** The 404 that a missing, a foreign and an unreadable resource all get, so that none can be told apart. */
export function notFound(): DomainError {
  return new DomainError('not-found', 'not_found', 'There is nothing here, or you may not see it.')
}

/** A refusal of bad input. @param errors where and what; at least one. */
export function invalid(errors: FieldError[], code = 'validation_failed'): DomainError {
  const first = errors[0]
  const message =
    errors.length === 1 && first ? first.detail : `${errors.length} fields need another value.`
  return new DomainError('invalid', code, message, { errors })
}
