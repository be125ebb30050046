import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'

// biome-ignore lint/style/noProcessEnv: Next replaces it while compiling; there is no environment here
const development = process.env.NODE_ENV === 'development'

function contentSecurityPolicy(nonce: string): string {
  return [
    `default-src 'self'`,
    // Development rebuilds server stacks in the browser by eval; no other build has that.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // Toasts and Radix put style elements and style attributes in at run time and take no nonce.
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

/**
 * Gives each page its nonce. It decides nothing about access: pages and actions do that themselves,
 * because this may be passed by.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString('base64')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  // Next takes the nonce for its own scripts from the policy of the request.
  headers.set('content-security-policy', policy)
  const { pathname, searchParams } = request.nextUrl
  const search = new URLSearchParams(searchParams)
  search.delete('_rsc')
  // Where sign-in leads back to: a page is not told its own address otherwise.
  headers.set('x-fruxon-path', search.size > 0 ? `${pathname}?${search}` : pathname)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = {
  matcher: ['/((?!(?:v1|api|pictures|_next|healthz|readyz|metrics)(?:/|$)|icon\\.svg$).*)'],
}
