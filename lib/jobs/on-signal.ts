import type { Runtime } from '@/lib/runtime'

export interface SignalledWork {
  /** Does what is due; resolves when that is done. Asked during a run, it runs once more after it. */
  run(): Promise<void>
  /** Begins nothing further; resolves when what is under way is done. */
  stop(): Promise<void>
}

export interface Signalled {
  /** Of the change bus. */
  channel: string
  /** Said in the log where a run that was signalled fails. */
  failure: string
  work: (stop: AbortSignal) => Promise<void>
}

/** Does work as soon as it is signalled, one run at a time; what failed needs `run` from time to time. */
export function startOnSignal(
  { changes, log }: Pick<Runtime, 'changes' | 'log'>,
  { channel, failure, work }: Signalled,
): SignalledWork {
  const stopping = new AbortController()
  let wanted = false
  let current: Promise<void> | null = null

  async function runWhileWanted(): Promise<void> {
    while (wanted && !stopping.signal.aborted) {
      wanted = false
      await work(stopping.signal)
    }
  }
  function run(): Promise<void> {
    wanted = true
    current ??= runWhileWanted().finally(() => {
      current = null
    })
    return current
  }
  const unsubscribe = changes.subscribe(channel, () => {
    run().catch((error: unknown) => log.error({ err: error }, failure))
  })
  return {
    run,
    async stop() {
      stopping.abort()
      unsubscribe()
      // Whoever asked for the run hears of its failure.
      await current?.catch(() => undefined)
    },
  }
}
