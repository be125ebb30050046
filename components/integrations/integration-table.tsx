import { Plug } from 'lucide-react'
import type { ReactNode } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { IntegrationSummary } from '@/lib/integrations/model'
import { TOOL_FACTS } from '@/lib/integrations/tools'
import { IntegrationState } from './integration-state'

export type IntegrationTableProps = {
  tenant: string
  now: number
  integrations: readonly IntegrationSummary[]
  /** The way to make the first. */
  create: ReactNode
}

/** Every integration of the organization, by name. */
export function IntegrationTable({ tenant, now, integrations, create }: IntegrationTableProps) {
  if (integrations.length === 0) {
    return (
      <EmptyState
        icon={<Plug />}
        title="Create your first integration"
        description="An integration offers tools of this organization, such as running an agent, to assistants and editors that speak MCP. You choose the tools; each integration has a key of its own."
        actions={create}
      />
    )
  }
  return (
    <Table label="Integrations">
      <THead className="max-sm:sr-only">
        <tr>
          <Th>Name</Th>
          <Th>Tools</Th>
          <Th className="w-40">MCP server</Th>
          <Th className="w-32">Last used</Th>
        </tr>
      </THead>
      <TBody>
        {integrations.map((integration) => (
          <Tr
            key={integration.uid}
            interactive
            className="max-sm:flex max-sm:flex-col max-sm:py-2.5"
          >
            <Td className={`${stacked} max-w-72`}>
              <span className="flex min-w-0 flex-col sm:py-2">
                <RowLink
                  href={`/${tenant}/settings/integrations/${integration.id}`}
                  prefetch={false}
                  className="truncate"
                >
                  {integration.displayName}
                </RowLink>
                <code className="truncate text-faint text-xs">{integration.id}</code>
              </span>
            </Td>
            <Td className={`${stacked} text-muted`}>
              {integration.tools.map((tool) => TOOL_FACTS[tool].title).join(', ') || '–'}
            </Td>
            <Td className={stacked}>
              <IntegrationState enabled={integration.mcpEnabled} hasKey={integration.hasKey} />
            </Td>
            <Td className="text-muted max-sm:hidden">
              {integration.lastUsedAt === null ? (
                'Never'
              ) : (
                <RelativeTime at={integration.lastUsedAt} now={now} />
              )}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  )
}

const stacked = 'max-sm:h-auto max-sm:py-0.5 max-sm:pl-4'
