import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { z } from 'zod'
import type { ProviderState } from '@/lib/payments/payment-provider'

type Client = Pick<pg.PoolClient, 'query'>

/** How long a reader waits for another one of the same customer. */
const WAIT = "SET LOCAL lock_timeout = '15s'"

/**
 * Holds the customer to the end of the transaction, so that whoever reads later writes later: what was read first can
 * never replace what was read after it. Customers are held before subscriptions, and never after one.
 * @returns the organization, or null where the customer is none of ours
 */
export async function holdCustomer(client: Client, customerId: string): Promise<string | null> {
  await client.query(WAIT)
  const { rows } = await client.query<{ organizationId: string }>(
    `SELECT organization_id AS "organizationId" FROM billing.provider_customer
     WHERE customer_id = $1 FOR UPDATE`,
    [customerId],
  )
  return rows[0]?.organizationId ?? null
}

/** The state as it was last read; null where it never was. */
export async function findState(
  client: Client,
  organizationId: string,
): Promise<ProviderState | null> {
  const { rows } = await client.query<{ state: unknown }>(
    'SELECT state FROM billing.provider_state WHERE organization_id = $1',
    [organizationId],
  )
  return rows[0] ? storedState.parse(rows[0].state) : null
}

/** @returns whether it is another one than was kept. The customer must be held. */
export async function keepState(
  client: Client,
  organizationId: string,
  { before, after, now }: { before: ProviderState | null; after: ProviderState; now: number },
): Promise<boolean> {
  await client.query(
    `INSERT INTO billing.provider_state (organization_id, has_card, state, read_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (organization_id) DO UPDATE
     SET has_card = excluded.has_card, state = excluded.state, read_at = excluded.read_at`,
    [organizationId, after.card !== null, textOf(after), now],
  )
  return !isDeepStrictEqual(before, after)
}

const cents = z.string().transform((text) => BigInt(text))

/** As `textOf` writes it. */
const storedState = z.object({
  card: z
    .object({
      id: z.string(),
      brand: z.string(),
      last4: z.string(),
      expiresMonth: z.number(),
      expiresYear: z.number(),
    })
    .nullable(),
  invoices: z.array(
    z.object({
      id: z.string(),
      invoiceId: z.string(),
      status: z.enum(['DRAFT', 'OPEN', 'PAID', 'VOID', 'UNCOLLECTIBLE']),
      paidCents: cents,
      paidAt: z.number().nullable(),
      remainingCents: cents,
      attempts: z.number(),
      nextAttemptAt: z.number().nullable(),
      declineReason: z.string().nullable(),
      hostedUrl: z.string().nullable(),
    }),
  ),
}) satisfies z.ZodType<ProviderState>

/** JSON with money as text: a number would lose cents of large sums. */
function textOf(state: ProviderState): string {
  return JSON.stringify(state, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
}
