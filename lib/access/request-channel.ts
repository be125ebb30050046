import type { Scope } from '@/lib/access/scopes'

/** Who a request is of: a program that uses the API, or a connector through which others come in. */
export const REQUEST_CHANNELS = ['API', 'CONNECTOR'] as const
export type RequestChannel = (typeof REQUEST_CHANNELS)[number]

/** Powers that run something through a connector. Reading and changing connectors is use of the API. */
const CONNECTOR_SCOPES: ReadonlySet<Scope> = new Set([
  'inbound:deliver',
  'mcp:invoke',
  'connectors:test',
])

/**
 * What a request counts as. A connector's is one that used a connector's power, and every other of a token
 * that holds no other powers: what such a program asks about itself is part of the connector's work.
 * @param used null where the request needed no scope
 */
export function channelOf(used: Scope | null, granted: readonly Scope[]): RequestChannel {
  if (used !== null && CONNECTOR_SCOPES.has(used)) return 'CONNECTOR'
  const isConnector = granted.length > 0 && granted.every((scope) => CONNECTOR_SCOPES.has(scope))
  return isConnector ? 'CONNECTOR' : 'API'
}
