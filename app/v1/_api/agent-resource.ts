import { z } from '@hono/zod-openapi'
import { type Call, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { epochMs, epochMsOrNull } from '@/app/v1/_api/wire-schema'
import {
  AGENT_ROLES,
  type AgentSummary,
  type Deployment,
  type Maker,
  PARAMETER_TYPES,
  type Revision,
  type RevisionSummary,
} from '@/lib/agents/model'
import { notFound } from '@/lib/errors'

/** How agents, revisions and deployments look outside. */

export const AGENT_COLLECTION = `${TENANT_PREFIX}/agents`
export const AGENT_ITEM = `${AGENT_COLLECTION}/{agent}`

/** Who made it; a token leads on to its owner by `tokenFamilyId`. */
export const makerFields = {
  createdBy: z.string().openapi({ description: 'Id of the person or service account.' }),
  createdByType: z.enum(['USER', 'SERVICE_ACCOUNT']),
  actor: z.string().openapi({ description: 'Their name then, and the token that they used.' }),
  tokenId: z
    .uuid()
    .nullable()
    .openapi({ description: 'The secret that carried the call; null for a signed-in person.' }),
  tokenFamilyId: z
    .uuid()
    .nullable()
    .openapi({ description: 'The logical token; rotation keeps it.' }),
  tokenName: z.string().nullable(),
}

export function makerToWire<Kind extends string>({
  kind,
  id,
  label,
  token,
}: Omit<Maker, 'kind'> & { kind: Kind }) {
  return {
    createdBy: id,
    createdByType: (kind === 'PERSON' ? 'USER' : kind) as 'USER' | Exclude<Kind, 'PERSON'>,
    actor: token ? `${label} via ${token.name}` : label,
    tokenId: token?.id ?? null,
    tokenFamilyId: token?.familyId ?? null,
    tokenName: token?.name ?? null,
  }
}

export const agentSchema = z
  .strictObject({
    id: z.string().openapi({ description: 'Never changes; usage and budgets use it too.' }),
    uid: z.uuid(),
    displayName: z.string(),
    description: z.string(),
    isPublic: z.boolean(),
    publicUrl: z.string().nullable().openapi({ description: 'Of the page that anybody may read.' }),
    deployedRevision: z.int().nullable(),
    latestRevision: z.int().min(0).openapi({ description: '0 while there is none.' }),
    deployedAt: epochMsOrNull,
    archivedAt: epochMsOrNull,
    createdAt: epochMs,
    modifiedAt: epochMs,
    ...makerFields,
  })
  .openapi('Agent')

export function agentToWire(agent: AgentSummary, { ctx, publicUrl }: Call) {
  return {
    id: agent.id,
    uid: agent.uid,
    displayName: agent.displayName,
    description: agent.description,
    isPublic: agent.isPublic,
    publicUrl: agent.isPublic ? `${publicUrl}/${ctx.organization.slug}/agents/${agent.id}` : null,
    deployedRevision: agent.deployedRevision,
    latestRevision: agent.latestRevision,
    deployedAt: agent.lastDeployment?.at ?? null,
    archivedAt: agent.archivedAt,
    createdAt: agent.createdAt,
    modifiedAt: agent.modifiedAt,
    ...makerToWire(agent.createdBy),
  }
}

const revisionFields = {
  agentId: z.string(),
  revision: z.int(),
  comment: z.string(),
  provider: z.string(),
  model: z.string(),
  deployed: z.boolean(),
  createdAt: epochMs,
  ...makerFields,
}

export const revisionSummarySchema = z.strictObject(revisionFields).openapi('AgentRevisionSummary')

export const revisionSchema = z
  .strictObject({
    ...revisionFields,
    instructions: z.string(),
    parameters: z.array(
      z.strictObject({
        name: z.string(),
        type: z.enum(PARAMETER_TYPES),
        required: z.boolean(),
        description: z.string(),
      }),
    ),
    temperature: z.number().nullable(),
    maxOutputTokens: z.int().nullable(),
  })
  .openapi('AgentRevision')

export function revisionSummaryToWire(agentId: string, revision: RevisionSummary) {
  const { number, comment, provider, model, deployed, createdAt, createdBy } = revision
  return {
    agentId,
    revision: number,
    comment,
    provider,
    model,
    deployed,
    createdAt,
    ...makerToWire(createdBy),
  }
}

export function revisionToWire(agentId: string, revision: Revision) {
  const { instructions, parameters, temperature, maxOutputTokens } = revision.definition
  return {
    ...revisionSummaryToWire(agentId, revision),
    instructions,
    parameters,
    temperature,
    maxOutputTokens,
  }
}

export const historySchema = z
  .strictObject({
    agentId: z.string(),
    agentRevision: z.int(),
    comment: z.string(),
    createdAt: epochMs,
    ...makerFields,
  })
  .openapi('AgentHistoryEntry')

export function historyToWire(agentId: string, revision: RevisionSummary) {
  const { number: agentRevision, comment, createdAt, createdBy } = revision
  return { agentId, agentRevision, comment, createdAt, ...makerToWire(createdBy) }
}

export const deploymentSchema = z
  .strictObject({
    id: z.uuid(),
    tenantId: z.uuid(),
    agentId: z.string(),
    previousRevision: z.int().nullable(),
    targetRevision: z.int(),
    status: z
      .literal('SUCCESS')
      .openapi({ description: 'A deployment takes effect as a whole, or is refused.' }),
    createdAt: epochMs,
    ...makerFields,
  })
  .openapi('AgentDeployment')

export function deploymentToWire(tenantId: string, agentId: string, deployment: Deployment) {
  const { id, previousRevision, targetRevision, createdAt, createdBy } = deployment
  return {
    id,
    tenantId,
    agentId,
    previousRevision,
    targetRevision,
    status: 'SUCCESS' as const,
    createdAt,
    ...makerToWire(createdBy),
  }
}

export const wireAgentRole = z.enum(AGENT_ROLES)

/** @throws DomainError not-found for what can be no revision */
export function revisionOf(call: Call): number {
  const text = call.text('revision')
  if (!/^[1-9]\d{0,8}$/.test(text)) throw notFound()
  return Number(text)
}
