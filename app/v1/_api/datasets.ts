import { datasetListSchema, datasetSchema, datasetToWire } from '@/app/v1/_api/dataset-resource'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { empty, json } from '@/app/v1/_api/reply'
import { createDataset, deleteDataset, patchDataset } from '@/lib/datasets/commands'
import { DATASETS_MAX } from '@/lib/datasets/limits'
import { getDataset, listDatasets } from '@/lib/datasets/queries'
import { createDatasetSchema, patchDatasetSchema } from '@/lib/datasets/schema'

export const DATASET_TAG = 'Datasets'
const COLLECTION = `${TENANT_PREFIX}/datasets`
export const DATASET_PATH = `${COLLECTION}/{dataset}`

export const DATASET_OPERATIONS = [
  operation({
    id: 'listDatasets',
    tag: DATASET_TAG,
    method: 'get',
    path: COLLECTION,
    summary: 'List datasets',
    description: `All of them, by name; an organization has room for ${DATASETS_MAX}.`,
    scope: 'datasets:read',
    success: { status: 200, description: 'The datasets.', schema: datasetListSchema },
    run: async ({ ctx }) => json({ items: (await listDatasets(ctx)).map(datasetToWire) }),
  }),
  operation({
    id: 'createDataset',
    tag: DATASET_TAG,
    method: 'post',
    path: COLLECTION,
    summary: 'Create a dataset',
    description: 'It has no case yet. 20 to 200 cases tell most about a revision.',
    scope: 'datasets:write',
    conflicts: true,
    body: { schema: createDatasetSchema, required: true },
    success: { status: 201, description: 'The dataset.', schema: datasetSchema },
    run: async ({ ctx, body, path }) => {
      const made = await createDataset(ctx, body)
      return json(datasetToWire(made), 201, { Location: `${path}/${made.id}` })
    },
  }),
  operation({
    id: 'getDataset',
    tag: DATASET_TAG,
    method: 'get',
    path: DATASET_PATH,
    summary: 'Get one dataset',
    scope: 'datasets:read',
    success: { status: 200, description: 'The dataset.', schema: datasetSchema },
    run: async (call) =>
      json(datasetToWire(await getDataset(call.ctx, { dataset: call.id('dataset') }))),
  }),
  operation({
    id: 'patchDataset',
    tag: DATASET_TAG,
    method: 'patch',
    path: DATASET_PATH,
    summary: 'Rename or describe a dataset',
    description: 'Null or absent keeps. Its version stays: the cases do.',
    scope: 'datasets:write',
    readScope: 'datasets:read',
    conflicts: true,
    body: { schema: patchDatasetSchema, required: true },
    success: { status: 200, description: 'The dataset now.', schema: datasetSchema },
    run: async (call) => {
      const wish = { dataset: call.id('dataset'), ...call.body }
      return json(datasetToWire(await patchDataset(call.ctx, wish)))
    },
  }),
  operation({
    id: 'deleteDataset',
    tag: DATASET_TAG,
    method: 'delete',
    path: DATASET_PATH,
    summary: 'Delete a dataset',
    description: 'With all its cases, and what runs of evaluations said of them, for good.',
    scope: 'datasets:write',
    readScope: 'datasets:read',
    success: { status: 204, description: 'It is gone.' },
    run: async (call) => {
      await deleteDataset(call.ctx, { dataset: call.id('dataset') })
      return empty()
    },
  }),
]
