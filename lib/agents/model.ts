/** What an agent is, and who may do what with one. */

/** From the least power to the most. */
export const AGENT_ROLES = ['VIEWER', 'EDITOR', 'ADMIN'] as const
export type AgentRole = (typeof AGENT_ROLES)[number]

export const AGENT_ROLE_FACTS: Record<AgentRole, { label: string; description: string }> = {
  VIEWER: { label: 'Viewer', description: 'Reads the agent and its revisions.' },
  EDITOR: { label: 'Editor', description: 'Also edits it, adds revisions and deploys them.' },
  ADMIN: {
    label: 'Admin',
    description: 'Also looks after collaborators, makes it public and archives it.',
  },
}

/** True where `role` is `needed` or more. */
export function reaches(role: AgentRole, needed: AgentRole): boolean {
  return AGENT_ROLES.indexOf(role) >= AGENT_ROLES.indexOf(needed)
}

/** Who made something: a person or a service account, and the token that carried the call, if one did. */
export interface Maker {
  kind: 'PERSON' | 'SERVICE_ACCOUNT'
  id: string
  /** The name at that moment. */
  label: string
  token: MakerToken | null
}

export interface MakerToken {
  /** The secret that carried the call; rotation replaces it. */
  id: string
  /** The logical token, whatever its secret. */
  familyId: string
  name: string
  /** The secret of the family that is newest by now, or null where the caller may not see the token. */
  currentId: string | null
}

export const PARAMETER_TYPES = ['STRING', 'NUMBER', 'BOOLEAN'] as const
export type ParameterType = (typeof PARAMETER_TYPES)[number]

/** A value that a run is given. */
export interface AgentParameter {
  name: string
  type: ParameterType
  required: boolean
  description: string
}

/** All that a revision is. Once written it never changes. */
export interface AgentDefinition {
  /** The system prompt. */
  instructions: string
  /** As usage and prices name them. */
  provider: string
  model: string
  parameters: AgentParameter[]
  /** Null: as the model has it. */
  temperature: number | null
  maxOutputTokens: number | null
}

/** Times are epoch ms. */
export interface AgentSummary {
  /** Never changes: what programs, usage and budgets call it. */
  id: string
  uid: string
  displayName: string
  description: string
  isPublic: boolean
  deployedRevision: number | null
  /** 0 while there is none. */
  latestRevision: number
  archivedAt: number | null
  createdAt: number
  modifiedAt: number
  createdBy: Maker
  lastDeployment: { at: number; by: Maker } | null
  /** What the caller's grant or role allows on it; a token's scopes may allow less. */
  yourRole: AgentRole
}

export interface RevisionSummary {
  number: number
  comment: string
  provider: string
  model: string
  createdAt: number
  createdBy: Maker
  /** True for the one that runs now. */
  deployed: boolean
}

export interface Revision extends RevisionSummary {
  definition: AgentDefinition
}

export interface Deployment {
  id: string
  /** Counts from 1 on each agent. */
  number: number
  /** Null for the first. */
  previousRevision: number | null
  targetRevision: number
  createdAt: number
  createdBy: Maker
}

/** Which events of an agent a collaborator is told of; by which way, their own preferences say. */
export interface AlertPreferences {
  errorAlerts: boolean
  accessRequestAlerts: boolean
  budgetAlerts: boolean
}
export type AgentAlert = keyof AlertPreferences

/** In the order in which people see them. `for`: the least role to which it happens at all. */
export const AGENT_ALERTS: Record<
  AgentAlert,
  { label: string; description: string; for: AgentRole }
> = {
  errorAlerts: {
    label: 'Failed runs',
    description: 'When runs in production fail, at most once an hour.',
    for: 'VIEWER',
  },
  budgetAlerts: {
    label: 'Budget',
    description: 'When a budget of this agent reaches a threshold.',
    for: 'VIEWER',
  },
  accessRequestAlerts: {
    label: 'Access requests',
    description: 'When somebody asks for access.',
    for: 'ADMIN',
  },
}

export interface Collaborator {
  userId: string
  displayName: string
  email: string
  avatarId: string | null
  role: AgentRole
  alertPreferences: AlertPreferences
  createdAt: number
  modifiedAt: number
}

/** Somebody who waits for a role. */
export interface AccessRequest {
  userId: string
  displayName: string
  email: string
  avatarId: string | null
  /** What they ask for. */
  role: AgentRole
  /** What they have now. */
  currentRole: AgentRole | null
  /** Empty where they wrote none. */
  message: string
  createdAt: number
  modifiedAt: number
  /** Then it is forgotten, unless they ask again. */
  expiresAt: number
}

/** So long a request waits for an answer. */
export const ACCESS_REQUEST_DAYS = 30

/** What the page of a public agent shows, and nothing else of its organization. */
export interface PublicAgent {
  organization: { slug: string; name: string; website: string | null; logoId: string | null }
  agent: { id: string; displayName: string; description: string }
}
