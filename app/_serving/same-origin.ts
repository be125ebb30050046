import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Where the servers of mail programs post without an Origin (RFC 8058). The secret in the address is the
 * authority there, no cookie is read, and it can only end e-mails.
 */
const ONE_CLICK = /^\/unsubscribe\/[A-Za-z0-9_-]+\/one-click$/

/**
 * Refuses every page request that could change something and does not come from our own pages. Next
 * lets a server action through when Origin is absent, and `Origin: null` was a bypass once
 * (GHSA-mq59-m269-xvcx), so both are refused here, before Next sees them.
 * @returns true where the request was answered with 403
 */
export function refuseForeignOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  publicUrl: string,
): boolean {
  const method = request.method ?? 'GET'
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false
  if (method === 'POST' && ONE_CLICK.test(request.url ?? '')) return false
  const fetchSite = request.headers['sec-fetch-site']
  const isSameOrigin = request.headers.origin === new URL(publicUrl).origin
  const isSameSite = fetchSite === undefined || fetchSite === 'same-origin'
  if (isSameOrigin && isSameSite) return false
  const body = JSON.stringify({
    type: 'about:blank',
    title: 'Forbidden',
    status: 403,
    detail: 'This request did not come from a page of this site.',
    code: 'foreign_origin',
  })
  response.writeHead(403, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(body)
  return true
}
