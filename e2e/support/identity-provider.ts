import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** A real OpenID Connect provider on this machine, whose people are whoever types an address. */
export interface IdentityProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Lets the site at this address use it. */
  serve(siteUrl: string): void
  close(): Promise<void>
}

const CLIENT = { id: 'settings', secret: 'a secret of the tests, 32 characters long' }
/** Whoever begins so has an address that the provider does not confirm. */
const UNPROVEN = 'unproven'

/** Listens at once, so that the product can be told of it; answers from `serve` on. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    serve: (siteUrl) => void server.on('request', providerFor(issuer, siteUrl).callback()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function providerFor(issuer: string, siteUrl: string): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${siteUrl}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    findAccount: (_context, email) => ({
      accountId: email,
      claims: () => ({
        sub: email,
        email,
        email_verified: !email.startsWith(UNPROVEN),
        name: `Person of ${email}`,
      }),
    }),
  })
}
