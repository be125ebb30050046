import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWorld, type World } from '@/e2e/api/support/world'

/** A world whose product may be killed: the next one starts on what it left, with its secrets. */
export class RestartableWorld {
  readonly #env: Record<string, string>
  /** Null where the database is not the product's own. */
  readonly #dataDir: string | null
  #world: World
  /** The first one, where the database is not the product's own: it removes it. */
  readonly #external: World | null

  private constructor(env: Record<string, string>, dataDir: string | null, world: World) {
    this.#env = env
    this.#dataDir = dataDir
    this.#world = world
    this.#external = dataDir === null ? world : null
  }

  static async start(env: Record<string, string>): Promise<RestartableWorld> {
    if (process.env.TEST_DATABASE_URL) {
      return new RestartableWorld(env, null, await createWorld({ env }))
    }
    const dataDir = mkdtempSync(join(tmpdir(), 'fruxon-crash-'))
    return new RestartableWorld(env, dataDir, await createWorld({ env, dataDir }))
  }

  /** As it is since the last restart. */
  get current(): World {
    return this.#world
  }

  async restart(): Promise<void> {
    const { tokenPepper, authSecret } = (this.#external ?? this.#world).product
    await this.#world.pool.end()
    const secrets = { TOKEN_PEPPER: tokenPepper, AUTH_SECRET: authSecret }
    const next =
      this.#dataDir === null
        ? await createWorld({ env: this.#env, sharing: (this.#external ?? this.#world).product })
        : await createWorld({ env: { ...this.#env, ...secrets }, dataDir: this.#dataDir })
    this.#world = { ...next, product: { ...next.product, tokenPepper, authSecret } }
  }

  async close(): Promise<void> {
    await this.#world.close()
    if (this.#external && this.#external !== this.#world) await this.#external.product.stop()
    if (this.#dataDir !== null) rmSync(this.#dataDir, { recursive: true, force: true })
  }
}
