import { z } from 'zod'
import { revisionNumberSchema } from '@/lib/agents/schema'
import { judgeSchema } from '@/lib/evaluation-metrics/schema'

export const evaluateAgentSchema = z.strictObject({
  datasetId: z.uuid('Name the dataset by its id.'),
  candidateRevision: revisionNumberSchema
    .nullish()
    .describe('The revision that is asked about; the newest where left out.'),
  baselineRevision: revisionNumberSchema
    .nullish()
    .describe(
      'What it is compared with; null for nothing. Left out: the deployed one, where it is another.',
    ),
  judge: judgeSchema
    .nullish()
    .describe(
      'A model of a provider that is set up here; null or left out = the local judge, which asks none.',
    ),
})
export type EvaluateAgentInput = z.output<typeof evaluateAgentSchema>
