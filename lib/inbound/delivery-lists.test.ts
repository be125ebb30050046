import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { countInboundDeliveries, listInboundDeliveries } from '@/lib/inbound/deliveries'
import type { DeliveryFilter } from '@/lib/inbound/delivery-source'
import { takesEvent } from '@/lib/inbound/event-filter'
import { endpoint } from '@/lib/inbound/inbound-fixture'
import { DELIVERY_STATES } from '@/lib/inbound/model'
import { COUNTED_TO } from '@/lib/paging'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

const TYPES = ['push', 'pull_request.opened', 'pull_request.closed', 'Push', 'order.paid', null]
/** Two seconds, so that many came in at the same one. */
const MOMENTS = [1_760_000_000_000, 1_760_000_001_000]

let product: ProductFixture
let ctx: Context
let webhooks: string[]
let kept: Awaited<ReturnType<typeof all>>

async function insert(
  organizationId: string,
  webhookId: string,
  count: number,
  which: (n: number) => unknown[],
) {
  const rows = Array.from({ length: count }, (_, n) => [newId(), ...which(n)])
  await product.db.pool.query(
    `INSERT INTO inbound.delivery (organization_id, id, endpoint_id, delivery_key, key_source, body_digest, carrier,
       sender, event_type, content_type, headers, body, body_bytes, received_at, dead, waiting, held, delivered, ended)
     SELECT $1, (r ->> 0)::uuid, $2, r ->> 0, 'HEADER', '\\x00', 'BEARER', 'Test', r ->> 1, null, '{}', null, 2,
       to_timestamp((r ->> 2)::float8 / 1000), (r ->> 3)::int, (r ->> 4)::int, (r ->> 5)::int, (r ->> 6)::int,
       (r ->> 7)::int
     FROM jsonb_array_elements($3) r`,
    [organizationId, webhookId, JSON.stringify(rows)],
  )
}

async function all() {
  const { rows } = await product.db.pool.query<{
    id: string
    webhookId: string
    type: string | null
    state: string
  }>(
    `SELECT id, endpoint_id AS "webhookId", event_type AS type, state FROM inbound.delivery
     WHERE organization_id = $1 ORDER BY received_at DESC, id DESC`,
    [ctx.organization.id],
  )
  return rows
}

beforeAll(async () => {
  product = await createProductFixture()
  ctx = await (await product.organization()).member('ADMIN')
  webhooks = [(await endpoint(ctx)).id, (await endpoint(ctx)).id]
  for (const webhookId of webhooks) {
    // Each state with each type at each moment, and nothing at all of some: no subscription took those.
    await insert(ctx.organization.id, webhookId, 72, (n) => [
      TYPES[n % 6],
      MOMENTS[Math.floor(n / 6) % 2],
      ...[0, 1, 2, 3, 4].map((counter) => Number(counter === Math.floor(n / 12))),
    ])
  }
  kept = await all()
})
afterAll(() => product.close())

const filters: fc.Arbitrary<DeliveryFilter> = fc.record(
  {
    state: fc.constantFrom(...DELIVERY_STATES),
    webhookId: fc.nat(1).map((n) => webhooks[n] ?? ''),
    event: fc
      .array(
        fc.constantFrom('push', 'pu*', 'pull_request.*', 'Push', 'order.paid', 'x.*', 'p%*', '_*'),
        { minLength: 1, maxLength: 3 },
      )
      .map((patterns) => patterns.join(', ')),
  },
  { requiredKeys: [] },
)

describe('deliveries under any filter', () => {
  it('are those that it names, newest first, page by page, as many as it says', async () => {
    expect(new Set(kept.map(({ state }) => state))).toEqual(new Set(DELIVERY_STATES))
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 40 }), async (filter, pageSize) => {
        const { state, webhookId, event } = filter
        const wanted = kept.filter(
          (one) =>
            (state ?? one.state) === one.state &&
            (webhookId ?? one.webhookId) === one.webhookId &&
            takesEvent(event ?? null, one.type),
        )
        const listed: string[] = []
        let pageToken = ''
        do {
          const page = await listInboundDeliveries(ctx, { ...filter, pageSize, pageToken })
          expect(page.totalCount).toBe(wanted.length)
          listed.push(...page.items.map(({ id }) => id))
          pageToken = page.nextPageToken
        } while (pageToken !== '')
        expect(listed).toEqual(wanted.map(({ id }) => id))
        if (state !== undefined) return
        const counts: Record<string, number> = {}
        for (const one of wanted) counts[one.state] = (counts[one.state] ?? 0) + 1
        expect(await countInboundDeliveries(ctx, filter)).toEqual(counts)
      }),
      { numRuns: 60 },
    )
  })

  it('are counted so far and no further', async () => {
    const admin = await (await product.organization()).member('ADMIN')
    const { id: webhookId } = await endpoint(admin)
    const over = COUNTED_TO + 1
    await insert(admin.organization.id, webhookId, over, (n) => [
      'push',
      MOMENTS[n % 2],
      0,
      0,
      0,
      1,
      0,
    ])
    for (const filter of [{}, { webhookId }, { state: 'DELIVERED' as const }, { event: 'pu*' }]) {
      const page = await listInboundDeliveries(admin, { ...filter, pageSize: 1 })
      expect(page.totalCount).toBe(COUNTED_TO)
    }
    expect(await countInboundDeliveries(admin, {})).toEqual({ DELIVERED: COUNTED_TO })
  })
})
