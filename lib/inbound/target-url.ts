import { invalid } from '@/lib/errors'
import { leadsInside } from '@/lib/public-network'

/** Which URLs a forward may go to. */

/** Why a forward may never go there, or null. Names are looked up at each forward, not here. */
export function forbiddenTarget(url: URL, allowedOrigins: readonly string[]): string | null {
  if (url.username || url.password) return 'Leave user and password out of the URL.'
  if (allowedOrigins.includes(url.origin)) return null
  if (url.protocol !== 'https:') return 'Use https: deliveries are not sent in the clear.'
  return leadsInside(url)
    ? 'This leads into a private network. Use an address that the Internet can reach.'
    : null
}

/**
 * The URL as it is kept: without its fragment.
 * @param allowedOrigins of the operator, reached although they are private or in the clear
 * @throws DomainError invalid at /config/url
 */
export function requireTargetUrl(text: string, allowedOrigins: readonly string[]): string {
  const url = new URL(text)
  const complaint = forbiddenTarget(url, allowedOrigins)
  if (complaint !== null) throw invalid([{ pointer: '/config/url', detail: complaint }])
  url.hash = ''
  return url.href
}
