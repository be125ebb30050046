import type { Dataset } from '@/bench/dataset'
import { requestText } from '@/bench/request-text'
import { type Bench, measure, type Round } from '@/bench/rounds'
import type { Server } from '@/bench/servers'
import { median, number, spread, table } from '@/bench/statistics'
import { recount } from '@/lib/usage/recount'

const SENDERS = 4
const BATCH = 500
const HOUR_MS = 3_600_000
/** Names as an organization has them: what a batch adds to is a few dozen rows. */
const MODELS = ['gpt-5', 'gpt-5-mini', 'gpt-4o', 'gpt-5-nano', 'text-embedding-3-small']
const AGENTS = 12

/** Events that no request has brought before, as CloudEvents over the last hour. */
function batchText(secret: string, batch: number, now: number): string {
  const events = Array.from({ length: BATCH }, (_, index) => {
    const event = batch * BATCH + index
    return {
      specversion: '1.0',
      id: `event-${event}`,
      source: 'bench/usage',
      type: 'com.fruxon.usage.model-call',
      time: new Date(now - ((event * 7919) % HOUR_MS)).toISOString(),
      data: {
        provider: 'openai',
        model: MODELS[event % MODELS.length],
        agent: `agent-${event % AGENTS}`,
        revision: '3',
        environment: 'production',
        inputTokens: 900 + (event % 4000),
        cacheReadTokens: event % 900,
        outputTokens: 100 + (event % 600),
        reasoningTokens: event % 100,
      },
    }
  })
  return requestText('POST', '/v1/tenants/acme/usageEvents:ingest', secret, events)
}

/**
 * Batches of 500 events from four senders at once, through the real door into the database. Afterwards
 * everything is counted again. @throws Error where an event is missing or was counted twice
 */
export async function measureIntake(
  bench: Bench,
  product: Server,
  dataset: Dataset,
  extent: { rounds: number; batches: number },
): Promise<void> {
  const { token } = await dataset.mint({ name: 'Runner', preset: 'runner' })
  if (token === null) throw new Error('A token without an idempotency key has its secret.')
  const now = Date.now()
  let next = 0
  const takeBatches = (count: number) =>
    Array.from({ length: count }, () => batchText(token, next++, now))
  const send = (count: number) =>
    measure(bench, product, {
      connections: SENDERS,
      requests: takeBatches(count),
      until: 'all-sent',
    })
  await send(Math.ceil(extent.batches / 2))
  const rounds: Round[] = []
  for (let round = 0; round < extent.rounds; round++) rounds.push(await send(extent.batches))

  console.log(`Intake of usage events, ${SENDERS} senders, batches of ${BATCH}\n`)
  console.log(intakeTable(rounds))
  const counted = await recount(dataset.db.pool, dataset.organizationId, new Date(0))
  console.log(
    `\n${next * BATCH} events sent, ${counted.events} counted, ${counted.differences} differences\n`,
  )
  if (counted.events !== next * BATCH || counted.differences !== 0) {
    throw new Error('What was counted is not what was sent.')
  }
}

function intakeTable(rounds: readonly Round[]): string {
  const cpuOf = (part: 'server' | 'database') => {
    const each = rounds.flatMap(({ cpu, answers }) =>
      cpu ? [(cpu[part] * 1000) / (answers * BATCH)] : [],
    )
    return each.length === 0 ? '–' : number(median(each), 1)
  }
  const others = rounds.flatMap(({ cpu, elapsedMs }) =>
    cpu ? [(cpu.other / elapsedMs) * 100] : [],
  )
  return table(
    [
      'events per second',
      'p50 ms a batch',
      'p99 ms a batch',
      'server CPU µs an event',
      'PostgreSQL CPU µs an event',
      'other load %',
    ],
    [
      [
        spread(rounds.map(({ perSecond }) => perSecond * BATCH)),
        number(median(rounds.map(({ p50Ms }) => p50Ms)), 1),
        number(median(rounds.map(({ p99Ms }) => p99Ms)), 1),
        cpuOf('server'),
        cpuOf('database'),
        others.length === 0 ? '–' : spread(others),
      ],
    ],
  )
}
