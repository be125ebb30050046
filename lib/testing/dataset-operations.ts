import { can } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { addCases, deleteCase, patchCase, replaceCases } from '@/lib/datasets/case-commands'
import { createDataset, deleteDataset, patchDataset } from '@/lib/datasets/commands'
import { exportDataset, getCase, getDataset, listCases, listDatasets } from '@/lib/datasets/queries'
import { isDomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import type { Operation } from '@/lib/testing/operation'

const nobody = { dataset: newId() }
const noCase = { ...nobody, case: newId() }
const cases = [{ name: null, input: 'Where?', parameters: null, expected: 'Here.' }]

/** Who may look is told that there is none; who may not is told the same, and is refused by that. */
const on = (run: (ctx: Context) => Promise<unknown>, read?: 'read'): Operation => ({
  on: 'organization',
  ...(read && { isRead: true }),
  run: async (ctx) => {
    try {
      return await run(ctx)
    } catch (error) {
      const isNone = isDomainError(error) && error.kind === 'not-found'
      if (isNone && can(ctx.principal, 'datasets:read')) return undefined
      throw error
    }
  },
})

/** What revisions of agents are evaluated on. */
export const DATASET_OPERATIONS: Record<string, Operation> = {
  listDatasets: { on: 'organization', isRead: true, run: listDatasets },
  getDataset: on((ctx) => getDataset(ctx, nobody), 'read'),
  exportDataset: on((ctx) => exportDataset(ctx, nobody), 'read'),
  listCases: on((ctx) => listCases(ctx, nobody), 'read'),
  getCase: on((ctx) => getCase(ctx, noCase), 'read'),
  createDataset: {
    on: 'organization',
    run: (ctx) => createDataset(ctx, { name: `Made ${newId()}` }),
  },
  patchDataset: on((ctx) => patchDataset(ctx, { ...nobody, name: 'Renamed' })),
  deleteDataset: on((ctx) => deleteDataset(ctx, nobody)),
  replaceCases: on((ctx) => replaceCases(ctx, { ...nobody, cases })),
  addCases: on((ctx) => addCases(ctx, { ...nobody, cases })),
  patchCase: on((ctx) => patchCase(ctx, { ...noCase, name: 'Renamed' })),
  deleteCase: on((ctx) => deleteCase(ctx, noCase)),
}
