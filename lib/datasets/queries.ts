import type { Context } from '@/lib/context'
import { authorizeDatasets, authorizeOnDataset } from '@/lib/datasets/access'
import type { Dataset, DatasetCase } from '@/lib/datasets/model'
import {
  CASE,
  type Client,
  requireCase,
  requireDataset,
  selectCases,
  selectDatasets,
} from '@/lib/datasets/rows'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'

interface OneDataset {
  dataset: string
}

/** Every dataset, by name. There are few of them (DATASETS_MAX). @throws DomainError forbidden */
export async function listDatasets(ctx: Context): Promise<Dataset[]> {
  authorizeDatasets(ctx, 'datasets:read')
  return selectDatasets(ctx.db.pool, ctx.organization.id)
}

/** @throws DomainError not-found | forbidden */
export async function getDataset(ctx: Context, { dataset }: OneDataset): Promise<Dataset> {
  authorizeOnDataset(ctx, 'datasets:read')
  return requireDataset(ctx.db.pool, ctx, dataset)
}

/** Names it with all its cases, in their order: what an export writes. @throws DomainError not-found | forbidden */
export async function exportDataset(
  ctx: Context,
  { dataset }: OneDataset,
): Promise<Dataset & { cases: DatasetCase[] }> {
  authorizeOnDataset(ctx, 'datasets:read')
  const [found, cases] = await Promise.all([
    requireDataset(ctx.db.pool, ctx, dataset),
    selectCases(ctx.db.pool, ctx, dataset),
  ])
  return { ...found, cases }
}

/** @throws DomainError not-found | forbidden */
export async function getCase(
  ctx: Context,
  on: OneDataset & { case: string },
): Promise<DatasetCase> {
  authorizeOnDataset(ctx, 'datasets:read')
  return requireCase(ctx.db.pool, ctx, on)
}

export interface CasePageRequest extends PageRequest, OneDataset {
  /** Case-insensitive part of the name, the input, a value or the expected answer. */
  search?: string | undefined
}

/** Its cases in their order, by pages. @throws DomainError not-found | forbidden | invalid at /query/pageToken */
export async function listCases(
  ctx: Context,
  { dataset, search = '', ...request }: CasePageRequest,
): Promise<Page<DatasetCase>> {
  authorizeOnDataset(ctx, 'datasets:read')
  const { id } = await requireDataset(ctx.db.pool, ctx, dataset)
  const list = ['dataset-cases', ctx.organization.id, id, search]
  const after = ctx.crypto.pageTokens.open(list, request.pageToken)?.[0] ?? 0
  const size = Math.min(Math.max(request.pageSize || PAGE_SIZE_DEFAULT, 1), PAGE_SIZE_MAX)
  const values = [ctx.organization.id, id, search]
  const [found, totalCount] = await Promise.all([
    ctx.db.pool.query<DatasetCase>(
      `${CASE} ${MATCHING} AND c.position > $4 ORDER BY c.position LIMIT ${size + 1}`,
      [...values, after],
    ),
    countCases(ctx.db.pool, values),
  ])
  const items = found.rows.slice(0, size)
  const last = found.rows.length > size ? items.at(-1) : undefined
  const nextPageToken = last ? ctx.crypto.pageTokens.seal(list, [last.position]) : ''
  return { items, nextPageToken, totalCount }
}

const MATCHING = `AND ($3 = '' OR strpos(lower(concat_ws(E'\\n', c.name, c.input, c.expected,
    (SELECT string_agg(value, E'\\n') FROM jsonb_each_text(coalesce(c.parameters, '{}'::jsonb))))), lower($3)) > 0)`

async function countCases(client: Client, values: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (${CASE} ${MATCHING}) matching`,
    [...values],
  )
  return rows[0]?.count ?? 0
}
