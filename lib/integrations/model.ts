import type { ToolId } from '@/lib/integrations/tools'

/** What an integration is; isomorphic. All times are epoch ms. */

/** An agent that the tool run_agent may run. */
export interface OfferedAgent {
  uid: string
  id: string
  displayName: string
  /** False while it is archived or has no deployed revision: then it is not offered. */
  runs: boolean
}

/** The secret by which clients call: never itself, only what may be told of it. */
export interface McpKey {
  id: string
  prefix: string
  last4: string
  createdAt: number
  createdByLabel: string
  lastUsedAt: number | null
  lastUsedIp: string | null
}

export interface Integration {
  /** What links and audit events call it. */
  uid: string
  /** What programs and addresses call it; never changes. */
  id: string
  displayName: string
  description: string
  agents: OfferedAgent[]
  createdByLabel: string
  createdAt: number
  modifiedAt: number
}

/** As the list shows it. */
export interface IntegrationSummary extends Integration {
  mcpEnabled: boolean
  /** Whether there is a live key. */
  hasKey: boolean
  tools: ToolId[]
  lastUsedAt: number | null
}

/** How an integration is published. There is one an integration. */
export interface McpConfig {
  configId: string
  enabled: boolean
  exposedTools: ToolId[]
  /** What clients are told the server is for. */
  description: string
  createdAt: number
  modifiedAt: number
  /** Null before it was enabled for the first time, and after a revocation. */
  key: McpKey | null
}

export interface McpPublication {
  integration: Integration
  config: McpConfig
  /** The raw secret, in the answer that made it and nowhere else. */
  apiKey: string | null
}
