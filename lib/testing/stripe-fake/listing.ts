import type { Params } from '@/lib/testing/stripe-fake/params'
import { invalidRequest } from '@/lib/testing/stripe-fake/refusal'

const LIMIT = 10
const LIMIT_MAX = 100

/** Parameters of every page of a list. */
export const PAGE_PARAMS = ['limit', 'starting_after', 'ending_before', 'expand']
/** Parameters of lists by time. */
export const LIST_PARAMS = [...PAGE_PARAMS, 'created']

/** A page of objects, the newest first, as all lists by time are. */
export function listOf<Kind extends { id: string; created: number }>(
  oldestFirst: Iterable<Kind>,
  params: Params,
  url: string,
) {
  const range = params.part('created')
  const matching = [...oldestFirst]
    .reverse()
    .filter(
      ({ created }) =>
        created === (params.whole('created') ?? created) &&
        created >= (range?.whole('gte') ?? 0) &&
        created > (range?.whole('gt') ?? -1) &&
        created <= (range?.whole('lte') ?? Number.MAX_SAFE_INTEGER) &&
        created < (range?.whole('lt') ?? Number.MAX_SAFE_INTEGER),
    )
  return pageOf(matching, params, url)
}

/** A page of objects, in the order given. */
export function pageOf<Kind extends { id: string }>(
  all: readonly Kind[],
  params: Params,
  url: string,
) {
  const limit = params.whole('limit') ?? LIMIT
  if (limit < 1 || limit > LIMIT_MAX) throw invalidRequest('Invalid limit', 'limit')
  const after = params.text('starting_after')
  const before = params.text('ending_before')
  const from = after ? all.findIndex(({ id }) => id === after) + 1 : 0
  const to = before ? all.findIndex(({ id }) => id === before) : all.length
  const page = all.slice(from, to)
  const data = before ? page.slice(-limit) : page.slice(0, limit)
  return { object: 'list' as const, data, has_more: page.length > limit, url }
}

/** A list within an object: its first ten, as the API shows them. */
export function listed<Kind>(all: readonly Kind[], url: string) {
  const data = all.slice(0, LIMIT)
  return { object: 'list' as const, data, has_more: all.length > LIMIT, url }
}
