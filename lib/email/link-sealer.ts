import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals the one-time link of an e-mail while it waits: a copy of the database opens no account. AES-256-GCM
 * under a key of the installation, bound to the e-mail it belongs to.
 */
export class EmailLinkSealer {
  readonly #key: Buffer

  /** @param secret the installation's secret; all processes must share it */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'fruxon e-mail link', 32))
  }

  seal(emailId: string, link: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    cipher.setAAD(Buffer.from(emailId))
    const sealed = Buffer.concat([cipher.update(link, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
  }

  /** @throws Error where it was sealed for another e-mail, by another installation, or changed since */
  open(emailId: string, sealed: Uint8Array): string {
    const raw = Buffer.from(sealed)
    const decipher = createDecipheriv('aes-256-gcm', this.#key, raw.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(Buffer.from(emailId))
    decipher.setAuthTag(raw.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    const text = [decipher.update(raw.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]
    return Buffer.concat(text).toString('utf8')
  }
}
