import type { Issuer } from '@/lib/invoices/issuer'
import type { Runtime } from '@/lib/runtime'
import { advanceSubscription, organizationsDue } from '@/lib/subscriptions/advance'
import { collect, organizationsToCollect } from '@/lib/subscriptions/collection'
import { endingTrials, tellOfTrialEnd } from '@/lib/subscriptions/subscription-news'

const PAGE = 200

type BillingRuntime = Pick<Runtime, 'db' | 'log'> & {
  billing: Issuer
  crypto: Pick<Runtime['crypto'], 'emailLinks'>
}

/** What one run did. */
export interface BillingRun {
  /** Periods that were over, and are billed now. */
  closed: number
  /** Organizations of which something failed; each was logged. */
  failed: number
}

/**
 * Whatever time has done to subscriptions by `now`: periods that are over are billed, however many were missed;
 * invoices that were not paid in time make their subscription past due; trials that are about to end are told of. Each
 * organization has transactions of its own: one that fails is logged and tried again by the next run.
 * @param now epoch ms
 */
export async function runBilling(runtime: BillingRuntime, now: number): Promise<BillingRun> {
  const { db, billing, crypto } = runtime
  const run: BillingRun = { closed: 0, failed: 0 }
  const attempt = async (step: string, organizationId: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      run.failed++
      runtime.log.error({ err: error, step, organizationId }, 'billing of an organization failed')
    }
  }
  for await (const organizationId of allDue(runtime, now)) {
    await attempt('period-end', organizationId, async () => {
      const port = billing.portAt(now)
      run.closed += (await advanceSubscription(db, port, { organizationId, now })).length
    })
  }
  for (const organizationId of await organizationsToCollect(db, now)) {
    await attempt('collection', organizationId, () => collect(db, billing, { organizationId, now }))
  }
  for (const organizationId of await endingTrials(db, now)) {
    await attempt('trial-end', organizationId, () =>
      tellOfTrialEnd(db, crypto.emailLinks, { organizationId, now }),
    )
  }
  return run
}

/** By id, so that one that goes on failing is met once in a run. */
async function* allDue({ db }: Pick<Runtime, 'db'>, now: number): AsyncGenerator<string> {
  let page: string[] = []
  do {
    page = await organizationsDue(db, { now, after: page.at(-1) ?? null, limit: PAGE })
    yield* page
  } while (page.length === PAGE)
}
