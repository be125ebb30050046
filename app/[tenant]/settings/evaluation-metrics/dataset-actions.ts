'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { rowOf } from '@/components/datasets/dataset-words'
import { addCases, deleteCase, patchCase, replaceCases } from '@/lib/datasets/case-commands'
import { createDataset, deleteDataset, patchDataset } from '@/lib/datasets/commands'
import { exportDataset, getCase, listCases } from '@/lib/datasets/queries'
import {
  addCasesSchema,
  caseIdSchema,
  createDatasetSchema,
  datasetIdSchema,
  patchCaseSchema,
  patchDatasetSchema,
  replaceCasesSchema,
} from '@/lib/datasets/schema'

const onDataset = z.strictObject({ dataset: datasetIdSchema })
const onCase = onDataset.extend({ case: caseIdSchema })

export const makeDataset = action(createDatasetSchema, createDataset)

export const renameDataset = action(onDataset.extend(patchDatasetSchema.shape), patchDataset)

export const dropDataset = action(onDataset, deleteDataset)

/** The next cases of the list, in short. */
export const loadCases = action(
  onDataset.extend({ search: z.string().max(200), pageToken: z.string().max(1000) }),
  async (ctx, wish) => {
    const page = await listCases(ctx, wish)
    return { ...page, items: page.items.map(rowOf) }
  },
)

/** One case as it was written. */
export const openCase = action(onCase, getCase)

/** All of them, to compare with what is about to be imported. */
export const loadDataset = action(onDataset, exportDataset)

export const putIn = action(onDataset.extend(addCasesSchema.shape), addCases)

export const replaceAll = action(onDataset.extend(replaceCasesSchema.shape), replaceCases)

export const changeCase = action(
  z.strictObject({ dataset: datasetIdSchema, case: caseIdSchema, change: patchCaseSchema }),
  (ctx, { change, ...on }) => patchCase(ctx, { ...on, ...change }),
)

export const dropCase = action(onCase, deleteCase)
