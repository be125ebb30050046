import type { IncomingMessage } from 'node:http'
import {
  hasCredentialInQuery,
  looksLegacy,
  presentedHeaders,
  readCredential,
} from '@/app/v1/_api/credential'
import { type Problem, ProblemError, problem } from '@/app/v1/_api/problem'
import { FixedWindow, networkOf } from '@/app/v1/_api/rate-limit'
import { requestFacts, type Visit } from '@/app/v1/_api/visit'
import type { Runtime } from '@/lib/runtime'
import { recordUseAfterEnd, revokeReplayedFamily } from '@/lib/tokens/refused-use'
import type { KnownToken, RefusalCode, Verification } from '@/lib/tokens/verification'

export type Accepted = Extract<Verification, { outcome: 'accepted' }>
type Refused = Extract<Verification, { outcome: 'refused' }>

const MINUTE_MS = 60_000
/** 401s a minute from one network before they become 429s. */
const FAILURES_BEFORE_THROTTLE = 300

/**
 * Who is calling: reads the credential, has it verified, and throttles those who guess. Only failures are
 * ever answered 429 here: a good token is served however noisy its network is, so that nobody can lock
 * out those who share an address with them.
 */
export class Admission {
  readonly #runtime: Runtime
  readonly #failures = new FixedWindow({ limit: FAILURES_BEFORE_THROTTLE, windowMs: MINUTE_MS })
  /** Spares the database the retries of a program that was not told of the end of its token. */
  readonly #refusedUses = new FixedWindow({ limit: 1, windowMs: MINUTE_MS })
  readonly #migrationUrl: string

  constructor(runtime: Runtime) {
    this.#runtime = runtime
    this.#migrationUrl = `${runtime.environment.PUBLIC_URL}/docs/api#migration`
  }

  /**
   * @param rotates whether the call asks to rotate: a rotated secret that does so is in two hands
   * @throws ProblemError 400 invalid_request, 401, or 429 for a network that keeps failing
   */
  async admit(
    request: Request,
    incoming: IncomingMessage | undefined,
    visit: Visit,
    rotates: boolean,
  ): Promise<Accepted> {
    const credential = readCredential(
      presentedHeaders(request, incoming),
      hasCredentialInQuery(request.url),
    )
    if (credential.kind === 'invalid') throw new ProblemError(badCredential(credential.detail))
    if (credential.kind === 'none') {
      throw this.failed(visit, noCredential(credential.detail))
    }
    return this.admitSecret(credential.secret, visit, rotates)
  }

  /** The same for a secret that the caller has read. @throws ProblemError 401 or 429 */
  async admitSecret(secret: string, visit: Visit, rotates: boolean): Promise<Accepted> {
    const verification = await this.#runtime.verifier.verify(secret)
    if (verification.outcome === 'accepted') return verification
    if (verification.known) {
      await this.#reactToRefused(verification.known, verification.code, visit, rotates)
    }
    throw this.failed(visit, this.#refusal(verification, secret))
  }

  /** Somebody holds the real secret of a token that has ended. The 401 is given whatever fails here. */
  async #reactToRefused(
    token: KnownToken,
    code: RefusalCode,
    visit: Visit,
    rotates: boolean,
  ): Promise<void> {
    const facts = requestFacts(visit)
    try {
      // The graver one first: of one request people are told once.
      if (rotates && code === 'rotated') await revokeReplayedFamily(this.#runtime, token, facts)
      if (this.#refusedUses.hit(`${token.tokenId} ${code}`, visit.now) === 1) {
        await recordUseAfterEnd(this.#runtime, token, code, facts)
      }
    } catch (error) {
      this.#runtime.log.error(
        { err: error, requestId: visit.requestId },
        'use of an ended token not recorded',
      )
    }
  }

  /** Counts the failure; one too many from a network is answered 429 in place of the 401. */
  failed(visit: Visit, refusal: Problem): ProblemError {
    const network = visit.ip === null ? null : networkOf(visit.ip)
    if (network && this.#failures.hit(network, visit.now) > FAILURES_BEFORE_THROTTLE) {
      return this.#throttled(visit.now)
    }
    return new ProblemError(refusal)
  }

  #throttled(now: number): ProblemError {
    const seconds = this.#failures.secondsLeft(now)
    return new ProblemError(
      quotaExceeded(
        'failures',
        seconds,
        'Too many requests without an accepted credential from this network.',
        {
          'RateLimit-Policy': `"failures";q=${FAILURES_BEFORE_THROTTLE};w=60`,
          RateLimit: `"failures";r=0;t=${seconds}`,
        },
      ),
    )
  }

  #refusal(verification: Refused, secret: string): Problem {
    const { known, code, description } = verification
    if (!known && looksLegacy(secret)) {
      return invalidToken('This is a key of the older system that was never imported.', {
        members: { help: this.#migrationUrl },
        headers: { Link: `<${this.#migrationUrl}>; rel="help"` },
      })
    }
    return invalidToken(description, known ? { members: { reason: code } } : {})
  }
}

/** 429 by the registered problem type of the RateLimit draft. */
export function quotaExceeded(
  policy: string,
  seconds: number,
  detail: string,
  headers: Record<string, string> = {},
): Problem {
  return problem('quota_exceeded', detail, {
    members: { 'violated-policies': [policy] },
    headers: { ...headers, 'Retry-After': String(seconds) },
  })
}

export function badCredential(detail: string): Problem {
  return problem('invalid_request', detail, {
    headers: {
      'WWW-Authenticate': `Bearer error="invalid_request", error_description="${detail}"`,
      'Cache-Control': 'private, no-store',
    },
  })
}

export function noCredential(detail: string): Problem {
  return problem('unauthenticated', detail, {
    headers: { 'WWW-Authenticate': 'Bearer', 'Cache-Control': 'private, no-store' },
  })
}

export function invalidToken(
  description: string,
  details: { members?: Record<string, unknown>; headers?: Record<string, string> },
): Problem {
  return problem('invalid_token', description, {
    ...(details.members && { members: details.members }),
    headers: {
      ...details.headers,
      // RFC 6750 allows no quote or backslash here.
      'WWW-Authenticate': `Bearer error="invalid_token", error_description="${description.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '')}"`,
    },
  })
}
