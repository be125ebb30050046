import { z } from 'zod'
import { invalid } from '@/lib/errors'
import { mcpTool } from '@/lib/integrations/mcp-tool'
import { exactDollars } from '@/lib/model-pricing/dollars'
import { requireAnswerable, sumUsage } from '@/lib/usage/queries'
import type { UsageQuery, UsageRow } from '@/lib/usage/series'

const DAY_MS = 86_400_000
const DAYS_DEFAULT = 30
const ROWS_MAX = 50

const dateSchema = z.iso.date('Give a date as YYYY-MM-DD.')

const sumsSchema = {
  calls: z.int().describe('Model calls.'),
  unpricedCalls: z
    .int()
    .describe('Of them: those whose model has no known price. They cost 0 here.'),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costUsd: z.string().describe('Dollars, exact decimal text.'),
}

/** Tokens and cost of the organization, by model or agent. No person asks: the admin who offers the tool decided. */
export const usageSummaryTool = mcpTool({
  id: 'usage_summary',
  input: z.strictObject({
    from: dateSchema.optional().describe('First UTC day; 30 days up to the last one unless told.'),
    to: dateSchema.optional().describe('Last UTC day, in the range; today unless told.'),
    groupBy: z.enum(['model', 'agent']).default('model'),
  }),
  output: z.object({
    from: z.string(),
    to: z.string(),
    groupBy: z.enum(['model', 'agent']),
    rows: z.array(
      z.object({
        name: z
          .string()
          .describe('provider/model, or the id of the agent; empty where none was told.'),
        ...sumsSchema,
      }),
    ),
    rowsLeftOut: z.int().describe('Cheaper ones that are in the total only.'),
    total: z.object(sumsSchema),
  }),
  async run({ ctx }, { groupBy, ...asked }) {
    const range = rangeOf(asked, ctx.now)
    const query: UsageQuery = {
      from: range.from,
      to: range.to,
      interval: 'DAY',
      per: 'RANGE',
      origin: null,
      groupBy: groupBy === 'model' ? ['provider', 'model'] : ['agent'],
      only: {},
    }
    requireAnswerable(query, ctx.now)
    const rows = (await sumUsage(ctx.db.pool, ctx.organization.id, query)).sort(dearestFirst)
    return {
      structured: {
        from: dayOf(range.from),
        to: dayOf(range.to - DAY_MS),
        groupBy,
        rows: rows
          .slice(0, ROWS_MAX)
          .map((row) => ({ name: row.names.filter(Boolean).join('/'), ...sumsOf([row]) })),
        rowsLeftOut: Math.max(rows.length - ROWS_MAX, 0),
        total: sumsOf(rows),
      },
    }
  },
})

function rangeOf(asked: { from?: string | undefined; to?: string | undefined }, now: number) {
  const last = asked.to === undefined ? now - (now % DAY_MS) : Date.parse(asked.to)
  const from =
    asked.from === undefined ? last - (DAYS_DEFAULT - 1) * DAY_MS : Date.parse(asked.from)
  if (from > last)
    throw invalid([{ pointer: '/from', detail: 'It must not lie after the last day.' }])
  return { from, to: last + DAY_MS }
}

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}

function costOf({ inputCost, outputCost }: UsageRow): bigint {
  return inputCost + outputCost
}

function dearestFirst(one: UsageRow, other: UsageRow): number {
  const difference = costOf(other) - costOf(one)
  if (difference !== 0n) return difference > 0n ? 1 : -1
  return one.names.join('/') < other.names.join('/') ? -1 : 1
}

function sumsOf(rows: readonly UsageRow[]) {
  const sum = (count: (row: UsageRow) => number) => rows.reduce((all, row) => all + count(row), 0)
  return {
    calls: sum((row) => row.calls),
    unpricedCalls: sum((row) => row.unpricedCalls),
    inputTokens: sum(
      (row) => row.input + row.cacheRead + row.cacheWrite + row.cacheWrite1h + row.inputAudio,
    ),
    outputTokens: sum((row) => row.output + row.reasoning + row.outputAudio),
    costUsd: exactDollars(rows.reduce((all, row) => all + costOf(row), 0n)),
  }
}
