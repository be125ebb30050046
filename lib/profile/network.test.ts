import { expect, it } from 'vitest'
import { networkWords } from '@/lib/profile/network'

it.each([
  ['127.0.0.1', 'This machine'],
  ['127.8.8.8', 'This machine'],
  ['::1', 'This machine'],
  ['::ffff:127.0.0.1', 'This machine'],
  ['10.0.0.1', 'Private network'],
  ['172.16.0.1', 'Private network'],
  ['172.31.255.255', 'Private network'],
  ['192.168.1.20', 'Private network'],
  ['::ffff:192.168.1.20', 'Private network'],
  ['169.254.1.1', 'Private network'],
  ['100.64.0.1', 'Private network'],
  ['fd12:3456::1', 'Private network'],
  ['fe80::1%eth0', 'Private network'],
  ['172.32.0.1', null],
  ['172.15.255.255', null],
  ['192.169.0.1', null],
  ['100.128.0.1', null],
  ['126.255.255.255', null],
  ['203.0.113.9', null],
  ['2001:db8::1', null],
  ['::ffff:203.0.113.9', null],
  ['not an address', null],
  ['', null],
  [null, null],
])('%s is %s', (ip, words) => {
  expect(networkWords(ip)).toBe(words)
})
