import { type CpuMs, watchCpu } from '@/bench/cpu'
import type { LoadGenerator } from '@/bench/load-generator'
import type { LoadJob } from '@/bench/load-protocol'
import type { Server } from '@/bench/servers'
import { median, number, spread, table } from '@/bench/statistics'

/** One measured stretch of load on one server. */
export interface Round {
  perSecond: number
  p50Ms: number
  p99Ms: number
  cpu: CpuMs | null
  answers: number
  elapsedMs: number
}

export interface Bench {
  generator: LoadGenerator
  postmaster: number | null
}

export async function measure(
  bench: Bench,
  server: Server,
  job: Omit<LoadJob, 'port'>,
): Promise<Round> {
  const { generator, postmaster } = bench
  const endCpu = watchCpu({ server: server.pid, postmaster, generator: generator.pid })
  const result = await generator.run({ ...job, port: server.port })
  const { answers, elapsedMs, p50Ms, p99Ms } = result
  return {
    cpu: endCpu(),
    perSecond: (answers / elapsedMs) * 1000,
    p50Ms,
    p99Ms,
    answers,
    elapsedMs,
  }
}

/** One row a server: medians over its rounds, the slowest and the fastest in parentheses. */
export function roundsTable(
  servers: readonly { name: string; rounds: readonly Round[] }[],
): string {
  return table(
    [
      'server',
      'per second',
      'p50 ms',
      'p99 ms',
      'server CPU µs each',
      'PostgreSQL CPU µs each',
      'other load %',
    ],
    servers.map(({ name, rounds }) => [
      name,
      spread(rounds.map(({ perSecond }) => perSecond)),
      number(median(rounds.map(({ p50Ms }) => p50Ms)), 1),
      number(median(rounds.map(({ p99Ms }) => p99Ms)), 1),
      cpuEach(rounds, ({ server }) => server),
      cpuEach(rounds, ({ database }) => database),
      otherLoad(rounds),
    ]),
  )
}

function cpuEach(rounds: readonly Round[], part: (cpu: CpuMs) => number): string {
  const each = rounds.flatMap(({ cpu, answers }) => (cpu ? [(part(cpu) * 1000) / answers] : []))
  return each.length === 0 ? '–' : number(median(each))
}

/** Of one core, by everything that is neither server, database nor generator. */
function otherLoad(rounds: readonly Round[]): string {
  const shares = rounds.flatMap(({ cpu, elapsedMs }) =>
    cpu ? [(cpu.other / elapsedMs) * 100] : [],
  )
  return shares.length === 0 ? '–' : spread(shares)
}
