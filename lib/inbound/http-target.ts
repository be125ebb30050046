import { type IncomingMessage, type RequestOptions, request as requestInTheClear } from 'node:http'
import { request as requestTls } from 'node:https'
import type { HttpTarget } from '@/lib/inbound/model'
import { standardSignature } from '@/lib/inbound/signatures'
import { forbiddenTarget } from '@/lib/inbound/target-url'
import type { Firing, FiringOutcome, TriggerTarget } from '@/lib/inbound/trigger-target'
import { lookUpPublic, NotPublicError } from '@/lib/public-network'

export interface HttpTargetSetting {
  /** For the whole exchange, in ms. */
  timeoutMs: number
  /** Reached although they are private or in the clear; of the operator. */
  allowedOrigins: readonly string[]
}

/**
 * Forwards a delivery by POST, byte by byte as it came, signed by the Standard Webhooks specification with our id. A
 * name is looked up once, every address it has is checked, and that very address is connected to: what it resolves to
 * a moment later does not matter. Redirects are not followed. Whatever is answered but 2xx is a failure.
 */
export function httpTarget(setting: HttpTargetSetting): TriggerTarget<HttpTarget> {
  return {
    async fire({ url }, firing) {
      try {
        return await post(new URL(url), firing, setting)
      } catch (error) {
        return { succeeded: false, status: null, outcome: causeOf(error, setting.timeoutMs) }
      }
    },
  }
}

class ForbiddenTarget extends Error {}

function post(
  url: URL,
  firing: Firing,
  { timeoutMs, allowedOrigins }: HttpTargetSetting,
): Promise<FiringOutcome> {
  // Once more: it may have been stored under other rules.
  const complaint = forbiddenTarget(url, allowedOrigins)
  if (complaint !== null) throw new ForbiddenTarget(complaint)
  const options: RequestOptions = {
    method: 'POST',
    headers: headersOf(firing),
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
    ...(allowedOrigins.includes(url.origin) ? {} : { lookup: lookUpPublic }),
  }
  const send = url.protocol === 'https:' ? requestTls : requestInTheClear
  return new Promise((resolve, reject) => {
    const request = send(url, options, (answer) => resolve(outcomeOf(answer)))
    request.on('error', reject)
    request.end(firing.body)
  })
}

/** Nothing of the answer is read but its status: it may be anything, of any length. */
function outcomeOf(answer: IncomingMessage): FiringOutcome {
  const status = answer.statusCode ?? 0
  answer.destroy()
  if (status >= 200 && status < 300)
    return { succeeded: true, status, outcome: `Answered ${status}.` }
  return {
    succeeded: false,
    status,
    outcome:
      status >= 300 && status < 400
        ? `Answered ${status}: redirects are not followed.`
        : `Answered ${status}.`,
  }
}

function headersOf(firing: Firing): Record<string, string | number> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const { deliveryId: id, body, secrets, contentType, eventType } = firing
  return {
    'Content-Type': contentType ?? 'application/octet-stream',
    'Content-Length': body.byteLength,
    'User-Agent': 'Fruxon-Inbound/1',
    Connection: 'close',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': standardSignature(secrets, { id, timestamp, body }),
    'Fruxon-Webhook': firing.webhookId,
    'Fruxon-Provider': firing.provider.toLowerCase(),
    'Fruxon-Attempt': firing.attempt,
    ...(eventType !== null && { 'Fruxon-Event': asHeader(eventType) }),
  }
}

/**
 * A type is what its sender wrote, a header takes less: what is not all printable ASCII is percent-encoded (UTF-8, as
 * encodeURIComponent does), with U+FFFD for half a surrogate pair.
 */
function asHeader(eventType: string): string {
  if (/^[\x20-\x7e]*$/.test(eventType)) return eventType
  return encodeURIComponent(eventType.replaceAll(/\p{Cs}/gu, '\ufffd'))
}

const CAUSES: Record<string, string> = {
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was cut.',
  ENOTFOUND: 'The name of the server is unknown.',
  EAI_AGAIN: 'The name of the server could not be looked up.',
  EHOSTUNREACH: 'The server could not be reached.',
  ENETUNREACH: 'The server could not be reached.',
  CERT_HAS_EXPIRED: 'The certificate of the server has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the server is not trusted.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of the server is not trusted.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate of the server is not trusted.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another name.',
}

/** Our own words: those of the error may repeat the URL. */
function causeOf(error: unknown, timeoutMs: number): string {
  if (error instanceof ForbiddenTarget || error instanceof NotPublicError) return error.message
  const { name, code } = error as NodeJS.ErrnoException
  if (name === 'TimeoutError' || name === 'AbortError') {
    return `No answer within ${timeoutMs / 1000} seconds.`
  }
  return CAUSES[code ?? ''] ?? 'The connection failed.'
}
