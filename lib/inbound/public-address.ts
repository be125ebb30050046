import { BlockList, isIP } from 'node:net'
import { invalid } from '@/lib/errors'

/**
 * Which addresses a forward may reach: the public Internet and nothing of ours. Ranges by the IANA special-purpose
 * registries; of IPv6 only global unicast (2000::/3) less its reserved parts.
 */

const RESERVED_4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/** Teredo, ORCHID and documentation; 6to4, which carries an IPv4 address inside; documentation. */
const RESERVED_6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const reserved = new BlockList()
for (const [network, prefix] of RESERVED_4) reserved.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of RESERVED_6) reserved.addSubnet(network, prefix, 'ipv6')
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/** True for an address of the public Internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !reserved.check(address, 'ipv4')
  if (family === 6) return global6.check(address, 'ipv6') && !reserved.check(address, 'ipv6')
  return false
}

/** Names that never lead to the public Internet (RFC 6761, RFC 6762, RFC 8375, ICANN). */
const INNER_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)\.?$/

/** The address in a URL's host where it is one, without brackets; null for a name. */
export function literalAddress({ hostname }: URL): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return isIP(bare) ? bare : null
}

/** Why a forward may never go there, or null. Names are looked up at each forward, not here. */
export function forbiddenTarget(url: URL, allowedOrigins: readonly string[]): string | null {
  if (url.username || url.password) return 'Leave user and password out of the URL.'
  if (allowedOrigins.includes(url.origin)) return null
  if (url.protocol !== 'https:') return 'Use https: deliveries are not sent in the clear.'
  const address = literalAddress(url)
  const inner =
    address === null
      ? INNER_NAME.test(url.hostname) || !url.hostname.includes('.')
      : !isPublicAddress(address)
  return inner
    ? 'This leads into a private network. Use an address that the Internet can reach.'
    : null
}

/**
 * The URL as it is kept: without its fragment.
 * @param allowedOrigins of the operator, reached although they are private or in the clear
 * @throws DomainError invalid at /targetUrl
 */
export function requireTargetUrl(text: string, allowedOrigins: readonly string[]): string {
  const url = new URL(text)
  const complaint = forbiddenTarget(url, allowedOrigins)
  if (complaint !== null) throw invalid([{ pointer: '/targetUrl', detail: complaint }])
  url.hash = ''
  return url.href
}
