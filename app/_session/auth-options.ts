import type { NextAuthOptions, User } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { OIDC_PROVIDER_ID, oidcAdmission, oidcProviders } from '@/app/_session/oidc-provider'
import { openByPassword, openSession } from '@/app/_session/opening'
import { relyingParty } from '@/app/_session/relying-party'
import { requestFacts } from '@/app/_session/request-facts'
import { SESSION_MAX_AGE_S, sessionCookie } from '@/app/_session/session-cookie'
import { signOut } from '@/lib/auth/commands'
import type { OpenedSession, SignInDoor } from '@/lib/auth/complete-sign-in'
import { signInByOidc } from '@/lib/auth/oidc-sign-in'
import { signInByPasskey } from '@/lib/auth/passkey-sign-in'
import { isSecondFactorRequired } from '@/lib/auth/second-factor-required'
import { resolveSession } from '@/lib/auth/sessions'
import { type DomainError, isDomainError } from '@/lib/errors'
import { runtime } from '@/lib/runtime'

/** What `authorize` hands to the `jwt` callback; it reaches the browser only encrypted, in the cookie. */
interface SignedInUser extends User {
  sessionSecret: string
}

const hasSecret = (user: User | undefined): user is SignedInUser =>
  user !== undefined && 'sessionSecret' in user

function authorizeByPassword(
  credentials: Record<'email' | 'password' | 'code', string> | undefined,
): Promise<SignedInUser> {
  return admitting(() =>
    openByPassword({
      email: String(credentials?.email ?? ''),
      password: String(credentials?.password ?? ''),
      code: credentials?.code ? String(credentials.code) : undefined,
    }),
  )
}

function authorizeByPasskey(
  credentials: Record<'assertion', string> | undefined,
): Promise<SignedInUser> {
  const assertion = jsonIn(credentials?.assertion)
  const open = (door: SignInDoor) =>
    signInByPasskey({ ...door, assertion, relyingParty: relyingParty() })
  return admitting(() => openSession(open))
}

/**
 * After the provider's redirect was checked: opens our own session, and hands it on through the one object
 * that next-auth gives to the `jwt` callback next.
 * @returns true, or the address of the page that says why not
 */
async function admitByOidc(user: User, claims: unknown): Promise<true | string> {
  const admission = oidcAdmission()
  if (!admission) return '/sign-in'
  try {
    const open = (door: SignInDoor) => signInByOidc({ ...door, claims, admission })
    Object.assign(user, await admitting(() => openSession(open)))
    return true
  } catch (error) {
    const code = error instanceof Error ? error.message : 'unavailable'
    return `/sign-in?error=${encodeURIComponent(code)}`
  }
}

/** Null for what is no JSON, which is no assertion either. */
function jsonIn(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return null
  }
}

async function admitting(open: () => Promise<OpenedSession>): Promise<SignedInUser> {
  try {
    const session = await open()
    return { id: session.userId, sessionSecret: session.sessionSecret }
  } catch (error) {
    // next-auth puts the message into an address: only codes may leave here.
    if (isDomainError(error)) throw new Error(refusalCode(error))
    const { id: requestId } = await requestFacts()
    runtime().log.error({ err: error, requestId }, 'sign-in failed')
    throw new Error('unavailable')
  }
}

/** "too_many_attempts:40", "second_factor_required:app,recovery", "invalid_credentials". */
function refusalCode(error: DomainError): string {
  if (isSecondFactorRequired(error)) return `${error.code}:${error.methods.join()}`
  const wait = error.retryAfterSeconds
  return wait === null ? error.code : `${error.code}:${wait}`
}

/**
 * next-auth carries one opaque value in an encrypted cookie and does nothing else: who that is, and
 * whether it still is, comes from the database at each request (current-session.ts). Built at each use,
 * because nothing is running yet when `next build` imports the route.
 */
export function authOptions(): NextAuthOptions {
  const { authSecret, db, log } = runtime()
  const { name, options, secure } = sessionCookie()
  return {
    secret: authSecret,
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_S },
    useSecureCookies: secure,
    cookies: {
      sessionToken: { name, options },
    },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        credentials: {
          email: { type: 'email' },
          password: { type: 'password' },
          code: { type: 'text' },
        },
        authorize: authorizeByPassword,
      }),
      Credentials({
        id: 'passkey',
        credentials: { assertion: { type: 'text' } },
        authorize: authorizeByPasskey,
      }),
      ...oidcProviders(),
    ],
    callbacks: {
      signIn: ({ user, account, profile }) =>
        account?.provider === OIDC_PROVIDER_ID ? admitByOidc(user, profile) : true,
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
        const request = await requestFacts()
        await signOut({ db, request, sessionSecret: token.sessionSecret, by: 'person' })
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
