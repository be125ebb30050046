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

/** What of one kind is under way here. */
interface Lane {
  work: Set<Promise<void>>
  /** How many of each organization and of each subscription, by their ids. */
  busy: Map<string, number>
}
const newLane = (): Lane => ({ work: new Set(), busy: new Map() })

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
  const lanes: Record<SubscriberType, Lane> = { HTTP: newLane(), AGENT: newLane() }
  const failed = (error: unknown) => log.error({ err: error }, 'deliveries not fired')

  function begin(claim: string, dispatch: ClaimedDispatch, lane: Lane): void {
    const { organizationId, subscriptionId, deliveryId: delivery, attempt } = dispatch
    const parties = [organizationId, subscriptionId]
    for (const id of parties) lane.busy.set(id, (lane.busy.get(id) ?? 0) + 1)
    const work = fireDispatch(firing, claim, dispatch)
      .then(({ succeeded, status, outcome }) => {
        const facts = { delivery, subscription: subscriptionId, attempt, status }
        if (!succeeded) log.info({ ...facts, outcome }, 'delivery not fired')
      }, failed)
      .finally(() => {
        lane.work.delete(work)
        for (const id of parties) {
          const left = (lane.busy.get(id) ?? 1) - 1
          if (left === 0) lane.busy.delete(id)
          else lane.busy.set(id, left)
        }
        // A place is free.
        if (!stopped) signalled.run().catch(failed)
      })
    lane.work.add(work)
  }

  async function fill(kind: SubscriberType, stop: AbortSignal): Promise<void> {
    const lane = lanes[kind]
    while (lane.work.size < AT_ONCE[kind] && !stop.aborted) {
      const wanted = { kind, most: AT_ONCE[kind] - lane.work.size }
      const { claim, dispatches } = await claimDue(firing, wanted, lane.busy)
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
      await Promise.all([...lanes.HTTP.work, ...lanes.AGENT.work])
    },
  }
}
