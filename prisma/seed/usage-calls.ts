import type { ReportedTokens } from '@/lib/usage/usage-event'
import type { Dice } from '@/prisma/seed/dice'
import type { DemoModel } from '@/prisma/seed/usage-agents'

/** The tokens of one call of the model, as a provider reports them: parts within their totals. */
export function drawTokens(model: DemoModel, dice: Dice): ReportedTokens {
  const inputTokens = within(model.input, dice)
  const outputTokens = within(model.output, dice)
  const share = (of: number, part = 0) => Math.floor(of * part * (0.7 + dice() * 0.3))
  const cacheReadTokens = share(inputTokens, model.cacheRead)
  const cacheWriteTokens = share(inputTokens, model.cacheWrite)
  const inputAudioTokens = share(inputTokens, model.inputAudio)
  return {
    inputTokens,
    cacheReadTokens,
    cacheWriteTokens,
    cacheWrite1hTokens: 0,
    inputAudioTokens,
    outputTokens,
    reasoningTokens: share(outputTokens, model.reasoning),
    outputAudioTokens: share(outputTokens, model.outputAudio),
  }
}

/** Most calls are small, a few are large. */
function within([least, most]: readonly [number, number], dice: Dice): number {
  return Math.round(least + (most - least) * dice() ** 2)
}
