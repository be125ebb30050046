import { type Command, Option } from 'commander'
import type { Output } from '../output'
import { running } from '../session'
import type { Surroundings } from '../surroundings'
import { dollars, moment, whole } from '../words'
import { pastMoment } from './arguments'

interface Series {
  interval: string
  window: { fromMs: number; toMs: number }
  cost: {
    bucketStartMs: number
    cost: { input: number; output: number; total: number }
    tokens: { input: number; output: number }
  }[]
  executions: { bucketStartMs: number; count: number }[]
}

interface ModelUsage {
  providerId: string
  modelId: string
  inputTokens: number
  outputTokens: number
  executionCount: number
  totalCost: number
  unpricedCalls: number
}

interface CostFlags {
  from?: number
  to?: number
  interval: string
  origin: string
  revision: string
}

const pathOf = (agent: string, revision: string) =>
  `/agents/${encodeURIComponent(agent)}/revisions/${encodeURIComponent(revision)}`

const AGENT_HELP = 'id or name of the agent, as its calls report it'
const REVISION = ['--revision <revision>', 'only of one revision', '*'] as const

export function addUsage(program: Command, place: Surroundings): void {
  const usage = program
    .command('usage')
    .summary('what an agent used and cost')
    .description('Usage of an agent, from the calls that were reported. Amounts are in US dollars.')
    .addHelpText(
      'after',
      `
Examples:
  fruxon usage cost support-bot
  fruxon usage cost support-bot --from 2026-11-01 --interval week
  fruxon usage models support-bot --environment production`,
    )
  addCost(usage, place)
  addModels(usage, place)
}

function addCost(usage: Command, place: Surroundings): void {
  usage
    .command('cost')
    .summary('cost, tokens and runs over a range')
    .argument('<agent>', AGENT_HELP)
    .addOption(
      new Option(
        '--from <when>',
        'from a date, or a span before now such as 30d (default: 30d)',
      ).argParser(pastMoment),
    )
    .addOption(
      new Option('--to <when>', 'up to a date, not in it (default: now)').argParser(pastMoment),
    )
    .addOption(
      new Option('--interval <interval>', 'length of a row')
        .choices(['hour', 'day', 'week'])
        .default('day'),
    )
    .addOption(
      new Option('--origin <origin>', 'calls of production or of tests')
        .choices(['production', 'test'])
        .default('production'),
    )
    .option(...REVISION)
    .action(
      running(place, async (session, agent: string, flags: CostFlags) => {
        const organization = await session.organization()
        const path = `${pathOf(agent, flags.revision)}/costTimeseries`
        const series = await organization.call<Series>(path, {
          query: {
            ...{ from: flags.from, to: flags.to },
            interval: flags.interval.toUpperCase(),
            origin: flags.origin.toUpperCase(),
          },
        })
        showSeries(session.out, series)
      }),
    )
}

function showSeries(out: Output, series: Series) {
  if (out.format === 'json') return out.json(series)
  const { fromMs, toMs } = series.window
  const runs = new Map(series.executions.map(({ bucketStartMs, count }) => [bucketStartMs, count]))
  const hourly = series.interval === 'HOUR'
  out.list(
    series.cost.map((row) => ({ ...row, id: new Date(row.bucketStartMs).toISOString() })),
    [
      {
        title: hourly ? 'Hour' : 'Day',
        text: ({ bucketStartMs }) => moment(bucketStartMs).slice(0, hourly ? 16 : 10),
      },
      { title: 'Cost', text: ({ cost }) => dollars(cost.total), right: true },
      { title: 'Runs', text: (row) => whole(runs.get(row.bucketStartMs) ?? 0), right: true },
      { title: 'Input tokens', text: ({ tokens }) => whole(tokens.input), right: true },
      { title: 'Output tokens', text: ({ tokens }) => whole(tokens.output), right: true },
    ],
    `Nothing was reported from ${moment(fromMs)} to ${moment(toMs)}.`,
  )
  if (out.format !== 'table' || series.cost.length === 0) return
  const total = series.cost.reduce((sum, { cost }) => sum + cost.total, 0)
  const count = series.executions.reduce((sum, each) => sum + each.count, 0)
  out.lines([
    '',
    `${out.paint(dollars(total), 'bold')} for ${whole(count)} runs, ${moment(fromMs)} to ${moment(toMs)}`,
  ])
}

function addModels(usage: Command, place: Surroundings): void {
  usage
    .command('models')
    .summary('what it used of each model, of all time')
    .argument('<agent>', AGENT_HELP)
    .option('--environment <environment>', 'only of one environment')
    .option(...REVISION)
    .action(
      running(
        place,
        async (session, agent: string, flags: { environment?: string; revision: string }) => {
          const organization = await session.organization()
          const path = `${pathOf(agent, flags.revision)}/modelUsages`
          const { environment } = flags
          const rows = await organization.call<ModelUsage[]>(path, { query: { environment } })
          session.out.list(
            rows.map((row) => ({ ...row, id: `${row.providerId}/${row.modelId}` })),
            [
              { title: 'Model', text: ({ id }) => id, flexible: true },
              { title: 'Cost', text: ({ totalCost }) => dollars(totalCost), right: true },
              {
                title: 'Calls',
                text: ({ executionCount }) => whole(executionCount),
                right: true,
              },
              {
                title: 'Input tokens',
                text: ({ inputTokens }) => whole(inputTokens),
                right: true,
                from: 70,
              },
              {
                title: 'Output tokens',
                text: ({ outputTokens }) => whole(outputTokens),
                right: true,
                from: 80,
              },
              {
                title: 'Unpriced',
                text: ({ unpricedCalls }) => whole(unpricedCalls),
                right: true,
                from: 100,
              },
            ],
            'Nothing was reported.',
          )
        },
      ),
    )
}
