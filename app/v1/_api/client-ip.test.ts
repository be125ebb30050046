import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientAddress, trustedProxies } from '@/app/v1/_api/client-ip'

function address(peer: string | undefined, forwarded: string | undefined, trusted: string[]) {
  const incoming = {
    socket: { remoteAddress: peer },
    connection: { remoteAddress: peer },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  } as unknown as IncomingMessage
  return clientAddress(incoming, trustedProxies({ TRUSTED_PROXIES: trusted }))
}

test('nobody is believed by default', () => {
  expect(address('203.0.113.9', '198.51.100.1', [])).toBe('203.0.113.9')
})

test('a trusted proxy is believed, and only the nearest untrusted hop', () => {
  expect(address('10.0.0.1', '198.51.100.1, 203.0.113.9', ['10.0.0.0/8'])).toBe('203.0.113.9')
  expect(address('203.0.113.9', '198.51.100.1', ['10.0.0.0/8'])).toBe('203.0.113.9')
})

test('what is no address is not believed', () => {
  expect(address('10.0.0.1', '<script>', ['10.0.0.0/8'])).toBe('10.0.0.1')
})

test('IPv4 mapped into IPv6 is shown as IPv4', () => {
  expect(address('::ffff:192.0.2.1', undefined, [])).toBe('192.0.2.1')
  expect(address(undefined, undefined, [])).toBeNull()
})
