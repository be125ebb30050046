import { z } from '@hono/zod-openapi'
import { AGENT_ITEM, wireAgentRole } from '@/app/v1/_api/agent-resource'
import { operation } from '@/app/v1/_api/operation'
import { empty, json } from '@/app/v1/_api/reply'
import { epochMs, epochMsOrNull } from '@/app/v1/_api/wire-schema'
import {
  approveAccessRequest,
  listAccessRequests,
  rejectAccessRequest,
  requestAccess,
} from '@/lib/agents/access-requests'
import { ALL_ALERTS } from '@/lib/agents/collaborator-rows'
import { listCollaborators, putCollaborator, removeCollaborator } from '@/lib/agents/collaborators'
import type { AccessRequest, Collaborator } from '@/lib/agents/model'
import { putCollaboratorSchema, requestAccessSchema } from '@/lib/agents/schema'
import { namePartsOf } from '@/lib/profile/model'

const TAG = 'Agent collaborators'
const COLLECTION = `${AGENT_ITEM}/collaborators`
const noFieldsSchema = z.strictObject({})

const collaboratorSchema = z
  .strictObject({
    agentId: z.string(),
    userId: z.uuid(),
    role: wireAgentRole.openapi({ description: 'Of a pending one: what they ask for.' }),
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    status: z
      .enum(['ACTIVE', 'PENDING'])
      .openapi({ description: 'PENDING: they ask for the role, and have not got it.' }),
    alertPreferences: z
      .strictObject({
        errorAlerts: z.boolean(),
        accessRequestAlerts: z.boolean(),
        budgetAlerts: z.boolean(),
      })
      .openapi({
        description:
          'Which events of the agent they are told of; by which way, their own preferences say.',
      }),
    message: z
      .string()
      .nullable()
      .openapi({ description: 'What they wrote with a request; null without one.' }),
    expiresAt: epochMsOrNull.openapi({ description: 'When a pending request is forgotten.' }),
    createdAt: epochMs,
    modifiedAt: epochMs,
  })
  .openapi('AgentCollaborator')

const acceptedSchema = z
  .strictObject({ status: z.literal('PENDING') })
  .openapi('AgentAccessRequested')

function toWire(agentId: string, collaborator: Collaborator) {
  const { userId, role, email, displayName, alertPreferences, createdAt, modifiedAt } = collaborator
  return {
    agentId,
    userId,
    role,
    email,
    ...namePartsOf(displayName),
    status: 'ACTIVE' as const,
    alertPreferences,
    message: null,
    expiresAt: null,
    createdAt,
    modifiedAt,
  }
}

function requestToWire(agentId: string, request: AccessRequest) {
  const { message, expiresAt } = request
  return {
    ...toWire(agentId, { ...request, alertPreferences: ALL_ALERTS }),
    status: 'PENDING' as const,
    message: message === '' ? null : message,
    expiresAt,
  }
}

export const AGENT_COLLABORATOR_OPERATIONS = [
  operation({
    id: 'listAgentCollaborators',
    tag: TAG,
    method: 'get',
    path: COLLECTION,
    summary: 'List collaborators',
    description:
      'By name. Admins of the organization may do everything and are not listed. For admins of the agent, those who ask for a role follow with the status PENDING, the longest first: whoever asks for more is there twice.',
    scope: 'agents:read',
    success: { status: 200, description: 'Everybody.', schema: z.array(collaboratorSchema) },
    run: async (call) => {
      const agent = call.text('agent')
      const [everybody, waiting] = await Promise.all([
        listCollaborators(call.ctx, { agent }),
        listAccessRequests(call.ctx, { agent }),
      ])
      return json([
        ...everybody.map((one) => toWire(agent, one)),
        ...waiting.map((one) => requestToWire(agent, one)),
      ])
    },
  }),
  operation({
    id: 'putAgentCollaborator',
    tag: TAG,
    method: 'put',
    path: COLLECTION,
    summary: 'Give a member a role on the agent, and say what they are told of',
    description:
      'What is left out stays as it is; a new collaborator needs a role, and begins with every alert. Needs an admin of the agent, but everybody may change their own alerts; a token gives no role that is worth more than its own scopes. The only admin stays one. A role that is as much as the member asks for answers the request.',
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
    summary: 'Take a member’s role on the agent, or take back a request',
    description:
      'Also where there is none. Needs an admin of the agent; the only admin stays one. What the member asks for is declined with it. For oneself without that role it takes back what one has asked for, and nothing else: of an agent that one does not see the answer is always 204.',
    scope: 'agents:write',
    readScope: 'agents:read',
    conflicts: true,
    success: { status: 204, description: 'They have, or ask for, none now.' },
    run: async (call) => {
      await removeCollaborator(call.ctx, { agent: call.text('agent'), userId: call.id('user') })
      return empty()
    },
  }),
  operation({
    id: 'requestAgentAccess',
    tag: TAG,
    method: 'post',
    path: `${COLLECTION}:requestAccess`,
    summary: 'Ask for a role on the agent',
    description:
      'For the owner of a personal token: Viewer unless said otherwise. Its admins are told, and who asks again asks otherwise. The answer is the same for an agent that the caller does not see and for one that is not there, and where the caller has the role already; who sees every agent gets a 404 for one that is not there. Twenty an hour for each person. An unanswered request is forgotten after 30 days.',
    scope: 'agents:write',
    readScope: 'agents:read',
    conflicts: true,
    body: { schema: requestAccessSchema, required: false },
    success: {
      status: 202,
      description: 'If there is such an agent, its admins are asked.',
      schema: acceptedSchema,
    },
    run: async (call) => {
      await requestAccess(call.ctx, { agent: call.text('agent'), ...call.body })
      return json({ status: 'PENDING' }, 202)
    },
  }),
  operation({
    id: 'approveAgentAccess',
    tag: TAG,
    method: 'post',
    path: `${COLLECTION}/{user}:approve`,
    summary: 'Give a member the role that they ask for',
    description:
      'Needs an admin of the agent; a token gives no role that is worth more than its own scopes. Approving again changes nothing. 404 where the member asks for nothing.',
    scope: 'agents:write',
    readScope: 'agents:read',
    conflicts: true,
    body: { schema: noFieldsSchema, required: false },
    success: { status: 200, description: 'The collaborator now.', schema: collaboratorSchema },
    run: async (call) => {
      const agent = call.text('agent')
      const userId = call.id('user')
      return json(toWire(agent, await approveAccessRequest(call.ctx, { agent, userId })))
    },
  }),
  operation({
    id: 'rejectAgentAccess',
    tag: TAG,
    method: 'post',
    path: `${COLLECTION}/{user}:reject`,
    summary: 'Decline what a member asks for',
    description: 'Needs an admin of the agent. 404 where the member asks for nothing.',
    scope: 'agents:write',
    readScope: 'agents:read',
    conflicts: true,
    body: { schema: noFieldsSchema, required: false },
    success: { status: 204, description: 'Declined, and the member is told.' },
    run: async (call) => {
      await rejectAccessRequest(call.ctx, { agent: call.text('agent'), userId: call.id('user') })
      return empty()
    },
  }),
]
