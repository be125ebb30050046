import type { ZodType } from 'zod'
import type { Query } from '@/app/v1/_api/query'
import type { Reply } from '@/app/v1/_api/reply'
import type { BodyRule } from '@/app/v1/_api/request-body'
import type { TokenPrincipal } from '@/lib/access/principal'
import type { Scope } from '@/lib/access/scopes'
import type { Context } from '@/lib/context'
import type { VerifiedToken } from '@/lib/tokens/verification'

/** One authenticated call as an operation sees it: everything is checked but what the core checks. */
export interface Call<Body = unknown> {
  ctx: Context<TokenPrincipal>
  principal: TokenPrincipal
  /** The token that carries the call. */
  token: VerifiedToken
  body: Body
  query: Query
  /** Undefined unless the operation is idempotent by key and the caller sent one. */
  idempotencyKey: string | undefined
  /** Path as the caller wrote it, without the query. */
  path: string
  /** Address of the pages, without a slash at its end. */
  publicUrl: string
  /** An id of the path. @throws DomainError not-found where it is no UUID: nothing can have it */
  id(name: string): string
}

export interface QueryParameter {
  name: string
  description: string
  schema: ZodType
}

export interface Success {
  status: 200 | 201 | 204
  description: string
  schema?: ZodType
  /** Set where the answer is not JSON. */
  contentTypes?: readonly string[]
}

/**
 * One operation: how it is documented, what it demands and what it does, said once. `scope` is what the
 * core asks for (it authorizes itself); here it feeds OpenAPI and the activity record.
 */
export interface Operation<Body = unknown> {
  id: string
  tag: string
  method: 'get' | 'post' | 'patch' | 'delete'
  /** As OpenAPI shows it, under /v1/tenants/{tenant}. */
  path: string
  summary: string
  description?: string
  scope: Scope | null
  /** Needed besides `scope` by what acts on an item: one that may not be read is a 404. */
  readScope?: Scope
  query?: readonly QueryParameter[]
  body?: BodyRule<Body>
  /** Takes an Idempotency-Key. */
  idempotent?: boolean
  success: Success
  /** Statuses beyond those that every operation can answer. */
  conflicts?: boolean
  /** Replaces the secret of the token in the path. */
  rotates?: boolean
  /** auth/health only: says 403 where every other operation says 404. */
  tellsWrongTenant?: boolean
  /** auth/health only. */
  unlimited?: boolean
  /** Set on an older path: the operation that replaces it. */
  successor?: string
  run(call: Call<Body>): Reply | Promise<Reply>
}

/** Names the body's type from its schema, then forgets it, so that all operations fit one list. */
export function operation<Body>(definition: Operation<Body>): Operation {
  return definition as Operation
}

export const TENANT_PREFIX = '/v1/tenants/{tenant}'
