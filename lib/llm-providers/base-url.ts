import { invalid } from '@/lib/errors'
import { leadsInside } from '@/lib/public-network'

/** Where a provider may be. */

/** Why a provider may never be there, or null. Names are looked up at each call, not here. */
export function forbiddenBaseUrl(url: URL, allowedOrigins: readonly string[]): string | null {
  if (url.username || url.password) return 'Leave user and password out of the URL.'
  if (allowedOrigins.includes(url.origin)) return null
  if (url.protocol !== 'https:') {
    return 'Use https: keys are not sent in the clear. The operator can allow an address of theirs (LLM_PRIVATE_ORIGINS).'
  }
  return leadsInside(url)
    ? 'This leads into a private network. Use an address that the Internet can reach, or ask the operator to allow it (LLM_PRIVATE_ORIGINS).'
    : null
}

/**
 * The URL as it is kept: without a slash at its end.
 * @param allowedOrigins of the operator, reached although they are private or in the clear
 * @throws DomainError invalid at `pointer`
 */
export function requireBaseUrl(
  text: string,
  allowedOrigins: readonly string[],
  pointer = '/baseUrl',
): string {
  const url = new URL(text)
  const complaint =
    url.search || url.hash
      ? 'Leave out what comes after the path.'
      : forbiddenBaseUrl(url, allowedOrigins)
  if (complaint !== null) throw invalid([{ pointer, detail: complaint }])
  return url.href.replace(/\/+$/, '')
}
