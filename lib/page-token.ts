import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { invalid } from '@/lib/errors'

/**
 * Page tokens of AIP-158: opaque (sealed, so that no client builds on their inside), bound to the list
 * and its filters, and never an authorization: every page authorizes again.
 */
export class PageTokenSealer {
  readonly #key: Buffer

  /** @param secret the installation's secret; all processes must share it */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'fruxon page token', 32))
  }

  /** @param list names the list and holds its filters; a token of another list is refused */
  seal(list: readonly unknown[], cursor: readonly (string | number)[]): string {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    cipher.setAAD(fingerprint(list))
    const sealed = Buffer.concat([cipher.update(JSON.stringify(cursor), 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
  }

  /**
   * The cursor inside, or null for the first page.
   * @throws DomainError invalid at /query/pageToken for a token that is not of this list and these filters
   */
  open(list: readonly unknown[], pageToken: string | undefined): (string | number)[] | null {
    if (!pageToken) return null
    try {
      const raw = Buffer.from(pageToken, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', this.#key, raw.subarray(0, 12), {
        authTagLength: 16,
      })
      decipher.setAAD(fingerprint(list))
      decipher.setAuthTag(raw.subarray(12, 28))
      const text = Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()])
      return JSON.parse(text.toString('utf8')) as (string | number)[]
    } catch {
      throw invalid([
        {
          pointer: '/query/pageToken',
          detail: 'This page token is not of this list with these filters: start again without it.',
        },
      ])
    }
  }
}

function fingerprint(list: readonly unknown[]): Buffer {
  return createHash('sha256').update(JSON.stringify(list)).digest()
}
