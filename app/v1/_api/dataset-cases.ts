import {
  addedCasesSchema,
  caseToWire,
  datasetCaseSchema,
  datasetSchema,
  datasetToWire,
} from '@/app/v1/_api/dataset-resource'
import { DATASET_PATH, DATASET_TAG } from '@/app/v1/_api/datasets'
import { type Call, operation } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { pageRequest } from '@/app/v1/_api/query'
import { empty, json } from '@/app/v1/_api/reply'
import { pageOf } from '@/app/v1/_api/wire-schema'
import { addCases, deleteCase, patchCase, replaceCases } from '@/lib/datasets/case-commands'
import { CASES_MAX, DATASET_MAX_BYTES } from '@/lib/datasets/limits'
import { getCase, listCases } from '@/lib/datasets/queries'
import { addCasesSchema, patchCaseSchema, replaceCasesSchema } from '@/lib/datasets/schema'

const COLLECTION = `${DATASET_PATH}/cases`
const CASE_PATH = `${COLLECTION}/{case}`
const WRITES = {
  tag: DATASET_TAG,
  scope: 'datasets:write',
  readScope: 'datasets:read',
  conflicts: true,
} as const

/** A whole dataset, and half as much again for what JSON escapes. */
const CASES_MAX_BYTES = DATASET_MAX_BYTES * 1.5
/** One case at its largest, the same way. */
const CASE_MAX_BYTES = 256 * 1024

const onDataset = (call: Pick<Call, 'id'>) => ({ dataset: call.id('dataset') })
const onCase = (call: Pick<Call, 'id'>) => ({ ...onDataset(call), case: call.id('case') })

export const DATASET_CASE_OPERATIONS = [
  operation({
    id: 'listDatasetCases',
    tag: DATASET_TAG,
    method: 'get',
    path: COLLECTION,
    summary: 'List the cases of a dataset',
    description: 'In their order.',
    scope: 'datasets:read',
    query: PAGING_PARAMETERS,
    success: {
      status: 200,
      description: 'A page of cases.',
      schema: pageOf(datasetCaseSchema, 'DatasetCasePage'),
    },
    run: async (call) => {
      const page = await listCases(call.ctx, { ...onDataset(call), ...pageRequest(call.query) })
      return json({ ...page, items: page.items.map(caseToWire) })
    },
  }),
  operation({
    ...WRITES,
    id: 'replaceDatasetCases',
    method: 'put',
    path: COLLECTION,
    summary: 'Replace all cases of a dataset',
    description: `All or nothing, at most ${CASES_MAX}. A case that asks the same as before keeps its id; what is not among them is deleted for good. With \`version\`, a change that somebody else made meanwhile is a 409.`,
    body: { schema: replaceCasesSchema, required: true, maxBytes: CASES_MAX_BYTES },
    success: { status: 200, description: 'The dataset now.', schema: datasetSchema },
    run: async (call) =>
      json(datasetToWire(await replaceCases(call.ctx, { ...onDataset(call), ...call.body }))),
  }),
  operation({
    ...WRITES,
    id: 'addDatasetCases',
    method: 'post',
    path: COLLECTION,
    summary: 'Add cases to a dataset',
    description: 'One or many, after those that are there. All or nothing.',
    body: { schema: addCasesSchema, required: true, maxBytes: CASES_MAX_BYTES },
    success: {
      status: 201,
      description: 'The dataset now, and the cases that were added.',
      schema: addedCasesSchema,
    },
    run: async (call) => {
      const { dataset, cases } = await addCases(call.ctx, { ...onDataset(call), ...call.body })
      return json({ dataset: datasetToWire(dataset), cases: cases.map(caseToWire) }, 201)
    },
  }),
  operation({
    id: 'getDatasetCase',
    tag: DATASET_TAG,
    method: 'get',
    path: CASE_PATH,
    summary: 'Get one case of a dataset',
    scope: 'datasets:read',
    success: { status: 200, description: 'The case.', schema: datasetCaseSchema },
    run: async (call) => json(caseToWire(await getCase(call.ctx, onCase(call)))),
  }),
  operation({
    ...WRITES,
    id: 'patchDatasetCase',
    method: 'patch',
    path: CASE_PATH,
    summary: 'Change one case of a dataset',
    description:
      'Null or absent keeps, an empty name or expected answer clears. An input takes the place of parameters, and the reverse.',
    body: { schema: patchCaseSchema, required: true, maxBytes: CASE_MAX_BYTES },
    success: { status: 200, description: 'The case now.', schema: datasetCaseSchema },
    run: async (call) =>
      json(caseToWire(await patchCase(call.ctx, { ...onCase(call), ...call.body }))),
  }),
  operation({
    id: 'deleteDatasetCase',
    tag: DATASET_TAG,
    method: 'delete',
    path: CASE_PATH,
    summary: 'Delete one case of a dataset',
    description: 'For good; those after it move up.',
    scope: 'datasets:write',
    readScope: 'datasets:read',
    success: { status: 204, description: 'It is gone.' },
    run: async (call) => {
      await deleteCase(call.ctx, onCase(call))
      return empty()
    },
  }),
]
