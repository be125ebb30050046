import type { NextAuthOptions, User } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { requestFacts } from '@/app/_session/request-facts'
import { presentedSessionSecret, sessionCookie } from '@/app/_session/session-cookie'
import { signIn, signOut } from '@/lib/auth/commands'
import { resolveSession, SESSION_MAX_DAYS } from '@/lib/auth/sessions'
import { isDomainError } from '@/lib/errors'
import { runtime } from '@/lib/runtime'

/** What `authorize` hands to the `jwt` callback; it reaches the browser only encrypted, in the cookie. */
interface SignedInUser extends User {
  sessionSecret: string
}

const hasSecret = (user: User | undefined): user is SignedInUser =>
  user !== undefined && 'sessionSecret' in user

async function authorize(
  credentials: Record<'email' | 'password', string> | undefined,
): Promise<SignedInUser> {
  const { db, signInThrottle, log } = runtime()
  const { ip, userAgent, id: requestId } = await requestFacts()
  try {
    const session = await signIn({
      db,
      throttle: signInThrottle,
      email: String(credentials?.email ?? ''),
      password: String(credentials?.password ?? ''),
      ip,
      userAgent,
    })
    // The value that the browser brought is not only replaced, it is dead.
    const replaced = await presentedSessionSecret()
    if (replaced) await signOut({ db, sessionSecret: replaced })
    return { id: session.userId, sessionSecret: session.sessionSecret }
  } catch (error) {
    // next-auth puts the message into an address: only codes may leave here.
    if (!isDomainError(error)) {
      log.error({ err: error, requestId }, 'sign-in failed')
      throw new Error('unavailable')
    }
    const wait = error.retryAfterSeconds
    throw new Error(wait === null ? error.code : `${error.code}:${wait}`)
  }
}

/**
 * next-auth carries one opaque value in an encrypted cookie and does nothing else: who that is, and
 * whether it still is, comes from the database at each request (current-session.ts). Built at each use,
 * because nothing is running yet when `next build` imports the route.
 */
export function authOptions(): NextAuthOptions {
  const { authSecret, db, log } = runtime()
  const { name, secure } = sessionCookie()
  return {
    secret: authSecret,
    session: { strategy: 'jwt', maxAge: SESSION_MAX_DAYS * 24 * 60 * 60 },
    useSecureCookies: secure,
    cookies: {
      sessionToken: { name, options: { httpOnly: true, sameSite: 'lax', path: '/', secure } },
    },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize,
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({
        sessionSecret: hasSecret(user) ? user.sessionSecret : token.sessionSecret,
      }),
      // The public /api/auth/session says who it is and never repeats the secret.
      async session({ session, token }) {
        const secret = token.sessionSecret
        const active = typeof secret === 'string' ? await resolveSession(db, secret) : null
        const user = active ? { name: active.displayName, email: active.email } : {}
        return { expires: session.expires, user }
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sessionSecret !== 'string') return
        await signOut({ db, sessionSecret: token.sessionSecret })
      },
    },
    logger: {
      // Not the metadata itself: it may hold what was posted.
      error: (code, metadata) =>
        log.error(
          { code, err: metadata instanceof Error ? metadata : metadata.error },
          'next-auth',
        ),
      warn: (code) => log.warn({ code }, 'next-auth'),
      debug: () => undefined,
    },
  }
}
