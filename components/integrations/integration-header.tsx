import { BackLink } from '@/components/ui/back-link'
import { CopyButton } from '@/components/ui/copy-button'
import type { McpPublication } from '@/lib/integrations/model'
import { IntegrationState } from './integration-state'

export type IntegrationHeaderProps = { publication: McpPublication; listHref: string }

/** Which integration this is, and whether clients get through. */
export function IntegrationHeader({ publication, listHref }: IntegrationHeaderProps) {
  const { integration, config } = publication
  return (
    <header className="flex flex-col gap-3">
      <BackLink href={listHref}>Integrations</BackLink>
      <div className="flex min-w-0 max-w-2xl flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 font-semibold text-ink text-xl [overflow-wrap:anywhere]">
            {integration.displayName}
          </h1>
          <span className="text-sm">
            <IntegrationState enabled={config.enabled} hasKey={config.key !== null} />
          </span>
        </div>
        <p className="flex flex-wrap items-center gap-x-1.5 text-muted text-sm">
          <code className="text-xs">{integration.id}</code>
          <CopyButton value={integration.id} label="Copy id" className="-my-1" />
        </p>
      </div>
    </header>
  )
}
