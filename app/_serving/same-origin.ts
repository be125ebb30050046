import type { IncomingMessage, ServerResponse } from 'node:http'

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
