import type { Context as HonoContext } from 'hono'
import type { Accepted } from '@/app/v1/_api/admission'
import { CallPath } from '@/app/v1/_api/call-path'
import type { Call } from '@/app/v1/_api/operation'
import { type ApiEnv, requestFacts, type Visit } from '@/app/v1/_api/visit'
import type { TokenPrincipal } from '@/lib/access/principal'
import { buildContext, type Context } from '@/lib/context'
import type { Runtime } from '@/lib/runtime'
import type { VerifiedToken } from '@/lib/tokens/verification'

/** The parts that an operation may not need are made when it asks for them. */
export class LiveCall extends CallPath implements Call {
  body: unknown = undefined
  idempotencyKey: string | undefined = undefined
  readonly principal: TokenPrincipal
  readonly token: VerifiedToken
  readonly #accepted: Accepted
  readonly #runtime: Runtime
  readonly #visit: Visit
  #ctx: Context<TokenPrincipal> | undefined

  constructor(parts: {
    accepted: Accepted
    runtime: Runtime
    c: HonoContext<ApiEnv>
    visit: Visit
  }) {
    super(parts.c, parts.runtime)
    this.#accepted = parts.accepted
    this.principal = parts.accepted.principal
    this.token = parts.accepted.token
    this.#runtime = parts.runtime
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
}
