import { expect, it } from 'vitest'
import { type PasskeySetting, passkeyObstacle } from './passkey-support'

const fine: PasskeySetting = {
  siteHost: 'settings.example.com',
  openedAt: 'settings.example.com',
  secure: true,
  supported: true,
}

it.each([
  [{}, null],
  [{ siteHost: 'localhost', openedAt: 'localhost' }, null],
  [{ siteHost: '192.168.1.20', openedAt: '192.168.1.20' }, /only a network address/],
  [{ siteHost: '[fd00::1]', openedAt: '[fd00::1]' }, /only a network address/],
  [{ openedAt: '127.0.0.1' }, /belong to settings\.example\.com/],
  [{ secure: false, supported: false }, /https/],
  [{ supported: false }, /This browser cannot/],
] as const)('with %j says %s', (difference, words) => {
  const obstacle = passkeyObstacle({ ...fine, ...difference })
  if (words === null) expect(obstacle).toBeNull()
  else expect(obstacle).toMatch(words)
})
