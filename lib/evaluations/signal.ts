import type pg from 'pg'
import { signalChanges } from '@/lib/db/change-bus'

/** Signalled where a run was started or has ended. */
export const EVALUATIONS_CHANNEL = 'evaluations'

/** A signal that is lost costs the next look at what is due. */
export async function signalEvaluations(client: Pick<pg.PoolClient, 'query'>): Promise<void> {
  await signalChanges(client, [EVALUATIONS_CHANNEL])
}
