const COMPANY = 'Your identity provider'

/** By the code that a redirect brings; written here, so that no address can put words on this page. */
const FAILURES: Record<string, string> = {
  oidc_email_unproven: `${COMPANY} does not confirm your e-mail address. Ask your administrator.`,
  oidc_domain: 'Addresses of this domain may not sign in here.',
  oidc_not_invited:
    'There is no account for your address yet. Ask an admin of your organization to invite you.',
  OAuthSignin: `${COMPANY} could not be reached. Try again in a moment.`,
  OAuthCallback: `${COMPANY} refused the sign-in, or it took too long. Try again.`,
}

/** What to say about a sign-in that ended in a redirect; null where it is not about one. */
export function redirectFailure(code: string): string | null {
  if (Object.hasOwn(FAILURES, code)) return FAILURES[code] ?? null
  return code === 'unavailable' ? 'Signing in did not work. Try again in a moment.' : null
}
