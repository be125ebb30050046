import type { Context as HonoContext } from 'hono'
import { CallPath } from '@/app/v1/_api/call-path'
import type { Call, PersonCall, SignedInPerson } from '@/app/v1/_api/operation'
import type { Query } from '@/app/v1/_api/query'
import { type ApiEnv, requestFacts, type Visit } from '@/app/v1/_api/visit'
import { peopleOnly } from '@/lib/access/authorize'
import type { UserPrincipal } from '@/lib/access/principal'
import type { ActiveSession } from '@/lib/auth/sessions'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import type { Runtime } from '@/lib/runtime'

/** The call of somebody who is signed in. */
export class SessionCall extends CallPath implements PersonCall {
  body: unknown = undefined
  readonly person: SignedInPerson
  readonly #ctx: Context<UserPrincipal> | null

  constructor(parts: {
    c: HonoContext<ApiEnv>
    runtime: Runtime
    visit: Visit
    session: ActiveSession
    /** Null where the path names no organization. */
    ctx: Context<UserPrincipal> | null
  }) {
    super(parts.c, parts.runtime)
    const { userId, displayName } = parts.session
    this.person = { userId, displayName, db: parts.runtime.db, request: requestFacts(parts.visit) }
    this.#ctx = parts.ctx
  }

  get ctx(): Context<UserPrincipal> {
    if (!this.#ctx) throw notFound()
    return this.#ctx
  }
}

/** The call of a token on such an operation: nobody is signed in. */
export class TokenPersonCall implements PersonCall {
  readonly #call: Call

  constructor(call: Call) {
    this.#call = call
  }

  get person(): SignedInPerson {
    throw peopleOnly()
  }

  get ctx(): Context {
    return this.#call.ctx
  }

  get body(): unknown {
    return this.#call.body
  }

  get query(): Query {
    return this.#call.query
  }

  get path(): string {
    return this.#call.path
  }

  get publicUrl(): string {
    return this.#call.publicUrl
  }

  id(name: string): string {
    return this.#call.id(name)
  }

  text(): string {
    throw peopleOnly()
  }
}
