import { BlockList, isIP } from 'node:net'

/** Everything of IPv4 that is not the public internet (IANA's registry of special purposes). */
const SPECIAL_IPV4 = new BlockList()
for (const [network, bits] of [
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
  ['224.0.0.0', 3],
] as const) {
  SPECIAL_IPV4.addSubnet(network, bits, 'ipv4')
}

/** Of IPv6 only this is handed out, and in it these lead elsewhere: Teredo and the like, documentation, 6to4. */
const GLOBAL_IPV6 = new BlockList()
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6')
const SPECIAL_IPV6 = new BlockList()
SPECIAL_IPV6.addSubnet('2001::', 23, 'ipv6')
SPECIAL_IPV6.addSubnet('2001:db8::', 32, 'ipv6')
SPECIAL_IPV6.addSubnet('2002::', 16, 'ipv6')
SPECIAL_IPV6.addSubnet('3fff::', 20, 'ipv6')

/** True for an address of the public internet; an IPv4 address mapped into IPv6 is none. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !SPECIAL_IPV4.check(address, 'ipv4')
  if (family === 0 || address.includes('%')) return false
  return GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL_IPV6.check(address, 'ipv6')
}
