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

export interface Collaborator {
  userId: string
  displayName: string
  email: string
  avatarId: string | null
  role: AgentRole
  createdAt: number
  modifiedAt: number
}

/** What the page of a public agent shows, and nothing else of its organization. */
export interface PublicAgent {
  organization: { slug: string; name: string; website: string | null; logoId: string | null }
  agent: { id: string; displayName: string; description: string }
}
