import type { RunSlots } from '@/lib/execution/run-slots'
import type { openLanguageModel } from '@/lib/llm-providers/open-model'
import type { UsageMeter } from '@/lib/usage/ingest'

/** What running agents needs of the process. */
export interface ExecutionRuntime {
  meter: UsageMeter
  slots: RunSlots
  /** After so many ms a provider is not waited for any more. */
  timeoutMs: number
  openModel: typeof openLanguageModel
}
