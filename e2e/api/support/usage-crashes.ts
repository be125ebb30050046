import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { RestartableWorld } from '@/e2e/api/support/restartable-world'
import { inputOfAll } from '@/e2e/api/support/usage-batches'
import type { SenderJob } from '@/e2e/api/support/usage-sender'
import type { Organization } from '@/e2e/api/support/world'
import { newId } from '@/lib/ids'
import { recount } from '@/lib/usage/recount'

export interface CrashPlan {
  /** The server is killed in the first one, the sender in the second, and so on. */
  rounds: number
  batchesARound: number
  size: number
  onRound?: (said: string) => void
}

export interface CrashOutcome {
  sent: number
  /** Rows of events. */
  counted: number
  /** Calls by the sums of days. */
  calls: number
  inputSent: number
  inputCounted: number
  /** Hours, days and tokens that say other than the events. */
  differences: number
}

/** Kills server and sender in turn in the middle of reporting, each with SIGKILL, and looks at what was counted. */
export async function crashWhileReporting(plan: CrashPlan): Promise<CrashOutcome> {
  const restartable = await RestartableWorld.start({ API_RATE_LIMIT_PER_MINUTE: '10000000' })
  try {
    const org = await restartable.current.organization()
    const account = await org.serviceAccount(['traces:write'])
    const { secret } = await org.token(account, ['traces:write'], { expiresInMs: null })
    const stream = new CrashedStream(restartable, org, secret, plan)
    for (let round = 0; round < plan.rounds; round++) await stream.round(round)
    return await outcomeOf(restartable, org, plan)
  } finally {
    await restartable.close()
  }
}

class CrashedStream {
  readonly #restartable: RestartableWorld
  readonly #job: Omit<SenderJob, 'url' | 'batches'>
  readonly #plan: CrashPlan

  constructor(restartable: RestartableWorld, org: Organization, token: string, plan: CrashPlan) {
    this.#restartable = restartable
    this.#plan = plan
    this.#job = {
      path: `${org.path}/usageEvents:ingest`,
      token,
      run: newId(),
      size: plan.size,
      until: Date.now(),
    }
  }

  /** Ends when all batches of the round are acknowledged. */
  async round(round: number): Promise<void> {
    const { batchesARound, onRound } = this.#plan
    const missing = new Set(
      Array.from({ length: batchesARound }, (_, index) => round * batchesARound + index),
    )
    const victim = round % 2 === 0 ? 'server' : 'sender'
    // Another moment each round: while connections are made, in the middle, close to the end.
    const killAt = batchesARound - 1 - ((round * 5) % (batchesARound - 2))
    const first = this.#startSender(missing)
    await first.until(killAt)
    if (victim === 'server') {
      await this.#restartable.current.product.kill()
      await this.#restartable.restart()
      // It may have ended meanwhile, with all of its batches acknowledged.
      first.child.send({ ...this.#job, ...this.#address(), batches: [] }, () => undefined)
    } else {
      first.child.kill('SIGKILL')
    }
    await first.ended
    const left = missing.size
    if (left > 0) await this.#startSender(missing).ended
    if (missing.size > 0) throw new Error(`${missing.size} batches were never acknowledged.`)
    onRound?.(
      `round ${round + 1}: ${victim} killed with ${killAt} batches unacknowledged, ${left} for the next sender`,
    )
  }

  #address() {
    return { url: this.#restartable.current.product.url }
  }

  /** Removes from `missing` what is acknowledged. */
  #startSender(missing: Set<number>) {
    const child = fork(fileURLToPath(new URL('usage-sender.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
    })
    const ended = once(child, 'exit')
    child.on('message', (batch: number) => missing.delete(batch))
    child.send({ ...this.#job, ...this.#address(), batches: [...missing] })
    return { child, ended, until: (left: number) => reached(child, missing, left) }
  }
}

/** Resolves once no more than so many batches are unacknowledged. */
function reached(child: ChildProcess, missing: ReadonlySet<number>, left: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => missing.size <= left && resolve()
    child.on('message', look)
    child.once('exit', () => reject(new Error('The sender ended before it was to be killed.')))
  })
}

async function outcomeOf(
  restartable: RestartableWorld,
  org: Organization,
  { rounds, batchesARound, size }: CrashPlan,
): Promise<CrashOutcome> {
  const { pool } = restartable.current
  const sent = rounds * batchesARound * size
  const { rows } = await pool.query<{ calls: number; input: number }>(
    `SELECT sum(calls)::float8 AS calls, sum(input + cache_read)::float8 AS input
     FROM usage.day WHERE organization_id = $1`,
    [org.id],
  )
  const { events, differences } = await recount(pool, org.id, new Date(0))
  return {
    sent,
    counted: events,
    calls: rows[0]?.calls ?? 0,
    inputSent: inputOfAll(sent),
    inputCounted: rows[0]?.input ?? 0,
    differences,
  }
}
