import type pg from 'pg'
import type { ModelRates } from '@/lib/model-pricing/rates'

/** What an own price is for. */
export interface OwnPriceKey {
  provider: string
  model: string
  /** Null: all agents. */
  agent: string | null
}

/** An organization's own price from a day on. Times are epoch ms. */
export interface OwnPrice extends OwnPriceKey {
  id: string
  name: string
  validFrom: number
  /** When the next price for the same begins; null where none was set. */
  until: number | null
  /** Null: from here on the next wider price counts, which is the list price in the end. */
  rates: ModelRates | null
  note: string | null
  createdAt: number
  /** Who set it, by name. */
  createdBy: string
}

export interface OwnPrices {
  /** By provider, model and agent, newest first; without those that another one replaced on the same day. */
  prices: OwnPrice[]
  /** Give it back with a change: whoever has changed the same price since is not overwritten unseen. */
  seen: number
}

type Row = Omit<OwnPrice, 'validFrom' | 'until' | 'createdAt'> & {
  validFrom: Date
  until: Date | null
  createdAt: Date
}

/** Every own price of the organization that counts for some day. */
export async function selectOwnPrices(
  client: Pick<pg.Pool, 'query'>,
  organizationId: string,
): Promise<OwnPrices> {
  const { rows } = await client.query<Row & { seen: string }>(
    `WITH own AS (
       SELECT * FROM pricing.model_price WHERE organization_id = $1
     ), standing AS (
       SELECT DISTINCT ON (provider, model, agent, valid_from) * FROM own
       ORDER BY provider, model, agent, valid_from, seq DESC)
     SELECT id, provider, model, agent, name, valid_from AS "validFrom", rates, note,
       lead(valid_from) OVER (PARTITION BY provider, model, agent ORDER BY valid_from) AS until,
       created_at AS "createdAt", created_by AS "createdBy", (SELECT max(seq) FROM own) AS seen
     FROM standing ORDER BY provider, model, agent NULLS FIRST, valid_from DESC`,
    [organizationId],
  )
  return {
    prices: rows.map(({ seen: _, ...row }) => ({
      ...row,
      validFrom: row.validFrom.getTime(),
      until: row.until?.getTime() ?? null,
      createdAt: row.createdAt.getTime(),
    })),
    seen: Number(rows[0]?.seen ?? 0),
  }
}
