import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import proxyAddr from 'proxy-addr'
import type { Environment } from '@/lib/env'

/** Says which peers may speak for others by X-Forwarded-For; null where nobody may. */
export type TrustedProxies = ((address: string, hop: number) => boolean) | null

/**
 * Compiles TRUSTED_PROXIES: addresses, subnets, or the names loopback, linklocal, uniquelocal.
 * @throws TypeError for an entry that is no address or subnet
 */
export function trustedProxies(environment: Pick<Environment, 'TRUSTED_PROXIES'>): TrustedProxies {
  const entries = environment.TRUSTED_PROXIES
  return entries.length === 0 ? null : proxyAddr.compile([...entries])
}

/** The caller's address: the socket's, or what trusted proxies say of it. Null when the socket is gone. */
export function clientAddress(incoming: IncomingMessage, proxies: TrustedProxies): string | null {
  const peer = incoming.socket?.remoteAddress
  if (!peer) return null
  if (!proxies) return plainForm(peer)
  const claimed = plainForm(proxyAddr(incoming, proxies))
  // A trusted proxy may pass on whatever its caller wrote: only an address is believed.
  return isIP(claimed) === 0 ? plainForm(peer) : claimed
}

/** An IPv4 address that arrives mapped into IPv6 is shown as IPv4. */
function plainForm(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}
