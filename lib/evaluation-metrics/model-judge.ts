import { randomBytes } from 'node:crypto'
import type {
  Judge,
  JudgeModel,
  JudgeRequest,
  Spent,
  Verdict,
} from '@/lib/evaluation-metrics/judge'
import { judgePrompt, repairPrompt, verdictIn } from '@/lib/evaluation-metrics/judge-prompt'
import { verdictUnreadable } from '@/lib/evaluation-metrics/refusals'
import { callModel, type ModelAnswer } from '@/lib/execution/call-model'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import type { RunTokens } from '@/lib/execution/model'
import { requireBudget } from '@/lib/execution/require-budget'
import type { RunPlace } from '@/lib/execution/run-deployed-agent'
import { failedCall } from '@/lib/execution/run-failure'
import { newId } from '@/lib/ids'
import { providerLabel } from '@/lib/llm-providers/model'
import { rated } from '@/lib/usage/ingest'
import { storeEvents } from '@/lib/usage/store-events'
import { NO_TOKENS, OWN_SOURCES } from '@/lib/usage/usage-event'

/** Who makes the ids of what judges use. */
const SOURCE = `${OWN_SOURCES}judgements`
/** A verdict takes no longer, both tries together. */
export const JUDGEMENT_TIMEOUT_MS = 30_000
/** A reason is short; the rest is for models that think before. */
const SETTINGS = { temperature: 0, maxOutputTokens: 1000 }

/** What judges need of the process. */
export interface Judging extends Pick<ExecutionRuntime, 'meter' | 'slots' | 'openModel'> {
  /** Scores where no model is chosen. */
  local: Judge
  /** Before a model is paid for. @throws DomainError throttled `too_many_attempts` */
  pace: { count(organizationId: string): Promise<void> }
}

export interface JudgeCaller {
  /** Of the token that pays; null for a person. */
  familyId: string | null
  /** Ends it when the caller has left. */
  signal?: AbortSignal | undefined
}

/**
 * A judge that asks a model of a provider that is set up here, and pays for it: each call is in usage as a test, be its
 * verdict good or not. A score is one of the metric's levels, or there is none. Callers have authorized before.
 * `judge` throws DomainError throttled `too_many_attempts` | `too_many_runs` | over-budget `budget_exhausted` | unavailable
 *   `provider_not_configured` | upstream-failed `verdict_unreadable` | what `failedCall` makes of a provider that fails
 */
export function modelJudge(
  place: RunPlace,
  judging: Judging,
  chosen: JudgeModel,
  caller: JudgeCaller,
): Judge {
  return {
    id: 'model',
    label: `${chosen.model} of ${providerLabel(chosen.provider)}`,
    isDeterministic: false,
    model: chosen,
    judge: async (request) => {
      await judging.pace.count(place.organization.id)
      const release = judging.slots.take(place.organization.id)
      try {
        const { familyId } = caller
        await requireBudget(place, { familyId, agent: null, origin: 'TEST' })
        const opened = await judging.openModel(place, chosen)
        const ask = askerOf(opened.languageModel, caller.signal)
        const { answers, said } = await judgement(ask, request)
        const spent = await metered(place, judging, { chosen, familyId, answers })
        return verdictOf(answers, said, spent)
      } finally {
        release()
      }
    },
  }
}

type Ask = (prompt: ReturnType<typeof judgePrompt>) => Promise<ModelAnswer>
type Said = ReturnType<typeof verdictIn>

function askerOf(
  languageModel: Parameters<typeof callModel>[0],
  signal: AbortSignal | undefined,
): Ask {
  const deadline = Date.now() + JUDGEMENT_TIMEOUT_MS
  // Both tries share the time.
  return (prompt) =>
    callModel(languageModel, SETTINGS, prompt, {
      left: signal,
      timeoutMs: Math.max(1, deadline - Date.now()),
    })
}

/** Asks, and once more where the answer is no verdict. */
async function judgement(
  ask: Ask,
  request: JudgeRequest,
): Promise<{ answers: ModelAnswer[]; said: Said }> {
  const { levels } = request.metric
  const prompt = judgePrompt(request, randomBytes(12).toString('hex'))
  const first = await ask(prompt)
  if (first.failure !== null) return { answers: [first], said: null }
  const said = verdictIn(first.text, levels)
  if (said) return { answers: [first], said }
  const second = await ask(repairPrompt(prompt, request))
  const answers = [first, second]
  return { answers, said: second.failure === null ? verdictIn(second.text, levels) : null }
}

function verdictOf(answers: readonly ModelAnswer[], said: Said, spent: Spent): Verdict {
  if (said) return { ...said, signals: [], spent }
  const failure = answers.at(-1)?.failure
  throw failure ? failedCall(failure) : verdictUnreadable()
}

interface Used {
  chosen: JudgeModel
  familyId: string | null
  answers: readonly ModelAnswer[]
}

/** Counts the calls of a judgement, each once, in one statement. @returns their sum */
async function metered(
  { db, organization, now }: RunPlace,
  { meter }: Judging,
  { chosen, familyId, answers }: Used,
): Promise<Spent> {
  const organizationId = organization.id
  const book = await meter.prices.of(db, organizationId)
  const id = newId()
  const used = answers.flatMap(({ tokens }) => (tokens ? [tokens] : []))
  const calls = used.map((tokens, index) =>
    rated(book, {
      kind: 'MODEL_CALL',
      id: `${id}/${index + 1}`,
      source: SOURCE,
      occurredAt: now,
      origin: 'TEST',
      ...{ agent: '', revision: '', environment: '' },
      ...chosen,
      tokens: { ...NO_TOKENS, ...tokens },
    }),
  )
  const counted = await storeEvents(db.pool, { organizationId, familyId }, calls)
  if (counted > 0) meter.signals.counted(organizationId)
  const cost = calls.reduce<Spent['cost']>(
    (sum, call) =>
      sum && call.cost
        ? { input: sum.input + call.cost.input, output: sum.output + call.cost.output }
        : null,
    { input: 0n, output: 0n },
  )
  return { tokens: used.reduce(plus, NOTHING), cost }
}

const NOTHING: RunTokens = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }

function plus(one: RunTokens, other: RunTokens): RunTokens {
  return {
    input: one.input + other.input,
    cacheRead: one.cacheRead + other.cacheRead,
    cacheWrite: one.cacheWrite + other.cacheWrite,
    output: one.output + other.output,
    reasoning: one.reasoning + other.reasoning,
  }
}
