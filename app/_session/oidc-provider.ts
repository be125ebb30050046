import type { OAuthConfig } from 'next-auth/providers/oauth'
import type { OidcAdmission } from '@/lib/auth/oidc-sign-in'
import { runtime } from '@/lib/runtime'

/** The company's identity provider, where the environment names one (OpenID Connect Discovery 1.0). */

/** What next-auth hands over, and types as less. */
interface IdTokenSet {
  /** Of the id token, which was verified. */
  claims(): { sub: string }
}

export const OIDC_PROVIDER_ID = 'oidc'

/** What its button says; null where there is none. */
export function oidcName(): string | null {
  const { OIDC_ISSUER, OIDC_NAME } = runtime().environment
  return OIDC_ISSUER === undefined ? null : OIDC_NAME
}

/** Who may come in by it; null where there is none. */
export function oidcAdmission(): OidcAdmission | null {
  const { environment } = runtime()
  if (environment.OIDC_ISSUER === undefined) return null
  return {
    issuer: environment.OIDC_ISSUER,
    allowedDomains: environment.OIDC_ALLOWED_DOMAINS,
    organization: environment.OIDC_ORGANIZATION ?? null,
    defaultRole: environment.OIDC_DEFAULT_ROLE,
  }
}

/**
 * For next-auth, which does the redirects and checks state, nonce, PKCE and the id token. The claims that
 * count are read from its verified profile by lib/auth/oidc-sign-in.ts.
 */
export function oidcProviders(): OAuthConfig<{ sub: string }>[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = runtime().environment
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return []
  return [
    {
      id: OIDC_PROVIDER_ID,
      name: OIDC_NAME,
      type: 'oauth',
      issuer: OIDC_ISSUER,
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      authorization: { params: { scope: 'openid email profile' } },
      checks: ['pkce', 'state', 'nonce'],
      idToken: true,
      userinfo: {
        // Small id tokens leave e-mail and name out. Where both say something, the signed one counts.
        async request({ client, tokens }) {
          const signed = (tokens as typeof tokens & IdTokenSet).claims()
          const { userinfo_endpoint: endpoint } = client.issuer.metadata
          if (!endpoint || !tokens.access_token) return signed
          const told = await client.userinfo(tokens.access_token)
          // OpenID Connect Core 1.0, section 5.3.2: anything else could be a substituted token.
          if (told.sub !== signed.sub) throw new Error('The userinfo is about somebody else.')
          return { ...told, ...signed }
        },
      },
      profile: ({ sub }) => ({ id: sub }),
    },
  ]
}
