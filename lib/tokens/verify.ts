import type pg from 'pg'
import { CoalescedRead } from '@/lib/db/coalesced-read'
import { lookupDigests, type Peppers } from '@/lib/tokens/digest'
import { type LookupRow, lookUpTokens } from '@/lib/tokens/look-up'
import { secretShape } from '@/lib/tokens/secret'
import { judge, refused, type Verification } from '@/lib/tokens/verification'

/**
 * Decides whether a presented secret is accepted, at each request anew: one indexed read joins token,
 * owner, membership and policy, so revocation, demotion and suspension bite on the very next call.
 */
export class TokenVerifier {
  readonly #peppers: Peppers
  readonly #rows: CoalescedRead<LookupRow>

  constructor(pool: pg.Pool, peppers: Peppers) {
    this.#peppers = peppers
    this.#rows = new CoalescedRead((digests) => lookUpTokens(pool, digests), {
      concurrency: 2,
      maxBatch: 64,
    })
  }

  /**
   * Never throws for a bad secret; rejects only where the database does not answer.
   * A malformed secret or a wrong checksum costs no database call.
   */
  async verify(secret: string): Promise<Verification> {
    const shape = secretShape(secret)
    if (shape === 'malformed') return refused('malformed', null)
    for (const digest of lookupDigests(this.#peppers, secret, shape)) {
      const row = await this.#rows.read(digest)
      if (row) return judge(row)
    }
    return refused('unknown', null)
  }
}
