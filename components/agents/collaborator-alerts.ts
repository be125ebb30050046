import { AGENT_ALERTS, type AgentAlert, type Collaborator, reaches } from '@/lib/agents/model'

/** Whose alerts, and on which agent. */
export interface AlertsOf {
  tenant: string
  agent: string
  collaborator: Collaborator
  isYou: boolean
}

/** Those that can happen to somebody of this role. */
export function alertsFor({ role }: Pick<Collaborator, 'role'>): AgentAlert[] {
  const alerts = Object.keys(AGENT_ALERTS) as AgentAlert[]
  return alerts.filter((alert) => reaches(role, AGENT_ALERTS[alert].for))
}
