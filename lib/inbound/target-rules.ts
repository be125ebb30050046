import type { Context } from '@/lib/context'
import { invalid } from '@/lib/errors'
import type { AgentTarget, TargetKind, WebhookTarget } from '@/lib/inbound/model'
import type { TargetInput } from '@/lib/inbound/schema'
import { requireTargetUrl } from '@/lib/inbound/target-url'

/** Where an endpoint may lead. Agents lie above this feature: theirs is a port. */
export interface TargetRules {
  /** Of the operator, reached although they are private or in the clear. */
  allowedOrigins: readonly string[]
  /**
   * Whether the caller may run the agent, and so may have others run it.
   * @throws DomainError forbidden | invalid at /targetAgentId
   */
  requireAgent(ctx: Context, agentId: string): Promise<AgentTarget>
}

const FIELDS = { HTTP: 'targetUrl', AGENT: 'targetAgentId' } as const
const MISSING = {
  HTTP: 'Enter the URL that deliveries are forwarded to.',
  AGENT: 'Choose an agent.',
} as const

/**
 * The target that the input names, or undefined where it names none. The kind goes without saying where the URL or the
 * agent is there.
 * @throws DomainError forbidden | invalid at /targetUrl or /targetAgentId
 */
export async function targetOf(
  ctx: Context,
  rules: TargetRules,
  { targetKind, targetUrl, targetAgentId }: TargetInput,
): Promise<WebhookTarget | undefined> {
  if (targetKind == null && targetUrl == null && targetAgentId == null) return undefined
  const kind: TargetKind = targetKind ?? (targetUrl == null ? 'AGENT' : 'HTTP')
  const other = kind === 'HTTP' ? 'AGENT' : 'HTTP'
  const given = { HTTP: targetUrl, AGENT: targetAgentId }
  if (given[other] != null) {
    const detail = 'An endpoint has one target: a URL or an agent.'
    throw invalid([{ pointer: `/${FIELDS[other]}`, detail }])
  }
  const place = given[kind]
  if (place == null) throw missingTarget(kind)
  return kind === 'HTTP'
    ? { kind, url: requireTargetUrl(place, rules.allowedOrigins) }
    : rules.requireAgent(ctx, place)
}

export function missingTarget(kind: TargetKind) {
  return invalid([{ pointer: `/${FIELDS[kind]}`, detail: MISSING[kind] }])
}

/** What the audit log and the wire say of a target. */
export function targetFacts(
  target: WebhookTarget,
): { targetUrl: string } | { targetAgentId: string } {
  return target.kind === 'HTTP' ? { targetUrl: target.url } : { targetAgentId: target.agentId }
}
