import { getPath } from 'hono/utils/url'

const COLLECTION_VERB = /\/(tokens|apiKeys|auditEvents|users|deliveries)(?::|%3[Aa])([A-Za-z]+)$/
const ITEM_VERB = /(?::|%3[Aa])([A-Za-z]+)$/
const WORDS = [
  '/tokens/current',
  '/tokens/scopes',
  '/apiKeys/current',
  '/apiKeys/scopes',
  '/revisions/deploys',
]

/** Deliveries from outside: told apart from the endpoints themselves, whose paths they would match. */
const DELIVERY =
  /^(\/v1\/tenants\/[^/]+)\/webhooks\/(?=(?:generic|standard|github|stripe|\{webhookProvider\})\/)/

/** Matches no route: where a path that uses our own inner mark is sent. */
const NOWHERE = '/@'

/**
 * The path that Hono routes by. `{token}:rotate` becomes `{token}/@rotate`, since Hono would read it as
 * one parameter; `tokens:generate` and `tokens/current` become `tokens@generate` and `tokens@current`,
 * which no `tokens/{token}` can match: so exactly one route answers, and Hono can use its fastest router.
 * All carry an `@`, which no path from outside may.
 */
export function routedPath(request: Request): string {
  return rewritePath(getPath(request))
}

/** Pure part of `routedPath`. */
export function rewritePath(path: string): string {
  if (path.includes('@')) return NOWHERE
  for (const word of WORDS) {
    if (path.endsWith(word))
      return `${path.slice(0, path.lastIndexOf('/'))}@${path.slice(path.lastIndexOf('/') + 1)}`
  }
  if (DELIVERY.test(path)) return path.replace(DELIVERY, '$1/webhooks@from/')
  if (!path.includes(':') && !path.includes('%3')) return path
  return COLLECTION_VERB.test(path)
    ? path.replace(COLLECTION_VERB, '/$1@$2')
    : path.replace(ITEM_VERB, '/@$1')
}

/** The Hono pattern that `rewritePath` leads to, from the path as OpenAPI shows it. */
export function routePattern(openApiPath: string): string {
  return rewritePath(openApiPath).replaceAll(/\{(\w+)\}/g, ':$1')
}
