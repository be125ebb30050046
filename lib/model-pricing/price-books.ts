import type pg from 'pg'
import type { Database } from '@/lib/db/database'
import type { Catalogue } from '@/lib/model-pricing/catalogue'
import type { ModelPrice } from '@/lib/model-pricing/price'
import { ListPrices, PriceBook } from '@/lib/model-pricing/price-book'

/** Stands for the catalogue in `pricing.revision`. */
const CATALOGUE = '00000000-0000-0000-0000-000000000000'

/** Organizations whose prices stay in memory; the one unused for longest goes first. */
const BOOKS_KEPT = 500

interface Kept<Value> {
  revision: string
  value: Value
}

/**
 * The prices of this process. They are read anew when their revision has changed, which each call asks for:
 * nothing here is older than the call.
 */
export class PriceBooks {
  readonly #catalogue: Pick<Catalogue, 'providers'>
  #listed: Kept<ListPrices> | null = null
  readonly #books = new Map<string, Kept<PriceBook>>()

  constructor(catalogue: Pick<Catalogue, 'providers'>) {
    this.#catalogue = catalogue
  }

  /** The price book of the organization as it is now. */
  async of(db: Pick<Database, 'pool'>, organizationId: string): Promise<PriceBook> {
    const revisions = await readRevisions(db.pool, organizationId)
    const listed = await this.#listPrices(db.pool, revisions.catalogue)
    const revision = `${revisions.catalogue}/${revisions.own}`
    const kept = this.#books.get(organizationId)
    this.#books.delete(organizationId)
    const book =
      kept?.revision === revision
        ? kept.value
        : new PriceBook(listed, await readPrices(db.pool, organizationId))
    this.#keep(organizationId, { revision, value: book })
    return book
  }

  async #listPrices(pool: pg.Pool, revision: string): Promise<ListPrices> {
    if (this.#listed?.revision === revision) return this.#listed.value
    const value = new ListPrices(this.#catalogue.providers, await readPrices(pool, null))
    this.#listed = { revision, value }
    return value
  }

  #keep(organizationId: string, book: Kept<PriceBook>): void {
    this.#books.set(organizationId, book)
    const [oldest] = this.#books.keys()
    if (this.#books.size > BOOKS_KEPT && oldest !== undefined) this.#books.delete(oldest)
  }
}

/**
 * A price book, and a word that changes with every price: the book is exactly the one of that word, whatever
 * is being added meanwhile.
 */
export async function revisedBook(
  books: PriceBooks,
  db: Pick<Database, 'pool'>,
  organizationId: string,
): Promise<{ book: PriceBook; revision: string }> {
  let before = await readRevisions(db.pool, organizationId)
  for (;;) {
    const book = await books.of(db, organizationId)
    const after = await readRevisions(db.pool, organizationId)
    if (before.own === after.own && before.catalogue === after.catalogue) {
      return { book, revision: `${after.catalogue}/${after.own}` }
    }
    before = after
  }
}

async function readRevisions(
  pool: pg.Pool,
  organizationId: string,
): Promise<{ catalogue: string; own: string }> {
  const { rows } = await pool.query<{ id: string; revision: string }>({
    name: 'pricing-revisions',
    text: `SELECT organization_id AS id, revision::text FROM pricing.revision
      WHERE organization_id IN ($1::uuid, '${CATALOGUE}')`,
    values: [organizationId],
  })
  const revisionOf = (id: string) => rows.find((row) => row.id === id)?.revision ?? '0'
  return { catalogue: revisionOf(CATALOGUE), own: revisionOf(organizationId) }
}

async function readPrices(pool: pg.Pool, organizationId: string | null): Promise<ModelPrice[]> {
  const { rows } = await pool.query<
    Omit<ModelPrice, 'seq' | 'validFrom'> & { seq: string; validFrom: number | null }
  >(
    `SELECT id, seq::text, organization_id AS "organizationId", provider, model, agent, name, match,
       context_window AS "contextWindow", rates, source,
       CASE WHEN isfinite(valid_from) THEN (extract(epoch FROM valid_from) * 1000)::float8 END
         AS "validFrom"
     FROM pricing.model_price WHERE organization_id IS NOT DISTINCT FROM $1::uuid`,
    [organizationId],
  )
  return rows.map(({ seq, validFrom, ...row }) => ({
    ...row,
    seq: Number(seq),
    validFrom: validFrom ?? Number.NEGATIVE_INFINITY,
  }))
}
