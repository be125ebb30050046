import type { Context, OrganizationContext } from '@/lib/context'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { RunSlots } from '@/lib/execution/run-slots'
import type { OpenedModel } from '@/lib/llm-providers/open-model'
import type { UsageMeter } from '@/lib/usage/ingest'

/** What running agents needs of the process. */
export interface ExecutionRuntime {
  meter: UsageMeter
  slots: RunSlots
  /** For what collaborators are told of runs that fail. */
  emailLinks: EmailLinkSealer
  /** After so many ms a provider is not waited for any more. */
  timeoutMs: number
  /** @throws DomainError unavailable `provider_not_configured` */
  openModel: (
    place: Pick<Context, 'db'> & { organization: Pick<OrganizationContext, 'id'> },
    wanted: { provider: string; model: string },
  ) => Promise<OpenedModel>
}
