import type pg from 'pg'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { newId } from '@/lib/ids'
import type { Catalogue } from '@/lib/model-pricing/catalogue'

/**
 * Adds what the catalogue of this version says and the database does not know yet: new models, and new rates
 * of known ones. What was stored before stays, and so does what past calls cost. Safe to run from many
 * processes at once.
 * @returns how many prices are new
 */
export async function storeCatalogue(pool: pg.Pool, catalogue: Catalogue): Promise<number> {
  return sqlTransaction(pool, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('pricing.catalogue'))`)
    const known = await client.query(
      'SELECT 1 FROM pricing.model_price WHERE organization_id IS NULL AND source = $1 LIMIT 1',
      [catalogue.source],
    )
    if (known.rowCount) return 0
    const { rowCount } = await client.query(STORE, [
      JSON.stringify(catalogue.prices.map((price) => ({ id: newId(), ...price }))),
      catalogue.source,
    ])
    return rowCount ?? 0
  })
}

/** A price is new unless the last one for the same model and day says the same. */
const STORE = `
INSERT INTO pricing.model_price (id, provider, model, name, match, context_window, valid_from, rates,
  source, created_by)
SELECT listed.id, listed.provider, listed.model, listed.name, listed.match, listed."contextWindow",
  coalesce(listed."validFrom"::timestamp AT TIME ZONE 'UTC', '-infinity'), listed.rates, $2, 'Catalogue'
FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (id uuid, provider text, model text, name text,
  match jsonb, "contextWindow" integer, "validFrom" text, rates jsonb)) WITH ORDINALITY AS listed(id, provider,
  model, name, match, "contextWindow", "validFrom", rates, place)
LEFT JOIN LATERAL (
  SELECT p.rates, p.match, p.name, p.context_window FROM pricing.model_price p
  WHERE p.organization_id IS NULL AND p.provider = listed.provider AND p.model = listed.model
    AND p.valid_from = coalesce(listed."validFrom"::timestamp AT TIME ZONE 'UTC', '-infinity')
  ORDER BY p.seq DESC LIMIT 1) AS latest ON true
WHERE latest.rates IS DISTINCT FROM listed.rates OR latest.match IS DISTINCT FROM listed.match
  OR latest.name IS DISTINCT FROM listed.name
ORDER BY listed.place`
