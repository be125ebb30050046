import { signalChanges } from '@/lib/db/change-bus'
import type { Runtime } from '@/lib/runtime'

export const COLLECTION_CHANNEL = 'collection'

/** Lets Stripe be told at once of what was just committed; a signal that is lost costs a minute. */
export async function signalCollection({
  billing,
  db,
}: Pick<Runtime, 'billing' | 'db'>): Promise<void> {
  if (billing.collector !== null) await signalChanges(db.pool, [COLLECTION_CHANNEL])
}
