import type { Logger } from 'pino'
import type { ActivityRecorder } from '@/lib/activity/recorder'
import type { AddressThrottle, SignInThrottle, UserCodeThrottle } from '@/lib/auth/throttle'
import type { InstallationKeys } from '@/lib/context'
import type { ChangeBus } from '@/lib/db/change-bus'
import type { Database } from '@/lib/db/database'
import type { renderEmail } from '@/lib/email/render'
import type { MailTransport } from '@/lib/email/transport'
import type { Environment } from '@/lib/env'
import type { Judging } from '@/lib/evaluation-metrics/model-judge'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import type { TriggerTargets } from '@/lib/inbound/trigger-target'
import type { AgentRuns } from '@/lib/integrations/agent-runs'
import type { McpGate } from '@/lib/integrations/mcp-gate'
import type { Issuer } from '@/lib/invoices/issuer'
import type { GithubKeys } from '@/lib/leaks/github-keys'
import type { PriceBooks } from '@/lib/model-pricing/price-books'
import type { Collector } from '@/lib/payments/collector'
import type { TokenVerifier } from '@/lib/tokens/verify'
import type { UsageSignals } from '@/lib/usage/usage-signals'

export interface InstalledBilling extends Issuer {
  /** Null where payments are not collected but by invoice. */
  collector: Collector | null
}

/** Everything that must exist once in a process, whatever module graph asks. */
export interface Runtime {
  environment: Environment
  db: Database
  crypto: InstallationKeys
  authSecret: string
  verifier: TokenVerifier
  activity: ActivityRecorder
  changes: ChangeBus
  prices: PriceBooks
  meter: { prices: PriceBooks; signals: UsageSignals }
  /** Who issues invoices, and the port that subscriptions are changed with. */
  billing: InstalledBilling
  /** Who scores what people try metrics on. */
  judging: Judging
  /** What running agents needs. */
  execution: ExecutionRuntime
  /** What deliveries from outside are fired at; the agent runtime adds its own. */
  triggerTargets: TriggerTargets
  /** What MCP servers work with. */
  mcp: { gate: McpGate; runs: AgentRuns }
  signInThrottle: SignInThrottle
  /** Of codes, after a right password. */
  codeThrottle: SignInThrottle
  passkeyThrottle: AddressThrottle
  emailLinkThrottle: SignInThrottle
  /** Of devices that ask to be signed in. */
  deviceThrottle: AddressThrottle
  /** Of people who type the codes of devices. */
  userCodeThrottle: UserCodeThrottle
  /** Null where no server for e-mail is set. */
  mail: MailTransport | null
  /** By which GitHub signs the leaks that it reports. */
  githubKeys: GithubKeys
  /** Loaded at its first use. Not for pages to import: React for e-mail is another one than theirs. */
  renderEmail: typeof renderEmail
  log: Logger
}

const REGISTRY = Symbol.for('fruxon.runtime')
const registry = globalThis as { [REGISTRY]?: Runtime }

/** Called once, by the entry that opened everything (`server.ts`, scripts, tests). */
export function installRuntime(runtime: Runtime): void {
  registry[REGISTRY] = runtime
}

/**
 * The running product. Never call it at import time: `next build` imports route modules.
 * @throws Error where nothing has been started in this process
 */
export function runtime(): Runtime {
  const installed = registry[REGISTRY]
  if (!installed)
    throw new Error('The product is not started in this process: start it with server.ts.')
  return installed
}
