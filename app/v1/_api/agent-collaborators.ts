import { z } from '@hono/zod-openapi'
import { AGENT_ITEM, wireAgentRole } from '@/app/v1/_api/agent-resource'
import { operation } from '@/app/v1/_api/operation'
import { empty, json } from '@/app/v1/_api/reply'
import { epochMs } from '@/app/v1/_api/wire-schema'
import { listCollaborators, putCollaborator, removeCollaborator } from '@/lib/agents/collaborators'
import type { Collaborator } from '@/lib/agents/model'
import { putCollaboratorSchema } from '@/lib/agents/schema'
import { namePartsOf } from '@/lib/profile/model'

const TAG = 'Agent collaborators'
const COLLECTION = `${AGENT_ITEM}/collaborators`

const collaboratorSchema = z
  .strictObject({
    agentId: z.string(),
    userId: z.uuid(),
    role: wireAgentRole,
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    status: z.literal('ACTIVE'),
    createdAt: epochMs,
    modifiedAt: epochMs,
  })
  .openapi('AgentCollaborator')

function toWire(agentId: string, collaborator: Collaborator) {
  const { userId, role, email, displayName, createdAt, modifiedAt } = collaborator
  return {
    agentId,
    userId,
    role,
    email,
    ...namePartsOf(displayName),
    status: 'ACTIVE',
    createdAt,
    modifiedAt,
  }
}

export const AGENT_COLLABORATOR_OPERATIONS = [
  operation({
    id: 'listAgentCollaborators',
    tag: TAG,
    method: 'get',
    path: COLLECTION,
    summary: 'List collaborators',
    description: 'By name. Admins of the organization may do everything and are not listed.',
    scope: 'agents:read',
    success: { status: 200, description: 'Everybody.', schema: z.array(collaboratorSchema) },
    run: async (call) => {
      const agent = call.text('agent')
      const everybody = await listCollaborators(call.ctx, { agent })
      return json(everybody.map((one) => toWire(agent, one)))
    },
  }),
  operation({
    id: 'putAgentCollaborator',
    tag: TAG,
    method: 'put',
    path: COLLECTION,
    summary: 'Give a member a role on the agent',
    description:
      'Or another one. Needs an admin of the agent; a token gives no role that is worth more than its own scopes. The only admin stays one.',
    scope: 'agents:write',
    readScope: 'agents:read',
    conflicts: true,
    body: { schema: putCollaboratorSchema, required: true },
    success: { status: 200, description: 'The collaborator now.', schema: collaboratorSchema },
    run: async (call) => {
      const agent = call.text('agent')
      return json(toWire(agent, await putCollaborator(call.ctx, { agent, ...call.body })))
    },
  }),
  operation({
    id: 'removeAgentCollaborator',
    tag: TAG,
    method: 'delete',
    path: `${COLLECTION}/{user}`,
    summary: 'Take a member’s role on the agent',
    description: 'Also where there is none. Needs an admin of the agent; the only admin stays one.',
    scope: 'agents:write',
    readScope: 'agents:read',
    conflicts: true,
    success: { status: 204, description: 'They have none now.' },
    run: async (call) => {
      await removeCollaborator(call.ctx, { agent: call.text('agent'), userId: call.id('user') })
      return empty()
    },
  }),
]
