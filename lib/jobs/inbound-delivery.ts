import {
  type ClaimedDispatch,
  claimDue,
  type FiringRuntime,
  fireDispatch,
} from '@/lib/inbound/fire'
import { SUBSCRIBER_TYPES, type SubscriberType } from '@/lib/inbound/model'
import { INBOUND_CHANNEL } from '@/lib/inbound/signal'
import { type SignalledWork, startOnSignal } from '@/lib/jobs/on-signal'
import type { Runtime } from '@/lib/runtime'

/** Under way in one process: slow agents hold up no forward. */
const AT_ONCE = { HTTP: 16, AGENT: 16 } as const satisfies Record<SubscriberType, number>
/** How often somebody looks at what has become due without a signal: retries, and claims of the dead. */
const LOOK_EVERY_MS = 2000
/** After its time has run out a process still has to write that down. */
const CLAIM_MARGIN_MS = 3000
/** The same of a run, which asks budgets and writes usage down besides. */
const RUN_MARGIN_MS = 30_000

/** Fires deliveries as soon as they are signalled, and what becomes due later. */
export function startInboundDelivery(
  runtime: Pick<Runtime, 'changes' | 'crypto' | 'db' | 'environment' | 'log' | 'triggerTargets'>,
): SignalledWork {
  const { environment, log } = runtime
  const firing: FiringRuntime = {
    pool: runtime.db.pool,
    crypto: runtime.crypto,
    targets: runtime.triggerTargets,
    setting: {
      attempts: environment.INBOUND_ATTEMPTS,
      firstRetryMs: environment.INBOUND_RETRY_MS,
      claimMs: {
        HTTP: environment.INBOUND_TIMEOUT_MS + CLAIM_MARGIN_MS,
        AGENT: environment.EXECUTION_TIMEOUT_MS + RUN_MARGIN_MS,
      },
    },
  }
  const underWay = { HTTP: new Set<Promise<void>>(), AGENT: new Set<Promise<void>>() }
  const busy = new Map<string, number>()
  const failed = (error: unknown) => log.error({ err: error }, 'deliveries not fired')

  function begin(claim: string, dispatch: ClaimedDispatch, lane: Set<Promise<void>>): void {
    const { subscriptionId, deliveryId: delivery, attempt } = dispatch
    busy.set(subscriptionId, (busy.get(subscriptionId) ?? 0) + 1)
    const work = fireDispatch(firing, claim, dispatch)
      .then(({ succeeded, status, outcome }) => {
        const facts = { delivery, subscription: subscriptionId, attempt, status }
        if (!succeeded) log.info({ ...facts, outcome }, 'delivery not fired')
      }, failed)
      .finally(() => {
        lane.delete(work)
        const left = (busy.get(subscriptionId) ?? 1) - 1
        if (left === 0) busy.delete(subscriptionId)
        else busy.set(subscriptionId, left)
        // A place is free.
        if (!stopped) signalled.run().catch(failed)
      })
    lane.add(work)
  }

  async function fill(kind: SubscriberType, stop: AbortSignal): Promise<void> {
    const lane = underWay[kind]
    while (lane.size < AT_ONCE[kind] && !stop.aborted) {
      const wanted = { kind, most: AT_ONCE[kind] - lane.size }
      const { claim, dispatches } = await claimDue(firing, wanted, busy)
      for (const dispatch of dispatches) begin(claim, dispatch, lane)
      if (dispatches.length === 0) return
    }
  }

  let stopped = false
  const signalled = startOnSignal(runtime, {
    channel: INBOUND_CHANNEL,
    failure: 'deliveries not fired',
    async work(stop) {
      for (const kind of SUBSCRIBER_TYPES) await fill(kind, stop)
    },
  })
  const clock = setInterval(() => void signalled.run().catch(failed), LOOK_EVERY_MS)
  return {
    run: () => signalled.run(),
    async stop() {
      stopped = true
      clearInterval(clock)
      await signalled.stop()
      await Promise.all([...underWay.HTTP, ...underWay.AGENT])
    },
  }
}
