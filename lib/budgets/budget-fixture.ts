import type { TokenPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { newId } from '@/lib/ids'
import type { OrganizationFixture } from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'
import { quietMeter } from '@/lib/testing/usage-meter'
import { ingestUsage } from '@/lib/usage/ingest'
import type { Origin } from '@/lib/usage/origin'
import { NO_TOKENS } from '@/lib/usage/usage-event'

export const DOLLAR = 1_000_000_000n

/** A model whose every token of input costs a cent, so that what is spent is counted in cents. */
export async function priceCents(db: Database): Promise<void> {
  await db.pool.query(
    `INSERT INTO pricing.model_price (id, provider, model, name, valid_from, rates, source, created_by)
     VALUES ($1, 'mint', 'cent', 'Cent', '-infinity', $2, 'Test', 'Test')`,
    [newId(), { rates: { input: 10_000_000_000 } }],
  )
}

/** The context of a new token of the person, which may report what it spends. */
export async function spender(
  organization: OrganizationFixture,
  person: Context,
): Promise<Context<TokenPrincipal>> {
  const token = await mint(person, { scopes: ['traces:write'] })
  return (await organization.bearer(token.secret)) as Context<TokenPrincipal>
}

/** Reports one call that costs so many cents; in production, of no agent, now, unless told. */
export async function spend(
  ctx: Context<TokenPrincipal>,
  cents: number,
  traits: { agent?: string; origin?: Origin; occurredAt?: number } = {},
): Promise<void> {
  const event = {
    kind: 'MODEL_CALL' as const,
    id: newId(),
    source: 'test',
    occurredAt: ctx.now,
    origin: 'PRODUCTION' as const,
    provider: 'mint',
    model: 'cent',
    agent: '',
    revision: '',
    environment: '',
    tokens: { ...NO_TOKENS, input: cents },
    ...traits,
  }
  const { counted } = await ingestUsage(ctx, quietMeter(), [event])
  if (counted !== 1) throw new Error('The call was not counted.')
}
