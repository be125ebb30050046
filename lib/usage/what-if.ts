import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { invalid } from '@/lib/errors'
import type { StandingPrice } from '@/lib/model-pricing/price'
import type { PriceBook } from '@/lib/model-pricing/price-book'
import { TOKEN_KINDS, type TokenKind } from '@/lib/model-pricing/token-kinds'
import type { UsageMeter } from '@/lib/usage/ingest'
import { averageInput, type Estimate, estimate, type UsedGroup } from '@/lib/usage/what-if-estimate'

export const WHAT_IF_DAYS_MAX = 90
const DAY_MS = 86_400_000

export interface WhatIfRequest {
  /** Epoch ms, UTC midnights; `to` is not in the range. */
  from: number
  to: number
  /** Whose usage is taken; null: all models. */
  used: { provider: string; model: string } | null
  /** Null: all agents. */
  agent: string | null
  /** What it would have run on. */
  target: { provider: string; model: string }
}

/** Nano-USD; an estimate is null where the other model has no price for something that was used. */
export interface WhatIfSums {
  calls: number
  actual: bigint
  estimated: bigint | null
}

export interface WhatIfAgent extends WhatIfSums {
  agent: string
}

export interface WhatIfKind {
  kind: TokenKind
  tokens: number
  estimated: bigint | null
}

/** An estimate, for a decision: never what anybody is charged. */
export interface WhatIf extends WhatIfSums {
  /** Of the other model, as it stands now for all agents; null where nobody has priced it. */
  price: StandingPrice | null
  /** Kinds that were used, with tokens. */
  kinds: WhatIfKind[]
  /** What the calls would cost by themselves. */
  perCall: bigint
  /** The greatest actual cost first. */
  byAgent: WhatIfAgent[]
  /** Kinds that were used and have no price there. */
  missing: TokenKind[]
  /** Calls that are left out on both sides, because on their day and model some had no price. */
  leftOut: number
  /** Tokens of the input of an average call: what the tier was chosen by, for each agent and model. */
  averageInput: number
  /** What had to be assumed: the price has a limit of size, or hours of the day. */
  assumes: { tier: boolean; windows: boolean }
}

/**
 * What calls of the last weeks would cost on another model, by its price as it stands now. The tokens stay as
 * they were, reasoning too, although another model would use others. It reads sums of days.
 * @throws DomainError forbidden without prices:read | invalid at /from or /to
 */
export async function whatIf(
  ctx: Context,
  meter: Pick<UsageMeter, 'prices'>,
  request: WhatIfRequest,
): Promise<WhatIf> {
  authorize(ctx.principal, 'prices:read')
  requireRange(request)
  const [book, { groups, leftOut }] = await Promise.all([
    meter.prices.of(ctx.db, ctx.organization.id),
    readGroups(ctx, request),
  ])
  const priceFor = (agent: string) =>
    book.priceOf({ ...request.target, agent, occurredAt: ctx.now })
  const estimates = groups.map((group) => ({
    group,
    estimate: estimate(group, priceFor(group.agent)?.rates ?? null),
  }))
  return { ...summed(estimates), ...aboutPrice(book, request, ctx.now), leftOut }
}

interface Estimated {
  group: UsedGroup
  estimate: Estimate
}

function summed(estimates: readonly Estimated[]) {
  const kinds = TOKEN_KINDS.map((kind) => kindOf(kind, estimates)).filter(
    ({ tokens }) => tokens > 0,
  )
  const byAgent = new Map<string, WhatIfAgent>()
  const all: WhatIfSums = { calls: 0, actual: 0n, estimated: 0n }
  let perCall = 0n
  let input = 0
  for (const one of estimates) {
    const { agent, calls, tokens } = one.group
    const sums = byAgent.get(agent) ?? { agent, calls: 0, actual: 0n, estimated: 0n }
    byAgent.set(agent, sums)
    addTo(sums, one)
    addTo(all, one)
    perCall += one.estimate.perCall
    input += averageInput(tokens, calls) * calls
  }
  return {
    ...all,
    kinds,
    perCall,
    byAgent: [...byAgent.values()].sort((one, other) => Number(other.actual - one.actual)),
    missing: kinds.filter(({ estimated }) => estimated === null).map(({ kind }) => kind),
    averageInput: all.calls === 0 ? 0 : Math.round(input / all.calls),
  }
}

function kindOf(kind: TokenKind, estimates: readonly Estimated[]): WhatIfKind {
  const sum: WhatIfKind = { kind, tokens: 0, estimated: 0n }
  for (const { group, estimate } of estimates) {
    sum.tokens += group.tokens[kind]
    sum.estimated = plus(sum.estimated, estimate.kinds[kind])
  }
  return sum
}

function addTo(sums: WhatIfSums, { group, estimate }: Estimated): void {
  sums.calls += group.calls
  sums.actual += group.inputCost + group.outputCost
  sums.estimated = plus(sums.estimated, estimate.total)
}

/** Unknown and something is unknown. */
function plus(one: bigint | null, other: bigint | null): bigint | null {
  return one === null || other === null ? null : one + other
}

function aboutPrice(book: PriceBook, { target, agent }: WhatIfRequest, now: number) {
  const price = book.priceOf({ ...target, agent: agent ?? '', occurredAt: now })
  const rates = price ? TOKEN_KINDS.map((kind) => price.rates.rates[kind]) : []
  return {
    price,
    assumes: {
      tier: rates.some((rate) => typeof rate === 'object'),
      windows: (price?.rates.windows ?? []).length > 0,
    },
  }
}

type Row = Record<Exclude<keyof UsedGroup, 'agent' | 'tokens'> | TokenKind | 'leftOut', string> & {
  agent: string
}

async function readGroups(ctx: Context, { from, to, used, agent }: WhatIfRequest) {
  const { rows } = await ctx.db.pool.query<Row>(SELECT, [
    ctx.organization.id,
    new Date(from),
    new Date(to),
    used?.provider ?? null,
    used?.model ?? null,
    agent,
  ])
  return {
    groups: rows.map(toGroup).filter(({ calls }) => calls > 0),
    leftOut: rows.reduce((sum, row) => sum + Number(row.leftOut), 0),
  }
}

const priced = (sum: string) => `coalesce(sum(${sum}) FILTER (WHERE unpriced_calls = 0), 0)`

const SELECT = `
  SELECT agent, ${priced('calls')} AS calls, ${priced('input')} AS input,
    ${priced('cache_read')} AS "cacheRead", ${priced('cache_write')} AS "cacheWrite",
    ${priced('cache_write_1h')} AS "cacheWrite1h", ${priced('input_audio')} AS "inputAudio",
    ${priced('output')} AS output, ${priced('reasoning')} AS reasoning,
    ${priced('output_audio')} AS "outputAudio", ${priced('input_cost')} AS "inputCost",
    ${priced('output_cost')} AS "outputCost",
    coalesce(sum(calls) FILTER (WHERE unpriced_calls > 0), 0) AS "leftOut"
  FROM usage.day
  WHERE organization_id = $1 AND bucket >= $2 AND bucket < $3 AND calls > 0
    AND ($4::text IS NULL OR provider = $4) AND ($5::text IS NULL OR model = $5)
    AND ($6::text IS NULL OR agent = $6)
  GROUP BY agent, provider, model ORDER BY agent, provider, model`

function toGroup(row: Row): UsedGroup {
  return {
    agent: row.agent,
    calls: Number(row.calls),
    tokens: {
      input: Number(row.input),
      cacheRead: Number(row.cacheRead),
      cacheWrite: Number(row.cacheWrite),
      cacheWrite1h: Number(row.cacheWrite1h),
      inputAudio: Number(row.inputAudio),
      output: Number(row.output),
      reasoning: Number(row.reasoning),
      outputAudio: Number(row.outputAudio),
    },
    inputCost: BigInt(row.inputCost),
    outputCost: BigInt(row.outputCost),
  }
}

function requireRange({ from, to }: WhatIfRequest): void {
  if (from % DAY_MS !== 0 || to % DAY_MS !== 0 || from >= to) {
    throw invalid([{ pointer: '/to', detail: 'The range must end after its beginning.' }])
  }
  if (to - from > WHAT_IF_DAYS_MAX * DAY_MS) {
    throw invalid([{ pointer: '/from', detail: `Choose at most ${WHAT_IF_DAYS_MAX} days.` }])
  }
}
