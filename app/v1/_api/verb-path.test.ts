import { expect, test } from 'vitest'
import { rewritePath, routePattern } from '@/app/v1/_api/verb-path'

test.each([
  ['/v1/tenants/a/tokens:generate', '/v1/tenants/a/tokens@generate'],
  ['/v1/tenants/a/tokens%3Agenerate', '/v1/tenants/a/tokens@generate'],
  ['/v1/tenants/a/tokens/7:rotate', '/v1/tenants/a/tokens/7/@rotate'],
  ['/v1/tenants/a/tokens/7%3arotate', '/v1/tenants/a/tokens/7/@rotate'],
  ['/v1/tenants/a/tokens/current', '/v1/tenants/a/tokens@current'],
  ['/v1/tenants/a/apiKeys/scopes', '/v1/tenants/a/apiKeys@scopes'],
  [
    '/v1/tenants/a/serviceAccounts/7/tokens:generate',
    '/v1/tenants/a/serviceAccounts/7/tokens@generate',
  ],
  ['/v1/tenants/a/webhooks/github/7', '/v1/tenants/a/webhooks@from/github/7'],
  ['/v1/tenants/a/webhooks/stripe/7/fx:y', '/v1/tenants/a/webhooks@from/stripe/7/fx:y'],
  ['/v1/tenants/a/webhooks/7:rotateSecret', '/v1/tenants/a/webhooks/7/@rotateSecret'],
  ['/v1/tenants/a/webhooks/github', '/v1/tenants/a/webhooks/github'],
  [
    '/v1/tenants/a/webhooks/7/deliveries:redeliverDead',
    '/v1/tenants/a/webhooks/7/deliveries@redeliverDead',
  ],
  [
    '/v1/tenants/a/webhooks/7/deliveries/8:redeliver',
    '/v1/tenants/a/webhooks/7/deliveries/8/@redeliver',
  ],
  ['/v1/tenants/a/tokens/7', '/v1/tenants/a/tokens/7'],
  ['/v1/tenants/a/tokens/current/activity', '/v1/tenants/a/tokens/current/activity'],
])('%s is routed as %s', (path, routed) => {
  expect(rewritePath(path)).toBe(routed)
})

test.each(['/v1/tenants/a/tokens/7/@rotate', '/v1/tenants/a/tokens@generate', '/@'])(
  'the inner form %s from outside leads nowhere',
  (path) => {
    expect(rewritePath(path)).toBe('/@')
  },
)

test('a pattern takes the same way as the paths it shall match', () => {
  expect(routePattern('/v1/tenants/{tenant}/tokens/{token}:rotate')).toBe(
    '/v1/tenants/:tenant/tokens/:token/@rotate',
  )
})
