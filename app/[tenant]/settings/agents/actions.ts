'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { putCollaborator, removeCollaborator } from '@/lib/agents/collaborators'
import { archiveAgent, createAgent, patchAgent, restoreAgent } from '@/lib/agents/commands'
import { deployRevision, listDeployments } from '@/lib/agents/deployments'
import { createRevision, listRevisions } from '@/lib/agents/revisions'
import {
  agentIdSchema,
  createAgentSchema,
  createRevisionSchema,
  deployRevisionSchema,
  patchAgentSchema,
  putCollaboratorSchema,
  revisionNumberSchema,
} from '@/lib/agents/schema'

const onAgent = z.strictObject({ agent: agentIdSchema })
const paged = onAgent.extend({ pageToken: z.string().max(4096) })

export const makeAgent = action(createAgentSchema, (ctx, input) => createAgent(ctx, input))

export const editAgent = action(onAgent.extend(patchAgentSchema.shape), (ctx, change) =>
  patchAgent(ctx, change),
)

export const archive = action(onAgent, (ctx, agent) => archiveAgent(ctx, agent))

export const restore = action(onAgent, (ctx, agent) => restoreAgent(ctx, agent))

export const addRevision = action(onAgent.extend(createRevisionSchema.shape), (ctx, input) =>
  createRevision(ctx, input),
)

export const deploy = action(
  onAgent.extend(deployRevisionSchema.shape).extend({ revision: revisionNumberSchema }),
  (ctx, input) => deployRevision(ctx, input),
)

export const loadRevisions = action(paged, (ctx, request) => listRevisions(ctx, request))

export const loadDeployments = action(paged, (ctx, request) => listDeployments(ctx, request))

export const giveRole = action(onAgent.extend(putCollaboratorSchema.shape), (ctx, input) =>
  putCollaborator(ctx, input),
)

export const takeRole = action(onAgent.extend({ userId: z.uuid() }), (ctx, input) =>
  removeCollaborator(ctx, input),
)
