import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { AuditEventType } from '@/lib/audit/events'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { AHEAD_DAYS_MAX, BACKDATED_DAYS_MAX } from '@/lib/model-pricing/limits'
import {
  type OwnPrice,
  type OwnPriceKey,
  type OwnPrices,
  selectOwnPrices,
} from '@/lib/model-pricing/own-price-rows'
import type { OwnPriceEnd, OwnPriceWish } from '@/lib/model-pricing/own-price-schema'
import type { PriceBooks } from '@/lib/model-pricing/price-books'
import type { ModelRates } from '@/lib/model-pricing/rates'

const DAY_MS = 86_400_000

/** What was set, and what it leaves to do. */
export interface OwnPriceSet {
  price: OwnPrice
  /**
   * UTC days, the last one not included, whose counted calls keep what they cost then until a correction is
   * applied; null where the price begins later.
   */
  counted: { from: number; to: number } | null
}

/** The organization's own prices. @throws DomainError forbidden without prices:read */
export async function listOwnPrices(ctx: Context): Promise<OwnPrices> {
  authorize(ctx.principal, 'prices:read')
  return selectOwnPrices(ctx.db.pool, ctx.organization.id)
}

/**
 * Sets a price of the organization's own from a UTC day on, for all agents or one: of a model that the
 * catalogue lists or of any other. Calls that were counted keep what they cost. A price that was set for a
 * later day still begins then.
 * @throws DomainError forbidden | invalid at /validFrom | conflict `price_changed` where somebody has changed
 *   the same price since `seen`
 */
export async function setOwnPrice(
  ctx: Context,
  prices: PriceBooks,
  wish: OwnPriceWish,
): Promise<OwnPriceSet> {
  authorize(ctx.principal, 'prices:write')
  requireDay(wish.validFrom, ctx.now)
  const key = await storedKey(ctx, prices, wish)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const known = await lockedPrices(client, ctx, key, wish.seen)
    return addPrice(client, ctx, 'PRICE_SET', {
      key,
      wish,
      rates: wish.rates,
      before: standing(known, key, wish.validFrom),
    })
  })
}

/**
 * Ends an own price with a UTC day: from then on the next wider price counts, which may be none.
 * @throws DomainError forbidden | invalid at /validFrom, also where no own price stands on that day |
 *   conflict `price_changed`
 */
export async function endOwnPrice(ctx: Context, wish: OwnPriceEnd): Promise<OwnPriceSet> {
  authorize(ctx.principal, 'prices:write')
  requireDay(wish.validFrom, ctx.now)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const known = await lockedPrices(client, ctx, wish, wish.seen)
    const before = standing(known, wish, wish.validFrom)
    if (!before?.rates) {
      throw invalid([
        { pointer: '/validFrom', detail: 'On that day there is no price of your own to end.' },
      ])
    }
    return addPrice(client, ctx, 'PRICE_ENDED', { key: wish, wish, rates: null, before })
  })
}

/**
 * What events will be asked for. For all agents the model counts as it is written, even where the catalogue
 * takes the name for another model's; for one agent it is the name that its events are grouped by.
 */
async function storedKey(
  ctx: Context,
  prices: PriceBooks,
  { provider, model, agent }: OwnPriceKey,
): Promise<OwnPriceKey> {
  const book = await prices.of(ctx.db, ctx.organization.id)
  const names = book.nameOf({ provider, model })
  return { provider: names.provider, model: agent === null ? model : names.model, agent }
}

/** One change of an organization's prices at a time, so that what was compared stays true. */
async function lockedPrices(
  client: pg.PoolClient,
  ctx: Context,
  key: OwnPriceKey,
  seen: number,
): Promise<OwnPrices> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('pricing.own'), hashtext($1))`, [
    ctx.organization.id,
  ])
  const { rowCount } = await client.query(
    `SELECT 1 FROM pricing.model_price WHERE organization_id = $1 AND provider = $2 AND model = $3
       AND agent IS NOT DISTINCT FROM $4 AND seq > $5 LIMIT 1`,
    [ctx.organization.id, key.provider, key.model, key.agent, seen],
  )
  if (rowCount) {
    throw new DomainError(
      'conflict',
      'price_changed',
      'Somebody else has changed this price in the meantime. Look at what it is now, then save again to replace it.',
    )
  }
  return selectOwnPrices(client, ctx.organization.id)
}

function standing({ prices }: OwnPrices, key: OwnPriceKey, at: number): OwnPrice | null {
  return prices.find((price) => isFor(price, key) && price.validFrom <= at) ?? null
}

function isFor(price: OwnPrice, { provider, model, agent }: OwnPriceKey): boolean {
  return price.provider === provider && price.model === model && price.agent === agent
}

interface Addition {
  key: OwnPriceKey
  wish: Pick<OwnPriceWish, 'validFrom' | 'note'>
  rates: ModelRates | null
  before: OwnPrice | null
}

async function addPrice(
  client: pg.PoolClient,
  ctx: Context,
  eventType: AuditEventType,
  { key: { provider, model, agent }, wish, rates, before }: Addition,
): Promise<OwnPriceSet> {
  const id = newId()
  await client.query(INSERT, [
    id,
    ctx.organization.id,
    provider,
    model,
    agent,
    new Date(wish.validFrom),
    rates,
    wish.note || null,
    actorOf(ctx.principal).label,
  ])
  const { prices } = await selectOwnPrices(client, ctx.organization.id)
  const price = prices.find((candidate) => candidate.id === id)
  if (!price) throw new Error('The price that was just added is not among the prices.')
  await appendAudit(client, ctx, {
    eventType,
    target: { type: 'model-price', id, label: labelOf(price), familyId: null },
    details: { before: before && told(before), after: told(price) },
  })
  return { price, counted: countedSince(wish.validFrom, ctx.now) }
}

/** Named as in the catalogue, where it is known there. */
const INSERT = `
  INSERT INTO pricing.model_price (id, organization_id, provider, model, agent, name, context_window,
    valid_from, rates, source, note, created_by)
  SELECT $1, $2, $3, $4, $5, coalesce(listed.name, $4), listed.context_window, $6, $7,
    'Set by your organization', $8, $9
  FROM (SELECT 1) AS one LEFT JOIN LATERAL (
    SELECT name, context_window FROM pricing.model_price
    WHERE organization_id IS NULL AND provider = $3 AND model = $4 ORDER BY seq DESC LIMIT 1) AS listed ON true`

function labelOf({ provider, model, agent }: OwnPriceKey): string {
  return agent === null ? `${provider} ${model}` : `${provider} ${model} for ${agent}`
}

function told({ provider, model, agent, validFrom, rates, note }: OwnPrice) {
  return { provider, model, agent, validFrom: new Date(validFrom).toISOString(), rates, note }
}

function requireDay(day: number, now: number): void {
  const today = beginningOfDay(now)
  if (day < today - BACKDATED_DAYS_MAX * DAY_MS) {
    throw invalid([
      {
        pointer: '/validFrom',
        detail: `Choose a day of the last ${BACKDATED_DAYS_MAX} days, or a later one.`,
      },
    ])
  }
  if (day > today + AHEAD_DAYS_MAX * DAY_MS) {
    throw invalid([{ pointer: '/validFrom', detail: 'Choose a day of the next two years.' }])
  }
}

function countedSince(validFrom: number, now: number): OwnPriceSet['counted'] {
  return validFrom < now ? { from: validFrom, to: beginningOfDay(now) + DAY_MS } : null
}

function beginningOfDay(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS
}
