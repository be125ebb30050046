import type { IncomingMessage } from 'node:http'

/** What a request brought to prove who it is (RFC 6750; the header form only). */
export type Credential =
  | { kind: 'bearer'; secret: string }
  /** Nothing usable: 401 without an error code. `detail` says what to send instead. */
  | { kind: 'none'; detail: string }
  /** More than one, or unreadable: 400 invalid_request. */
  | { kind: 'invalid'; detail: string }

export interface PresentedHeaders {
  authorization: string | null
  /** Two Authorization lines: no proxy and no server may disagree on which one counts. */
  repeated: boolean
  apiKey: boolean
}

const SECRET_MAX = 512
const BEARER = /^bearer +([a-z0-9\-._~+/]+=*)$/i
const CREDENTIAL_IN_QUERY = /[?&](?:access_token|api_?key)(?=[=&]|$)/i

/**
 * The Authorization header as it was on the wire. Node keeps the first of two lines and hides the second,
 * so the raw list is read where there is one; the Fetch form joins them by a comma, which is refused later.
 */
export function presentedHeaders(
  request: Request,
  incoming: IncomingMessage | undefined,
): PresentedHeaders {
  if (!incoming) {
    return {
      authorization: request.headers.get('authorization'),
      repeated: false,
      apiKey: request.headers.has('x-api-key'),
    }
  }
  const raw = incoming.rawHeaders
  let lines = 0
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] as string
    if (name.length === 13 && name.toLowerCase() === 'authorization') lines++
  }
  return {
    authorization: incoming.headers.authorization ?? null,
    repeated: lines > 1,
    apiKey: incoming.headers['x-api-key'] !== undefined,
  }
}

/** True where the URL carries what looks like a credential. It is never read, only refused. */
export function hasCredentialInQuery(url: string): boolean {
  const query = url.indexOf('?')
  return query !== -1 && CREDENTIAL_IN_QUERY.test(url.slice(query))
}

/** Decides by RFC 6750: one method a request, the scheme in any case, nothing but a Bearer. */
export function readCredential(headers: PresentedHeaders, inQuery: boolean): Credential {
  const { authorization } = headers
  if (headers.repeated || authorization?.includes(',')) {
    return { kind: 'invalid', detail: 'Send exactly one Authorization header with one credential.' }
  }
  if (!authorization) return withoutAuthorization(headers.apiKey, inQuery)
  if (!/^bearer(?: |$)/i.test(authorization)) {
    return {
      kind: 'none',
      detail: 'Only the Bearer scheme is accepted: Authorization: Bearer <token>.',
    }
  }
  if (inQuery) {
    return {
      kind: 'invalid',
      detail: 'Send the token in the Authorization header only, never in the URL.',
    }
  }
  const secret = authorization.length > SECRET_MAX ? undefined : BEARER.exec(authorization)?.[1]
  if (!secret)
    return {
      kind: 'invalid',
      detail: 'The Authorization header is not of the form: Bearer <token>.',
    }
  return { kind: 'bearer', secret }
}

function withoutAuthorization(apiKey: boolean, inQuery: boolean): Credential {
  if (apiKey) {
    return {
      kind: 'none',
      detail: 'X-API-KEY is no longer accepted. Send the token as Authorization: Bearer <token>.',
    }
  }
  if (inQuery) {
    return {
      kind: 'none',
      detail: 'A token in the URL is never accepted. Send it as Authorization: Bearer <token>.',
    }
  }
  return { kind: 'none', detail: 'Send a token as Authorization: Bearer <token>.' }
}

/** True for the looks of the older systems' keys; those never imported are told how to move. */
export function looksLegacy(secret: string): boolean {
  return /^(?:fx_live_|fxn_|frx_)/.test(secret)
}
