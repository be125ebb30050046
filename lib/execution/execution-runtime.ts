import type { Context, OrganizationContext } from '@/lib/context'
import type { RunSlots } from '@/lib/execution/run-slots'
import type { OpenedModel } from '@/lib/llm-providers/open-model'
import type { UsageMeter } from '@/lib/usage/ingest'

/** What running agents needs of the process. */
export interface ExecutionRuntime {
  meter: UsageMeter
  slots: RunSlots
  /** After so many ms a provider is not waited for any more. */
  timeoutMs: number
  /** @throws DomainError unavailable `provider_not_configured` */
  openModel: (
    place: Pick<Context, 'db'> & { organization: Pick<OrganizationContext, 'id'> },
    wanted: { provider: string; model: string },
  ) => Promise<OpenedModel>
}
