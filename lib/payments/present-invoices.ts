import { noteFailure, takeTask } from '@/lib/payments/collection-store'
import type { Collector } from '@/lib/payments/collector'
import { endOrphans } from '@/lib/payments/end-orphans'
import { mirrorCustomer } from '@/lib/payments/mirror'
import { tell } from '@/lib/payments/tell'

/** In one run; the next one goes on. */
const TASKS_MAX = 200

/** What one run did. */
export interface PresentingRun {
  /** Invoices of which the provider was told. */
  told: number
  /** What failed; it was noted, and is tried again after a while. */
  failed: number
}

/**
 * Tells the provider what happened to invoices: shows those that were issued, and has those not charged that were
 * voided, credited or paid otherwise. Then reads what became of it. However often and by whoever it is run, an invoice
 * is shown once.
 * @param now epoch ms
 */
export async function presentInvoices(collector: Collector, now: number): Promise<PresentingRun> {
  const run: PresentingRun = { told: 0, failed: 0 }
  const touched = new Set<string>()
  for (let count = 0; count < TASKS_MAX; count++) {
    const task = await takeTask(collector.db.pool, now)
    if (!task) break
    try {
      touched.add(await tell(collector, task))
      run.told++
    } catch (error) {
      run.failed++
      await noteFailure(collector.db.pool, task, error)
      collector.onFailure({ step: 'present', subject: task.invoiceId, error })
    }
  }
  for (const customerId of touched) {
    try {
      await mirrorCustomer(collector, customerId, now)
    } catch (error) {
      // A webhook or the night reads it.
      collector.onFailure({ step: 'mirror', subject: customerId, error })
    }
  }
  run.failed += await endOrphans(collector, now)
  return run
}
