import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'

/**
 * The HTTP status of a server action that refuses somebody. Next answers 200 to every action that returns,
 * and its own 401 and 403 replace the page that is open; this keeps the page and still lets proxies, logs
 * and scanners see the refusal.
 */

// Shared by name: the entry and Next's bundles hold separate copies of this module.
const STORE = Symbol.for('fruxon.response')
const shared = globalThis as { [STORE]?: AsyncLocalStorage<ServerResponse> }
shared[STORE] ??= new AsyncLocalStorage()
const responses = shared[STORE]

/** Lets what is called from `handle` set the status of this response. */
export function withActionStatus(response: ServerResponse, handle: () => void): void {
  responses.run(response, handle)
}

/** Without effect where the head is sent, or outside a request. */
export function setActionStatus(status: number): void {
  const response = responses.getStore()
  if (response && !response.headersSent) response.statusCode = status
}
