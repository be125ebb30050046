import { z } from '@hono/zod-openapi'
import { makerFields, makerToWire } from '@/app/v1/_api/agent-resource'
import { count, dollarsOf, usd } from '@/app/v1/_api/agent-usage-resource'
import { type Call, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { epochMs, epochMsOrNull } from '@/app/v1/_api/wire-schema'
import { EXECUTION_STATUSES, type Execution } from '@/lib/execution/model'
import type { RepeatedRun } from '@/lib/execution/repeated-run'
import type { FinishedRun } from '@/lib/execution/run-deployed-agent'
import { ORIGINS } from '@/lib/usage/origin'

/** How runs of agents look outside. */

export const EXECUTION_COLLECTION = `${TENANT_PREFIX}/executions`
export const EXECUTION_ITEM = `${EXECUTION_COLLECTION}/{execution}`

const cost = usd.nullable().openapi({ description: 'US dollars; null where no price is known.' })
export const COST_FIELDS = { inputCost: cost, outputCost: cost, totalCost: cost }
const duration = z.int().min(0).openapi({ description: 'Milliseconds.' })

export const runResultSchema = z
  .strictObject({
    response: z.string().nullable().openapi({
      description:
        'What the model answered. Null where an Idempotency-Key is replayed: answers are not kept.',
    }),
    sessionId: z.string(),
    links: z.array(z.strictObject({ rel: z.enum(['execution', 'dashboard']), href: z.string() })),
    executionRecordId: z.uuid(),
    trace: z.strictObject({
      agentId: z.string(),
      agentRevision: z.int(),
      duration,
      ...COST_FIELDS,
    }),
  })
  .openapi('ExecutionResult')

export function runResultToWire(run: FinishedRun | RepeatedRun, { ctx, publicUrl }: Call) {
  const { slug } = ctx.organization
  const { executionId, agentId, revision, response, sessionId, durationMs } = run
  return {
    response,
    sessionId,
    links: [
      { rel: 'execution' as const, href: `/v1/tenants/${slug}/executions/${executionId}` },
      {
        rel: 'dashboard' as const,
        href: `${publicUrl}/${slug}/settings/agents/${agentId}?tab=runs&run=${executionId}`,
      },
    ],
    executionRecordId: executionId,
    trace: {
      agentId,
      agentRevision: revision,
      duration: durationMs,
      ...costsOf(run.cost?.input ?? null, run.cost?.output ?? null),
    },
  }
}

export const executionSchema = z
  .strictObject({
    id: z.uuid(),
    agentId: z.string(),
    agentRevision: z.int(),
    sessionId: z.string(),
    chatUserId: z.string().nullable(),
    deliveryId: z
      .uuid()
      .nullable()
      .openapi({ description: 'The delivery from outside that started it.' }),
    origin: z.enum(ORIGINS),
    status: z.enum(EXECUTION_STATUSES),
    finishReason: z.string().nullable(),
    errorCode: z.string().nullable(),
    provider: z.string(),
    model: z.string(),
    local: z.boolean().openapi({ description: 'True where no model was called.' }),
    inputTokens: count,
    cachedTokens: count.openapi({ description: 'Of the input: read from a cache.' }),
    outputTokens: count,
    thinkingTokens: count.openapi({ description: 'Of the output: reasoning.' }),
    ...COST_FIELDS,
    startedAt: epochMs,
    finishedAt: epochMsOrNull,
    duration: duration.nullable(),
    requestId: z.string(),
    ...makerFields,
    createdByType: z.enum(['USER', 'SERVICE_ACCOUNT', 'WEBHOOK', 'INTEGRATION']),
  })
  .openapi('Execution')

export function executionToWire(run: Execution) {
  const { input, cacheRead, cacheWrite, output, reasoning } = run.tokens
  return {
    id: run.id,
    agentId: run.agentId,
    agentRevision: run.revision,
    sessionId: run.sessionId,
    chatUserId: run.chatUserId,
    deliveryId: run.deliveryId,
    origin: run.origin,
    status: run.status,
    finishReason: run.finishReason,
    errorCode: run.errorCode,
    provider: run.provider,
    model: run.model,
    local: run.modelOrigin === 'LOCAL',
    inputTokens: input + cacheRead + cacheWrite,
    cachedTokens: cacheRead,
    outputTokens: output + reasoning,
    thinkingTokens: reasoning,
    ...costsOf(run.inputCost, run.outputCost),
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    duration: run.durationMs,
    requestId: run.requestId,
    ...makerToWire(run.startedBy),
  }
}

export function costsOf(inputCost: bigint | null, outputCost: bigint | null) {
  if (inputCost === null || outputCost === null) {
    return { inputCost: null, outputCost: null, totalCost: null }
  }
  const { input, output, total } = dollarsOf({ inputCost, outputCost })
  return { inputCost: input, outputCost: output, totalCost: total }
}
