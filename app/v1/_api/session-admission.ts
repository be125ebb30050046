import type { Admission } from '@/app/v1/_api/admission'
import { type Problem, ProblemError, problem } from '@/app/v1/_api/problem'
import { sessionCookieIn, sessionCookieOf, sessionSecretIn } from '@/app/v1/_api/session-cookie'
import type { Visit } from '@/app/v1/_api/visit'
import { type ActiveSession, resolveSession } from '@/lib/auth/sessions'
import type { Runtime } from '@/lib/runtime'

const MAX_COOKIE_LENGTH = 4096

/**
 * Which person is calling: reads the cookie of the dashboard, for the operations of people and for no other.
 * A browser sends it with whatever a page asks, a page of somebody else's too, so where the call comes from is
 * looked at before the cookie.
 */
export class SessionAdmission {
  readonly #runtime: Runtime
  readonly #admission: Admission
  readonly #cookieName: string
  readonly #origin: string

  constructor(runtime: Runtime, admission: Admission) {
    const { PUBLIC_URL } = runtime.environment
    this.#runtime = runtime
    this.#admission = admission
    this.#cookieName = sessionCookieOf(PUBLIC_URL).name
    this.#origin = new URL(PUBLIC_URL).origin
  }

  /** @throws ProblemError 401 | 403 `foreign_origin` | 429 for a network that keeps failing */
  async admit(request: Request, visit: Visit): Promise<ActiveSession> {
    const cookie = sessionCookieIn(request.headers.get('cookie'), this.#cookieName)
    if (!cookie) throw this.#admission.failed(visit, this.#signIn(SIGN_IN))
    if (!this.#isOurs(request)) throw new ProblemError(foreignOrigin())
    const session = cookie.length > MAX_COOKIE_LENGTH ? null : await this.#sessionOf(cookie)
    if (!session) throw this.#admission.failed(visit, this.#signIn(SIGN_IN_AGAIN))
    return session
  }

  async #sessionOf(cookie: string): Promise<ActiveSession | null> {
    const { db, authSecret } = this.#runtime
    const secret = await sessionSecretIn(cookie, authSecret)
    return secret ? resolveSession(db, secret) : null
  }

  /**
   * What changes something must say that it comes from our own pages. What only reads may come without a word,
   * as from the address bar or a script, but not from the page of somebody else.
   */
  #isOurs({ method, headers }: Request): boolean {
    const origin = headers.get('origin')
    const site = headers.get('sec-fetch-site')
    if (method === 'GET' || method === 'HEAD') {
      const siteIsOurs = site === null || site === 'same-origin' || site === 'none'
      return siteIsOurs && (origin === null || origin === this.#origin)
    }
    return origin === this.#origin && (site === null || site === 'same-origin')
  }

  /** RFC 9110 asks for a challenge; this form of one is a draft's (HTTP Cookie Authentication). */
  #signIn(detail: string): Problem {
    const { PUBLIC_URL } = this.#runtime.environment
    const page = `${new URL(PUBLIC_URL).origin}/sign-in`
    return problem('sign_in_required', `${detail} ${page}`, {
      headers: {
        'WWW-Authenticate': `Cookie form-action="${page}", cookie-name="${this.#cookieName}"`,
      },
    })
  }
}

const SIGN_IN =
  'Only a signed-in person can do this. Sign in here, then call with your session’s cookie:'
const SIGN_IN_AGAIN = 'Your session has ended. Sign in again:'

function foreignOrigin(): Problem {
  return problem(
    'foreign_origin',
    'This call did not come from a page of this site. Send the Origin of this site with whatever changes something.',
  )
}
