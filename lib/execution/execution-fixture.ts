import { randomBytes } from 'node:crypto'
import type { LanguageModelV3GenerateResult } from '@ai-sdk/provider'
import { MockLanguageModelV3 } from 'ai/test'
import { createAgent } from '@/lib/agents/commands'
import { deployRevision } from '@/lib/agents/deployments'
import { createRevision } from '@/lib/agents/revisions'
import type { CreateRevisionInput } from '@/lib/agents/schema'
import type { Context } from '@/lib/context'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { RunSlots } from '@/lib/execution/run-slots'
import { newId } from '@/lib/ids'
import { ModelAccess } from '@/lib/llm-providers/model-access'
import { openLanguageModel } from '@/lib/llm-providers/open-model'
import { quietMeter } from '@/lib/testing/usage-meter'

export const TOPIC = { name: 'topic', type: 'STRING', required: true, description: '' } as const

const emailLinks = new EmailLinkSealer(randomBytes(32).toString('base64'))

/** Nobody has set a provider up. */
const modelAccess = new ModelAccess(randomBytes(32).toString('base64'))

/** The settings of a running product, without a provider that costs. */
export function quietExecution(parts: Partial<ExecutionRuntime> = {}): ExecutionRuntime {
  return {
    meter: quietMeter(),
    slots: new RunSlots(20),
    emailLinks,
    timeoutMs: 5000,
    openModel: (place, wanted) => openLanguageModel({ ...place, crypto: { modelAccess } }, wanted),
    ...parts,
  }
}

interface Counts {
  input?: number
  cacheRead?: number
  output?: number
  reasoning?: number
}

/** What a model answers that read and wrote so many tokens, of disjoint kinds. */
export function answerOf(text: string, counts: Counts = {}): LanguageModelV3GenerateResult {
  const { input = 0, cacheRead = 0, output = 0, reasoning = 0 } = counts
  return {
    content: [{ type: 'text', text }],
    finishReason: { unified: 'stop', raw: undefined },
    usage: {
      inputTokens: { total: input + cacheRead, noCache: input, cacheRead, cacheWrite: 0 },
      outputTokens: { total: output + reasoning, text: output, reasoning },
    },
    warnings: [],
  }
}

type Generate = ConstructorParameters<typeof MockLanguageModelV3>[0] extends infer Parts | undefined
  ? NonNullable<Parts> extends { doGenerate?: infer Fn }
    ? Fn
    : never
  : never

/** A runtime whose every model is this one. */
export function executionWith(
  doGenerate: NonNullable<Generate>,
  parts: Partial<ExecutionRuntime> = {},
) {
  const model = new MockLanguageModelV3({ doGenerate })
  const openModel: ExecutionRuntime['openModel'] = async (_place, { provider, model: name }) => ({
    provider,
    model: name,
    origin: 'ORGANIZATION',
    languageModel: model,
  })
  return { model, runtime: quietExecution({ openModel, ...parts }) }
}

/** An agent of the context's principal with one revision, which is deployed. @returns its id */
export async function runnableAgent(
  ctx: Context,
  definition: Partial<CreateRevisionInput> = {},
): Promise<string> {
  const id = `agent-${newId().slice(-12)}`
  await createAgent(ctx, { id, displayName: 'Briefing' })
  await createRevision(ctx, {
    agent: id,
    instructions: 'Write a briefing about {{topic}}.',
    provider: 'local',
    model: 'echo',
    parameters: [TOPIC],
    ...definition,
  })
  await deployRevision(ctx, { agent: id, revision: 1 })
  return id
}
