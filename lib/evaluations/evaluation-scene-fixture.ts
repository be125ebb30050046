import type { UserPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { claimCases } from '@/lib/evaluations/claim'
import { evaluateAgent } from '@/lib/evaluations/commands'
import {
  evaluatedAgent,
  evaluationRuntime,
  newDataset,
} from '@/lib/evaluations/evaluations-fixture'
import { getEvaluation } from '@/lib/evaluations/queries'
import { listEvaluationResults } from '@/lib/evaluations/results'
import type { EvaluateAgentInput } from '@/lib/evaluations/schema'
import type { EvaluationRuntime } from '@/lib/evaluations/work'
import { answerOf, executionWith } from '@/lib/execution/execution-fixture'
import { newId } from '@/lib/ids'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'

export const CAPITALS = [
  { name: 'France', input: 'Capital of France?', expected: 'Paris is the capital of France' },
  { name: 'Spain', input: 'Capital of Spain?', expected: 'Madrid is the capital of Spain' },
  { name: 'Italy', input: 'Capital of Italy?', expected: 'Rome is the capital of Italy' },
]
/** By revision: the new way is right about France and Spain, the old one about Spain and Italy. */
const KNOWN = {
  new: ['Paris is the capital of France', 'Madrid is the capital of Spain', 'No idea'],
  old: ['No idea', 'Madrid is the capital of Spain', 'Rome is the capital of Italy'],
}

/** A model that answers by its instructions and the case. */
export const knowing = (before: (prompt: string) => void = () => undefined) =>
  executionWith(async ({ prompt }) => {
    const asked = JSON.stringify(prompt)
    before(asked)
    const answers = KNOWN[asked.includes('the new way') ? 'new' : 'old']
    const index = CAPITALS.findIndex(({ input }) => asked.includes(input))
    return answerOf(answers[index] ?? 'No idea', { input: 100, output: 10 })
  })

type Wish = Partial<EvaluateAgentInput> & { cases?: Parameters<typeof newDataset>[1] }

/** A database, and for each test an organization with an admin and an agent of two revisions. */
export class EvaluationScene {
  product!: ProductFixture
  organization!: OrganizationFixture
  admin!: Context<UserPrincipal>
  agent!: string

  open = async () => {
    this.product = await createProductFixture()
    await this.product.db.pool.query(
      `INSERT INTO pricing.model_price (id, provider, model, name, valid_from, rates, source, created_by)
       VALUES ($1, 'mint', 'odd', 'Odd', '-infinity', $2, 'Test', 'Test')`,
      [newId(), { rates: { input: 1_000_000, output: 1_000_000 } }],
    )
  }

  renew = async () => {
    await this.product.db.pool.query('DELETE FROM evaluation.run')
    this.organization = await this.product.organization()
    this.admin = await this.organization.member('ADMIN')
    this.agent = await evaluatedAgent(this.admin)
  }

  close = () => this.product.close()

  /** A run by the admin that was started, and no case of it worked on. */
  async begun(execution = knowing(), { cases = CAPITALS, ...input }: Wish = {}) {
    const { admin, agent } = this
    const datasetId = await newDataset(admin, cases)
    const started = await evaluateAgent(admin, execution.runtime, { agent, datasetId, ...input })
    const on = { agent, evaluation: started.id }
    return {
      ...{ datasetId, started, on, execution },
      runtime: evaluationRuntime(admin, execution.runtime),
      seen: () => getEvaluation(admin, on),
      results: async (order?: 'POSITION') =>
        (await listEvaluationResults(admin, { ...on, order })).items,
    }
  }

  /** As if the clock had gone on: whatever waits is due. */
  later() {
    return this.product.db.pool.query(
      `UPDATE evaluation.run_item SET next_attempt_at = now() - interval '1 second'`,
    )
  }

  /** A process that dies while it has these cases. */
  lostTo(runtime: EvaluationRuntime, most: number) {
    return claimCases(runtime.db.pool, { most, leaseMs: runtime.leaseMs })
  }

  async rows<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.product.db.pool.query(sql, values)).rows as Row[]
  }
}
