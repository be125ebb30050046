import { BlockList, isIP } from 'node:net'

/** Where an address is, as far as the address itself tells: no database of places is asked. */

const LOOPBACK = blockListOf(['127.0.0.0/8'], ['::1/128'])

/** RFC 1918, link-local, RFC 6598 (carriers, and overlay networks such as VPNs), RFC 4193. */
const PRIVATE = blockListOf(
  ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10'],
  ['fc00::/7', 'fe80::/10'],
)

function blockListOf(ipv4: string[], ipv6: string[]): BlockList {
  const list = new BlockList()
  for (const [family, subnets] of [['ipv4', ipv4] as const, ['ipv6', ipv6] as const]) {
    for (const subnet of subnets) {
      const [network = '', bits] = subnet.split('/')
      list.addSubnet(network, Number(bits), family)
    }
  }
  return list
}

/** "This machine", "Private network", or null for what is neither. */
export function networkWords(ip: string | null): string | null {
  const address = ip?.split('%')[0] ?? ''
  const family = isIP(address)
  if (family === 0) return null
  const kind = family === 6 ? 'ipv6' : 'ipv4'
  if (LOOPBACK.check(address, kind)) return 'This machine'
  return PRIVATE.check(address, kind) ? 'Private network' : null
}
