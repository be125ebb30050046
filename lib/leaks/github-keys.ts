import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'

/**
 * The keys by which GitHub signs what its secret scanning found (ECDSA over P-256 with SHA-256, the signature
 * in DER). They come from the settings, or from GitHub's address and are kept.
 */

const MINUTE_MS = 60_000
/** A stranger's made-up identifiers make us ask no more often than this. */
const REFRESH_AT_MOST_EVERY_MS = 5 * MINUTE_MS
/** A key that GitHub took back is taken until then at the latest. */
const FRESH_MS = 24 * 60 * MINUTE_MS
const IDENTIFIER = /^[0-9A-Za-z_-]{1,128}$/
const SIGNATURE = /^[0-9A-Za-z+/]{40,160}={0,2}$/

const keyListSchema = z.object({
  public_keys: z
    .array(z.object({ key_identifier: z.string().regex(IDENTIFIER), key: z.string().max(2000) }))
    .min(1)
    .max(50),
})

type Keys = ReadonlyMap<string, KeyObject>

/**
 * Reads a list in GitHub's own form, `{"public_keys":[{"key_identifier","key"}]}`.
 * @throws Error where it is none, or holds another kind of key
 */
export function parseGithubKeys(text: string): Keys {
  const { public_keys: listed } = keyListSchema.parse(JSON.parse(text))
  return new Map(
    listed.map(({ key_identifier, key }) => {
      const parsed = createPublicKey(key)
      if (parsed.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
        throw new Error(`The key ${key_identifier} is not of the curve P-256.`)
      }
      return [key_identifier, parsed]
    }),
  )
}

export interface Signed {
  body: Uint8Array
  identifier: string | null
  signature: string | null
}

export interface GithubKeySource {
  /** A list that never changes, or null. */
  fixed: Keys | null
  /** Reads the list anew; null where no address is set. */
  fetchList: (() => Promise<string>) | null
  onFailure(error: unknown): void
}

export class GithubKeys {
  readonly #source: GithubKeySource
  #fetched: Keys = new Map()
  #fetchedAt = Number.NEGATIVE_INFINITY
  #askedAt = Number.NEGATIVE_INFINITY
  #asking: Promise<void> | null = null

  constructor(source: GithubKeySource) {
    this.#source = source
  }

  /** Whether GitHub signed exactly these bytes. @param now epoch ms */
  async isSigned({ body, identifier, signature }: Signed, now: number): Promise<boolean> {
    if (!identifier || !IDENTIFIER.test(identifier)) return false
    if (!signature || !SIGNATURE.test(signature)) return false
    const key = await this.#find(identifier, now)
    if (!key) return false
    const der = Buffer.from(signature, 'base64')
    return verify('sha256', body, { key, dsaEncoding: 'der' }, der)
  }

  async #find(identifier: string, now: number): Promise<KeyObject | undefined> {
    const fixed = this.#source.fixed?.get(identifier)
    if (fixed) return fixed
    const isFresh = now - this.#fetchedAt < FRESH_MS
    if (!isFresh || !this.#fetched.has(identifier)) await this.#refresh(now)
    // Kept longer than fresh where GitHub does not answer: an old key beats a leak that nobody acts on.
    return this.#fetched.get(identifier)
  }

  /** All who wait for the same answer share it. A failure leaves what is known. */
  #refresh(now: number): Promise<void> {
    const { fetchList } = this.#source
    if (this.#asking) return this.#asking
    if (!fetchList || now - this.#askedAt < REFRESH_AT_MOST_EVERY_MS) return Promise.resolve()
    this.#askedAt = now
    this.#asking = fetchList()
      .then((text) => {
        this.#fetched = parseGithubKeys(text)
        this.#fetchedAt = now
      })
      .catch((error: unknown) => this.#source.onFailure(error))
      .finally(() => {
        this.#asking = null
      })
    return this.#asking
  }
}
