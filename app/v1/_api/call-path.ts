import type { Context as HonoContext } from 'hono'
import { Query } from '@/app/v1/_api/query'
import { pathOf } from '@/app/v1/_api/reply'
import type { ApiEnv } from '@/app/v1/_api/visit'
import { notFound } from '@/lib/errors'
import { isUuid } from '@/lib/ids'
import type { Runtime } from '@/lib/runtime'

/** What the address of a request says, for whoever calls. */
export class CallPath {
  readonly #c: HonoContext<ApiEnv>
  readonly #environment: Runtime['environment']
  #query: Query | undefined

  constructor(c: HonoContext<ApiEnv>, { environment }: Runtime) {
    this.#c = c
    this.#environment = environment
  }

  get query(): Query {
    this.#query ??= new Query(this.#c.req.raw.url)
    return this.#query
  }

  get path(): string {
    return pathOf(this.#c.req.raw.url)
  }

  get signal(): AbortSignal {
    return this.#c.req.raw.signal
  }

  get publicUrl(): string {
    return new URL(this.#environment.PUBLIC_URL).origin
  }

  id(name: string): string {
    const id = this.#c.req.param(name)
    if (id === undefined || !isUuid(id)) throw notFound()
    return id.toLowerCase()
  }

  /** @throws DomainError not-found for what no database text can hold: nothing is called that */
  text(name: string): string {
    const text = this.#c.req.param(name) ?? ''
    if (text.includes('\0')) throw notFound()
    return text
  }
}
