import type { Context as HonoContext } from 'hono'
import type { Accepted } from '@/app/v1/_api/admission'
import type { Call } from '@/app/v1/_api/operation'
import { Query } from '@/app/v1/_api/query'
import { pathOf } from '@/app/v1/_api/reply'
import { type ApiEnv, requestFacts, type Visit } from '@/app/v1/_api/visit'
import type { TokenPrincipal } from '@/lib/access/principal'
import { buildContext, type Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { isUuid } from '@/lib/ids'
import type { Runtime } from '@/lib/runtime'
import type { VerifiedToken } from '@/lib/tokens/verification'

/** The parts that an operation may not need are made when it asks for them. */
export class LiveCall implements Call {
  body: unknown = undefined
  idempotencyKey: string | undefined = undefined
  readonly principal: TokenPrincipal
  readonly token: VerifiedToken
  readonly #accepted: Accepted
  readonly #runtime: Runtime
  readonly #c: HonoContext<ApiEnv>
  readonly #visit: Visit
  #ctx: Context<TokenPrincipal> | undefined
  #query: Query | undefined

  constructor(parts: {
    accepted: Accepted
    runtime: Runtime
    c: HonoContext<ApiEnv>
    visit: Visit
  }) {
    this.#accepted = parts.accepted
    this.principal = parts.accepted.principal
    this.token = parts.accepted.token
    this.#runtime = parts.runtime
    this.#c = parts.c
    this.#visit = parts.visit
  }

  get ctx(): Context<TokenPrincipal> {
    this.#ctx ??= buildContext({
      principal: this.#accepted.principal,
      organization: this.#accepted.organization,
      db: this.#runtime.db,
      crypto: this.#runtime.crypto,
      now: this.#visit.now,
      request: requestFacts(this.#visit),
    })
    return this.#ctx
  }

  get query(): Query {
    this.#query ??= new Query(this.#c.req.raw.url)
    return this.#query
  }

  get path(): string {
    return pathOf(this.#c.req.raw.url)
  }

  get publicUrl(): string {
    return new URL(this.#runtime.environment.PUBLIC_URL).origin
  }

  id(name: string): string {
    const id = this.#c.req.param(name)
    if (id === undefined || !isUuid(id)) throw notFound()
    return id.toLowerCase()
  }
}
