import type { Operation } from '@/app/v1/_api/operation'
import { tokenAuditOperation } from '@/app/v1/_api/token-history'
import { generateOperation, rotateOperation } from '@/app/v1/_api/token-issuance'
import {
  currentOperation,
  listTokensOperation,
  patchTokenOperation,
  revokeTokenOperation,
  scopesOperation,
} from '@/app/v1/_api/tokens'

/** The older document's routes: the same operations under the older word, marked as deprecated. */
const SUCCESSORS: readonly Operation[] = [
  listTokensOperation,
  scopesOperation,
  currentOperation,
  generateOperation,
  rotateOperation,
  patchTokenOperation,
  tokenAuditOperation,
  revokeTokenOperation,
]

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

/** The older document writes `expiresAt` as an ISO 8601 instant; the schema takes epoch milliseconds. */
export function translateOlderExpiry(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || !('expiresAt' in raw)) return raw
  const { expiresAt } = raw
  if (typeof expiresAt !== 'string' || !ISO_INSTANT.test(expiresAt)) return raw
  const instant = Date.parse(expiresAt)
  return Number.isNaN(instant) ? raw : { ...raw, expiresAt: instant }
}

function olderForm(successor: Operation): Operation {
  const { body, ...rest } = successor
  return {
    ...rest,
    id: `${successor.id}Deprecated`,
    tag: 'API keys (deprecated)',
    path: successor.path.replace('/tokens', '/apiKeys'),
    summary: `${successor.summary} (older path)`,
    description: `The same as \`${successor.method.toUpperCase()} ${successor.path}\`; use that.`,
    successor: successor.id,
    ...(body && { body: { ...body, translate: translateOlderExpiry } }),
  }
}

export const API_KEY_OPERATIONS: readonly Operation[] = SUCCESSORS.map(olderForm)
