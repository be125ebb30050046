import { z } from '@hono/zod-openapi'
import { epochMs } from '@/app/v1/_api/wire-schema'
import type { Dataset, DatasetCase } from '@/lib/datasets/model'

/** Datasets and their cases on the wire. */

export const datasetSchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    description: z.string(),
    version: z.int().openapi({ description: 'Goes up with every change of its cases.' }),
    caseCount: z.int(),
    createdBy: z.string(),
    createdAt: epochMs,
    modifiedBy: z.string(),
    modifiedAt: epochMs,
  })
  .openapi('Dataset')

export const datasetListSchema = z
  .strictObject({ items: z.array(datasetSchema) })
  .openapi('DatasetList')

export const datasetCaseSchema = z
  .strictObject({
    id: z.uuid(),
    position: z.int().openapi({ description: 'From 1, without gaps.' }),
    name: z.string().nullable(),
    input: z
      .string()
      .nullable()
      .openapi({ description: 'A text; null where there are parameters.' }),
    parameters: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .nullable()
      .openapi({ description: 'Values by name; null where there is an input.' }),
    expected: z.string().nullable().openapi({ description: 'The answer to compare with.' }),
    createdAt: epochMs,
    modifiedAt: epochMs,
  })
  .openapi('DatasetCase')

export const addedCasesSchema = z
  .strictObject({ dataset: datasetSchema, cases: z.array(datasetCaseSchema) })
  .openapi('AddedDatasetCases')

export function datasetToWire(dataset: Dataset) {
  const { id, name, description, version, caseCount, ...made } = dataset
  const { createdBy, createdAt, modifiedBy, modifiedAt } = made
  return {
    id,
    name,
    description,
    version,
    caseCount,
    createdBy,
    createdAt,
    modifiedBy,
    modifiedAt,
  }
}

export function caseToWire(one: DatasetCase) {
  const { id, position, name, input, parameters, expected, createdAt, modifiedAt } = one
  return { id, position, name, input, parameters, expected, createdAt, modifiedAt }
}
