import { APICallError } from '@ai-sdk/provider'
import { RetryError } from 'ai'
import { isDomainError } from '@/lib/errors'
import { AnswerTooLargeError, ForbiddenAddressError } from '@/lib/llm-providers/guarded-fetch'
import { NotPublicError } from '@/lib/public-network'

const CAUSES: Record<string, string> = {
  ECONNREFUSED: 'The provider could not be reached: the connection was refused.',
  ECONNRESET: 'The provider cut the connection.',
  ENOTFOUND: 'The provider could not be reached: the name of its server is unknown.',
  EAI_AGAIN: 'The provider could not be reached: the name of its server could not be looked up.',
  EHOSTUNREACH: 'The provider could not be reached.',
  ENETUNREACH: 'The provider could not be reached.',
  ETIMEDOUT: 'The provider could not be reached.',
  CERT_HAS_EXPIRED: 'The certificate of the server has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the server is not trusted.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of the server is not trusted.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate of the server is not trusted.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another name.',
}

/**
 * Why a call of a model failed, in a sentence of ours. What the provider answered is never in it: it can repeat the
 * key, and whatever was asked.
 * @param model as it was asked for
 */
export function failureOf(error: unknown, model: string): string {
  if (RetryError.isInstance(error)) return failureOf(error.lastError, model)
  if (APICallError.isInstance(error)) return failureOfAnswer(error, model)
  if (isDomainError(error)) return error.message
  if (error instanceof ForbiddenAddressError || error instanceof NotPublicError) {
    return error.message
  }
  if (error instanceof AnswerTooLargeError) return 'The answer was too large.'
  const { name, code } = (error ?? {}) as NodeJS.ErrnoException
  if (name === 'TimeoutError' || name === 'AbortError')
    return 'The provider did not answer in time.'
  return CAUSES[code ?? ''] ?? 'The call of the provider failed.'
}

function failureOfAnswer({ statusCode: status, cause }: APICallError, model: string): string {
  if (status === undefined) return failureOf(cause, model)
  if (status < 300) {
    return 'The answer was not one of an OpenAI-compatible provider. Check the base URL.'
  }
  if (status < 400)
    return 'The provider answered with a redirect, which is not followed. Check the base URL.'
  if (status === 401) return 'The provider refused the key.'
  if (status === 403) return `The key may not use the model ${model}.`
  if (status === 404) return `The provider knows no model ${model}, or the base URL is not right.`
  if (status === 402) return 'The provider wants to be paid: the account has no credit left.'
  if (status === 408) return 'The provider did not answer in time.'
  if (status === 429) {
    return 'The provider turns calls away for now: a limit or the credit of the account is reached.'
  }
  if (status >= 500) return `The provider has a problem of its own (${status}).`
  return `The provider refused the request (${status}). Check the key and the model ${model}.`
}
