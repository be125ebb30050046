import type pg from 'pg'
import type { Maker } from '@/lib/agents/model'
import type { CaseText } from '@/lib/datasets/model'
import { STORED_BY_NOW, THIS_MOMENT } from '@/lib/db/this-moment'
import type { JudgeModel } from '@/lib/evaluation-metrics/judge'
import type { RunKey } from '@/lib/evaluations/case-facts'
import { AT_ONCE_OF_ONE } from '@/lib/evaluations/limits'
import type { JudgedMetric, Side } from '@/lib/evaluations/model'
import { newId } from '@/lib/ids'

/** One case on one side, for whoever works on it. */
export interface ClaimedCase extends RunKey {
  claim: string
  position: number
  side: Side
  /** Times that it was claimed, this one included; what a limit held up is not counted. */
  attempts: number
  waits: number
  agentId: string
  revision: number
  metrics: JudgedMetric[]
  /** Null: the local judge. */
  judge: JudgeModel | null
  starter: Maker
  requestId: string
  /** Null where it was deleted, or its dataset. */
  text: Pick<CaseText, 'input' | 'parameters' | 'expected'> | null
  /** Set where the agent has answered already, and somebody died over the scores. */
  answer: string | null
  /** Metrics that need no judge any more. */
  scored: string[]
}

/**
 * Claims what is due, of no run more than its share, and of all runs one after the other. Of any number of processes
 * one gets a case; where that one dies, the claim ends by itself.
 */
export async function claimCases(
  pool: pg.Pool,
  { most, leaseMs }: { most: number; leaseMs: number },
): Promise<ClaimedCase[]> {
  const claim = newId()
  const { rows } = await pool.query<Omit<ClaimedCase, 'claim'>>({
    name: 'evaluation-claim',
    text: CLAIM,
    values: [most, claim, leaseMs, AT_ONCE_OF_ONE],
  })
  return rows.map((row) => ({ ...row, claim }))
}

const CLAIM = `
  WITH due AS (
    SELECT i.organization_id, i.run_id, i.position, i.side, i.place + busy.items AS place
    FROM evaluation.run r
    CROSS JOIN LATERAL (
      SELECT count(*) AS items FROM evaluation.run_item b
      WHERE b.organization_id = r.organization_id AND b.run_id = r.id AND b.state = 'WAITING'
        AND b.claim IS NOT NULL AND b.next_attempt_at > clock_timestamp()
    ) busy
    CROSS JOIN LATERAL (
      SELECT d.*, row_number() OVER (ORDER BY d.position, d.side DESC) AS place
      FROM evaluation.run_item d
      WHERE d.organization_id = r.organization_id AND d.run_id = r.id AND d.state = 'WAITING'
        AND d.next_attempt_at <= ${STORED_BY_NOW}
      ORDER BY d.position, d.side DESC LIMIT $4
    ) i
    WHERE r.status IN ('PENDING', 'IN_PROGRESS')
  ), taken AS (
    SELECT i.organization_id, i.run_id, i.position, i.side FROM evaluation.run_item i
    JOIN due d USING (organization_id, run_id, position, side)
    WHERE d.place <= $4 AND i.state = 'WAITING' AND i.next_attempt_at <= ${STORED_BY_NOW}
    ORDER BY d.place, i.run_id LIMIT $1 FOR UPDATE OF i SKIP LOCKED
  ), claimed AS (
    UPDATE evaluation.run_item i SET claim = $2, attempts = attempts + 1,
      next_attempt_at = clock_timestamp() + $3 * interval '1 millisecond'
    FROM taken t WHERE i.organization_id = t.organization_id AND i.run_id = t.run_id
      AND i.position = t.position AND i.side = t.side
    RETURNING i.*
  ), begun AS (
    UPDATE evaluation.run r SET status = 'IN_PROGRESS', started_at = ${THIS_MOMENT}
    FROM (SELECT DISTINCT organization_id, run_id FROM claimed) c
    WHERE r.organization_id = c.organization_id AND r.id = c.run_id AND r.status = 'PENDING'
  )
  SELECT c.organization_id AS "organizationId", c.run_id AS "runId", c.position, c.side, c.attempts, c.waits,
    r.agent_id AS "agentId",
    CASE c.side WHEN 'CANDIDATE' THEN r.candidate_revision ELSE r.baseline_revision END AS revision,
    r.metrics, r.request_id AS "requestId",
    CASE WHEN r.judge_provider IS NOT NULL
      THEN json_build_object('provider', r.judge_provider, 'model', r.judge_model) END AS judge,
    json_build_object('kind', r.maker_kind, 'id', r.maker_id, 'label', r.maker_label,
      'token', CASE WHEN r.family_id IS NOT NULL THEN json_build_object('id', r.token_id,
        'familyId', r.family_id, 'name', r.token_name, 'currentId', NULL) END) AS starter,
    CASE WHEN t.run_id IS NOT NULL THEN
      json_build_object('input', t.input, 'parameters', t.parameters, 'expected', t.expected) END AS text,
    a.answer,
    coalesce((SELECT json_agg(s.metric_id) FROM evaluation.run_score s
      WHERE s.organization_id = c.organization_id AND s.run_id = c.run_id AND s.position = c.position
        AND s.side = c.side), '[]') AS scored
  FROM claimed c
  JOIN evaluation.run r ON r.organization_id = c.organization_id AND r.id = c.run_id
  LEFT JOIN evaluation.run_text t
    ON t.organization_id = c.organization_id AND t.run_id = c.run_id AND t.position = c.position
  LEFT JOIN evaluation.run_answer a ON a.organization_id = c.organization_id AND a.run_id = c.run_id
    AND a.position = c.position AND a.side = c.side
  ORDER BY c.position, c.side DESC`
