import type pg from 'pg'
import type { FinishedRun } from '@/lib/execution/run-deployed-agent'
import { idempotencyInFlight } from '@/lib/idempotency'

type Client = Pick<pg.Pool | pg.PoolClient, 'query'>

/** A run that succeeded before under the same Idempotency-Key: its answer was given once, and is not kept. */
export interface RepeatedRun
  extends Pick<
    FinishedRun,
    'executionId' | 'sessionId' | 'agentId' | 'revision' | 'durationMs' | 'cost'
  > {
  response: null
}

type Row = Omit<RepeatedRun, 'response' | 'cost'> & {
  status: string
  inputCost: string | null
  outputCost: string | null
}

/** A key stands for a run that is under way or has answered: what failed was answered to nobody and may run again. */
export function runStands(organizationId: string) {
  return async (client: Client, id: string): Promise<boolean> => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM execution.run WHERE organization_id = $1 AND id = $2 AND status <> 'FAILED'`,
      [organizationId, id],
    )
    return rowCount === 1
  }
}

/** @throws DomainError conflict `idempotency_in_flight` while it runs */
export async function repeatedRun(
  client: Client,
  organizationId: string,
  id: string,
): Promise<RepeatedRun> {
  const { rows } = await client.query<Row>(
    `SELECT id AS "executionId", session_id AS "sessionId", agent_id AS "agentId", revision, status,
       duration_ms AS "durationMs", input_cost AS "inputCost", output_cost AS "outputCost"
     FROM execution.run WHERE organization_id = $1 AND id = $2`,
    [organizationId, id],
  )
  if (rows[0]?.status !== 'SUCCEEDED') throw idempotencyInFlight()
  const { status: _, inputCost, outputCost, ...run } = rows[0]
  const cost =
    inputCost === null || outputCost === null
      ? null
      : { input: BigInt(inputCost), output: BigInt(outputCost) }
  return { ...run, cost, response: null }
}
