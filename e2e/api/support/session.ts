import type { Person, World } from '@/e2e/api/support/world'
import type { ApiAnswer, ApiCall } from '@/e2e/support/api-client'
import { insertSession, SESSION_COOKIE } from '@/e2e/support/session-cookie'

/** People who are signed in, as the dashboard's sign-in would have left them. */

export interface SignedIn {
  /** The value of a Cookie header. */
  cookie: string
  sessionId: string
  /** As a page of the product would call. */
  get(path: string): Promise<ApiAnswer>
  post(path: string, body?: unknown): Promise<ApiAnswer>
  patch(path: string, body: unknown): Promise<ApiAnswer>
  delete(path: string): Promise<ApiAnswer>
}

interface SessionTraits {
  /** How long ago they last proved who they are. */
  confirmedAgoMs?: number
  /** Of the key that the cookie is made with; the product's unless told. */
  authSecret?: string
}

/** Signs a person in by a row and a cookie, which is what a sign-in makes. */
export async function signedIn(
  world: World,
  { userId }: Pick<Person, 'userId'>,
  traits: SessionTraits = {},
): Promise<SignedIn> {
  const { sessionId, cookieValue } = await insertSession(world.pool, {
    userId,
    authSecret: traits.authSecret ?? world.product.authSecret,
    confirmedAgoMs: traits.confirmedAgoMs,
  })
  const cookie = `${SESSION_COOKIE}=${cookieValue}`
  return { cookie, sessionId, ...callsOf(world.call, world.product.url, cookie) }
}

function callsOf(call: World['call'], origin: string, cookie: string) {
  const send = (wish: ApiCall) => call({ ...wish, headers: { Cookie: cookie, Origin: origin } })
  return {
    get: (path: string) => call({ path, headers: { Cookie: cookie } }),
    post: (path: string, body?: unknown) => send({ method: 'POST', path, body }),
    patch: (path: string, body: unknown) => send({ method: 'PATCH', path, body }),
    delete: (path: string) => send({ method: 'DELETE', path }),
  }
}

/** As if they had used a link that was sent to their address. */
export async function provesMailbox(world: World, { userId }: Person): Promise<void> {
  await world.pool.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [userId])
}
