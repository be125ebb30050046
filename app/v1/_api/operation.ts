import type { ZodType } from 'zod'
import type { Query } from '@/app/v1/_api/query'
import type { Reply } from '@/app/v1/_api/reply'
import type { AnyBodyRule } from '@/app/v1/_api/request-body'
import type { TokenPrincipal } from '@/lib/access/principal'
import type { HumanPermission } from '@/lib/access/roles'
import type { Scope } from '@/lib/access/scopes'
import type { ActiveSession } from '@/lib/auth/sessions'
import type { Context, RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import type { Runtime } from '@/lib/runtime'
import type { VerifiedToken } from '@/lib/tokens/verification'

/** What every call brings, whoever makes it. */
interface AnyCall<Body> {
  body: Body
  query: Query
  /** Path as the caller wrote it, without the query. */
  path: string
  /** Address of the pages, without a slash at its end. */
  publicUrl: string
  /** An id of the path. @throws DomainError not-found where it is no UUID: nothing can have it */
  id(name: string): string
  /** A part of the path that is no id. */
  text(name: string): string
}

/** One authenticated call as an operation sees it: everything is checked but what the core checks. */
export interface Call<Body = unknown> extends AnyCall<Body> {
  ctx: Context<TokenPrincipal>
  principal: TokenPrincipal
  /** Aborts when the caller has left. */
  signal: AbortSignal
  /** The token that carries the call. */
  token: VerifiedToken
  /** Undefined unless the operation is idempotent by key and the caller sent one. */
  idempotencyKey: string | undefined
}

/** The same of an operation that only people may use. */
export interface PersonCall<Body = unknown> extends AnyCall<Body> {
  /** In the organization of the path. A token gets this far, and the core refuses it. */
  ctx: Context
  /** @throws DomainError forbidden for every token */
  person: SignedInPerson
}

/** A call of nobody in particular. */
export interface OpenCall<Body = unknown> extends AnyCall<Body> {
  runtime: Runtime
  request: RequestFacts
}

/** Somebody who is signed in, in no organization in particular. */
export interface SignedInPerson extends Pick<ActiveSession, 'userId' | 'displayName'> {
  db: Database
  request: RequestFacts
}

export interface QueryParameter {
  name: string
  description: string
  schema: ZodType
}

export interface Success {
  status: 200 | 201 | 202 | 204
  description: string
  schema?: ZodType
  /** Set where the answer is not JSON, or not only. */
  contentTypes?: readonly string[]
  /** Answered as 202 where there is nothing to answer yet. */
  waiting?: { description: string; schema: ZodType }
}

/** How an operation is documented, and what of it needs no knowledge of who calls. */
interface OperationFacts<Body> {
  id: string
  tag: string
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** As OpenAPI shows it. */
  path: string
  summary: string
  description?: string
  query?: readonly QueryParameter[]
  body?: AnyBodyRule<Body>
  success: Success
  /** Statuses beyond those that every operation can answer. */
  conflicts?: boolean
  /** Calls models: budgets can be spent, and providers can fail. */
  runsModels?: boolean
  /** Can answer 410: what it is about is over. */
  ends?: boolean
  /** Set on an older path: the operation that replaces it. */
  successor?: string
  /** A part of the path is a one-time secret: no answer repeats it. */
  secretInPath?: boolean
  /** Speaks JSON-RPC: its problems are JSON-RPC errors as well. */
  jsonRpc?: boolean
}

/**
 * One operation: how it is documented, what it demands and what it does, said once. `scope` is what the
 * core asks for (it authorizes itself); here it feeds OpenAPI and the activity record.
 */
export interface Operation<Body = unknown> extends OperationFacts<Body> {
  peopleOnly?: undefined
  isOpen?: undefined
  scope: Scope | null
  /** Needed besides `scope` by what acts on an item: one that may not be read is a 404. */
  readScope?: Scope
  /** Takes an Idempotency-Key. */
  idempotent?: boolean
  /** Replaces the secret of the token in the path. */
  rotates?: boolean
  /** auth/health only: says 403 where every other operation says 404. */
  tellsWrongTenant?: boolean
  /** auth/health only. */
  unlimited?: boolean
  run(call: Call<Body>): Reply | Promise<Reply>
}

/**
 * An operation for a signed-in person, who comes with the cookie of the dashboard (docs/decisions/0008). Tokens
 * come as far as the core, which refuses them.
 */
export interface PersonOperation<Body = unknown> extends OperationFacts<Body> {
  peopleOnly: true
  isOpen?: undefined
  /** What the person's role must allow in the organization of the path; null where there is none. */
  permission: HumanPermission | null
  run(call: PersonCall<Body>): Reply | Promise<Reply>
}

/** An operation that asks nobody who they are: what signs a device in, before it has anything to show. */
export interface OpenOperation<Body = unknown> extends OperationFacts<Body> {
  peopleOnly?: undefined
  isOpen: true
  run(call: OpenCall<Body>): Reply | Promise<Reply>
}

export type AnyOperation = Operation | PersonOperation | OpenOperation

/** Names the body's type from its schema, then forgets it, so that all operations fit one list. */
export function operation<Body>(definition: Operation<Body>): Operation {
  return definition as Operation
}

/** The same for operations of people. */
export function personOperation<Body>(
  definition: Omit<PersonOperation<Body>, 'peopleOnly'>,
): PersonOperation {
  return { ...definition, peopleOnly: true } as PersonOperation
}

/** The same for operations of anybody. */
export function openOperation<Body>(
  definition: Omit<OpenOperation<Body>, 'isOpen'>,
): OpenOperation {
  return { ...definition, isOpen: true } as OpenOperation
}

export const TENANT_PREFIX = '/v1/tenants/{tenant}'
