import type { InstallationKeys } from '@/lib/context'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { RunSlots } from '@/lib/execution/run-slots'
import { localModel } from '@/lib/llm-providers/local-model'
import { readCatalogue } from '@/lib/model-pricing/catalogue'
import { PriceBooks } from '@/lib/model-pricing/price-books'

const TIMEOUT_MS = 10_000
/** As many as an evaluation works on at once. */
const SLOTS = 8

/** Runs agents as the product does, on the provider that calls no model. */
export function localExecution({
  emailLinks,
}: Pick<InstallationKeys, 'emailLinks'>): ExecutionRuntime {
  return {
    emailLinks,
    meter: { prices: new PriceBooks(readCatalogue()), signals: { counted: () => undefined } },
    slots: new RunSlots(SLOTS),
    timeoutMs: TIMEOUT_MS,
    openModel: async (_place, { provider, model }) => ({
      provider,
      model,
      origin: 'LOCAL',
      languageModel: localModel(model),
    }),
  }
}
