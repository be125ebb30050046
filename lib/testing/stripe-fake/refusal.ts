/** Why an issuer says no: Stripe's decline code, and the sentence for whoever pays. */
export interface Decline {
  code: string
  message: string
}

interface ErrorBody {
  type: string
  message: string
  code?: string
  decline_code?: string
  param?: string
}

/** An error in the shape of Stripe's API, to be sent instead of an answer. */
export class Refusal extends Error {
  readonly status: number
  readonly body: ErrorBody
  /** Whether carrying the call out had begun: then its idempotency key keeps the error. */
  readonly isKept: boolean

  constructor(status: number, body: ErrorBody, isKept = false) {
    super(body.message)
    this.status = status
    this.body = body
    this.isKept = isKept
  }
}

/** The request itself is wrong. */
export function invalidRequest(message: string, param?: string, code?: string): Refusal {
  return new Refusal(400, {
    type: 'invalid_request_error',
    message,
    ...(param ? { param } : {}),
    ...(code ? { code } : {}),
  })
}

/** The request is right, but not now. */
export function wrongState(message: string, code?: string): Refusal {
  return new Refusal(
    400,
    { type: 'invalid_request_error', message, ...(code ? { code } : {}) },
    true,
  )
}

export function noSuch(kind: string, id: string, param = 'id'): Refusal {
  return new Refusal(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param,
  })
}

export function declined({ code, message }: Decline): Refusal {
  const body = { type: 'card_error', code: 'card_declined', decline_code: code, message }
  return new Refusal(402, body, true)
}
