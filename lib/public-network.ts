import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/**
 * What this process may connect to when somebody else chose the address: the public Internet and nothing of ours.
 * Ranges by IANA's registries of special purposes; of IPv6 only global unicast (2000::/3) less its reserved parts.
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

/** True for an address of the public Internet; an IPv4 address mapped into IPv6 is none, nor is one with a zone. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !reserved.check(address, 'ipv4')
  if (family === 0 || address.includes('%')) return false
  return global6.check(address, 'ipv6') && !reserved.check(address, 'ipv6')
}

/**
 * The address in a URL's host where it is one, without brackets; null for a name. Node asks no resolver about it, so
 * `lookUpPublic` never sees it.
 */
export function literalAddress({ hostname }: URL): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return isIP(bare) ? bare : null
}

/** Names that never lead to the public Internet (RFC 6761, RFC 6762, RFC 8375, ICANN). */
const INNER_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)\.?$/

/**
 * True where a URL leads into a private network by what it says; what its name resolves to is for `lookUpPublic` to
 * see, when it is called.
 */
export function leadsInside(url: URL): boolean {
  const address = literalAddress(url)
  if (address !== null) return !isPublicAddress(address)
  return INNER_NAME.test(url.hostname) || !url.hostname.includes('.')
}

/** What an address resolved to is not public. */
export class NotPublicError extends Error {
  constructor() {
    super('The name leads into a private network.')
  }
}

/**
 * For the option `lookup` of a request: Node connects to what this answers and asks nobody again, so what the name
 * resolves to a moment later does not matter. One private address among several refuses the name with NotPublicError.
 */
export const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '')
    const [first] = addresses
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new NotPublicError(), '')
    }
    if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}
