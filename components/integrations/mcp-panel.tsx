'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { McpPublication, OfferedAgent } from '@/lib/integrations/model'
import type { CallsOfDay } from '@/lib/integrations/queries'
import { AgentsCard } from './agents-card'
import { ConnectCard } from './connect-card'
import { KeyCard } from './key-card'
import { McpKeySheet } from './mcp-key-sheet'
import { ServerCard } from './server-card'
import { ToolsCard } from './tools-card'

export type McpPanelProps = {
  tenant: string
  now: number
  publication: McpPublication
  /** Where clients call; the sandbox has `:test` at its end. */
  urls: { call: string; test: string }
  /** The last days, oldest first. */
  calls: readonly CallsOfDay[]
  /** What could be offered. */
  agents: readonly Pick<OfferedAgent, 'id' | 'displayName' | 'runs'>[]
}

/** How the integration is published. A fresh key is in this component alone, and gone with its sheet. */
export function McpPanel({ tenant, now, publication, urls, calls, agents }: McpPanelProps) {
  const router = useRouter()
  const [apiKey, setApiKey] = useState<string | null>(null)
  const { integration, config } = publication
  function changed(made: McpPublication) {
    if (made.apiKey === null) router.refresh()
    else setApiKey(made.apiKey)
  }
  return (
    <>
      <ServerCard tenant={tenant} publication={publication} onChanged={changed} />
      {config.key || config.enabled ? (
        <KeyCard
          tenant={tenant}
          now={now}
          publication={publication}
          calls={calls}
          onRotated={changed}
        />
      ) : null}
      <ConnectCard integration={integration} urls={urls} />
      <ToolsCard tenant={tenant} integration={integration} config={config} />
      <AgentsCard
        tenant={tenant}
        integration={integration}
        agents={agents}
        offered={config.exposedTools.includes('run_agent')}
      />
      {apiKey === null ? null : (
        <McpKeySheet
          apiKey={apiKey}
          integration={integration}
          url={urls.call}
          onClose={() => {
            setApiKey(null)
            router.refresh()
          }}
        />
      )}
    </>
  )
}
