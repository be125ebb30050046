import { describe, expect, it } from 'vitest'
import { isPublicAddress } from '@/lib/public-network'

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    '2001:0:1::',
    'ff02::1',
    '2002:a00:1::1',
    'fe80::1%eth0',
    'not-an-address',
  ])('at %s is out of reach', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each(['8.8.8.8', '140.82.121.6', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    'at %s can be reached',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )
})
