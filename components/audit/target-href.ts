import type { AuditTarget } from '@/lib/audit/events'

/** The page of what an event was about. */
export function targetHref(tenant: string, target: Pick<AuditTarget, 'type' | 'id'>): string {
  const apiAccess = `/${tenant}/settings/api-access`
  switch (target.type) {
    case 'token':
      return `${apiAccess}/tokens/${target.id}`
    case 'service-account':
      return `${apiAccess}/service-accounts/${target.id}`
    case 'organization':
      return `/${tenant}/settings/general`
    case 'agent':
      return `/${tenant}/settings/agents/${target.id}`
    case 'agent-budget':
      return `/${tenant}/settings/usage?tab=budgets`
    case 'user':
    case 'invitation':
      return `/${tenant}/settings/team`
    case 'model-price':
    case 'usage':
      return `/${tenant}/settings/model-pricing?tab=corrections`
    case 'evaluation-metric':
      return `/${tenant}/settings/evaluation-metrics/${target.id}`
    case 'agent-metrics':
      return `/${tenant}/settings/evaluation-metrics?tab=agents`
    case 'dataset':
      return `/${tenant}/settings/evaluation-metrics/datasets/${target.id}`
    case 'webhook':
      return `/${tenant}/settings/inbound/${target.id}`
    case 'llm-config':
      return `/${tenant}/settings/llm-providers`
    case 'integration':
      return `/${tenant}/settings/integrations/${target.id}`
    case 'invoice':
      return `/${tenant}/settings/billing`
  }
}
