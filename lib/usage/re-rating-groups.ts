import type pg from 'pg'
import type { PriceBook } from '@/lib/model-pricing/price-book'
import { costOf } from '@/lib/model-pricing/rates'
import { CALL_NAMES, type CallNames, type CountedCall, hourOf } from '@/lib/usage/re-rating-calls'

/** Nano-USD, and calls that nobody has priced. */
export interface GroupCost {
  input: bigint
  output: bigint
  unpriced: number
}

/** What calls of one hour and the same names cost: as it stands, and by the prices of now. */
export interface ReRatedGroup {
  hour: number
  names: CallNames
  calls: number
  before: GroupCost
  after: GroupCost
}

/**
 * Puts calls that come in order together by hour and names, prices each again, and gives out what is whole.
 * What a call costs as it stands is what it cost when it was counted and every adjustment of its group since.
 */
export async function* reRatedGroups(
  client: Pick<pg.PoolClient, 'query'>,
  organizationId: string,
  book: PriceBook,
  batches: AsyncIterable<readonly CountedCall[]>,
): AsyncGenerator<ReRatedGroup[]> {
  let hour: number | null = null
  let groups = new Map<string, ReRatedGroup>()
  for await (const batch of batches) {
    for (const call of batch) {
      const at = hourOf(call.occurredAt)
      if (hour !== null && hour !== at) {
        yield await adjusted(client, organizationId, hour, groups)
        groups = new Map()
      }
      hour = at
      addCall(groups, at, call, book)
    }
  }
  if (hour !== null) yield await adjusted(client, organizationId, hour, groups)
}

function addCall(
  groups: Map<string, ReRatedGroup>,
  hour: number,
  { names, tokens, cost, occurredAt }: CountedCall,
  book: PriceBook,
): void {
  const group = groupOf(groups, hour, names)
  const [, , provider, model, agent] = names
  const price = book.priceOf({ provider, model, agent, occurredAt })
  group.calls++
  add(group.before, cost)
  add(group.after, price && costOf(tokens, price.rates, occurredAt))
}

function groupOf(groups: Map<string, ReRatedGroup>, hour: number, names: CallNames): ReRatedGroup {
  const key = keyOf(names)
  const known = groups.get(key)
  if (known) return known
  const group = { hour, names, calls: 0, before: nothing(), after: nothing() }
  groups.set(key, group)
  return group
}

function add(sum: GroupCost, cost: { input: bigint; output: bigint } | null): void {
  if (cost === null) {
    sum.unpriced++
    return
  }
  sum.input += cost.input
  sum.output += cost.output
}

type Adjusted = [...CallNames, string, string, string]

async function adjusted(
  client: Pick<pg.PoolClient, 'query'>,
  organizationId: string,
  hour: number,
  groups: Map<string, ReRatedGroup>,
): Promise<ReRatedGroup[]> {
  const names = CALL_NAMES.join(', ')
  const { rows } = await client.query<Adjusted>({
    name: 'usage-adjustments-of-hour',
    text: `SELECT ${names}, sum(input_cost), sum(output_cost), sum(newly_priced)
      FROM usage.adjustment WHERE organization_id = $1 AND hour = $2 GROUP BY ${names}`,
    values: [organizationId, new Date(hour)],
    rowMode: 'array',
  })
  for (const row of rows) {
    const group = groups.get(keyOf(row.slice(0, CALL_NAMES.length)))
    if (!group) continue
    const [input, output, newlyPriced] = row.slice(CALL_NAMES.length)
    group.before.input += BigInt(input ?? 0)
    group.before.output += BigInt(output ?? 0)
    group.before.unpriced -= Number(newlyPriced ?? 0)
  }
  return [...groups.values()]
}

/** PostgreSQL keeps no text with a zero in it, so no two groups share a key. */
function keyOf(names: readonly string[]): string {
  return names.join('\0')
}

function nothing(): GroupCost {
  return { input: 0n, output: 0n, unpriced: 0 }
}
