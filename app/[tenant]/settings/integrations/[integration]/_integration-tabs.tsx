import type { DashboardContext } from '@/app/_session/dashboard-context'
import { IdentityCard } from '@/components/integrations/identity-card'
import { McpPanel } from '@/components/integrations/mcp-panel'
import { RemoveCard } from '@/components/integrations/remove-card'
import { SectionCard } from '@/components/settings/section-card'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { listAgents } from '@/lib/agents/queries'
import type { McpPublication, OfferedAgent } from '@/lib/integrations/model'
import { countMcpCalls } from '@/lib/integrations/queries'
import { TOOL_FACTS } from '@/lib/integrations/tools'
import { PAGE_SIZE_MAX } from '@/lib/paging'
import { runtime } from '@/lib/runtime'

type TabProps = { ctx: DashboardContext; publication: McpPublication }

const DAYS_SHOWN = 7

export function OverviewTab({ ctx, publication }: TabProps) {
  const { integration, config } = publication
  const tenant = ctx.organization.slug
  const tools = config.exposedTools.map((tool) => TOOL_FACTS[tool].title).join(', ')
  return (
    <>
      <SectionCard title="At a glance">
        <DescriptionList
          layout="columns"
          items={[
            { term: 'MCP server', detail: config.enabled ? 'Enabled' : 'Disabled' },
            { term: 'Tools', detail: tools || 'None' },
            {
              term: 'Agents',
              detail: integration.agents.map((agent) => agent.displayName).join(', ') || 'None',
            },
            {
              term: 'Created',
              detail: (
                <>
                  <AbsoluteTime at={integration.createdAt} dateOnly /> by{' '}
                  {integration.createdByLabel}
                </>
              ),
            },
          ]}
        />
      </SectionCard>
      <IdentityCard tenant={tenant} integration={integration} />
      <RemoveCard tenant={tenant} integration={integration} />
    </>
  )
}

export async function McpTab({ ctx, publication }: TabProps) {
  const { integration } = publication
  const tenant = ctx.organization.slug
  const [calls, agents] = await Promise.all([
    countMcpCalls(ctx, { integration: integration.id, days: DAYS_SHOWN }),
    listAgents(ctx, { pageSize: PAGE_SIZE_MAX }),
  ])
  const base = `${new URL(runtime().environment.PUBLIC_URL).origin}/v1/tenants/${tenant}/integrations/${integration.id}/mcp`
  return (
    <McpPanel
      tenant={tenant}
      now={ctx.now}
      publication={publication}
      urls={{ call: `${base}:call`, test: `${base}:test` }}
      calls={calls}
      agents={withChosen(
        agents.items.map(({ id, displayName, deployedRevision }) => ({
          id,
          displayName,
          runs: deployedRevision !== null,
        })),
        integration.agents,
      )}
    />
  )
}

type ListedAgent = Pick<OfferedAgent, 'id' | 'displayName' | 'runs'>

/** One that was archived after it was chosen can still be taken off. */
function withChosen(listed: ListedAgent[], chosen: readonly OfferedAgent[]): ListedAgent[] {
  const known = new Set(listed.map(({ id }) => id))
  const missing = chosen.filter(({ id }) => !known.has(id))
  return [...listed, ...missing.map(({ id, displayName, runs }) => ({ id, displayName, runs }))]
}
