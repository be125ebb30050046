import { z } from '@hono/zod-openapi'
import {
  AGENT_COLLECTION,
  AGENT_ITEM,
  agentSchema,
  agentToWire,
} from '@/app/v1/_api/agent-resource'
import { operation } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { choice, freeText, pageRequest } from '@/app/v1/_api/query'
import { empty, json } from '@/app/v1/_api/reply'
import { pageOf } from '@/app/v1/_api/wire-schema'
import { archiveAgent, createAgent, patchAgent, restoreAgent } from '@/lib/agents/commands'
import { getAgent, listAgents } from '@/lib/agents/queries'
import { createAgentSchema, patchAgentSchema } from '@/lib/agents/schema'

const TAG = 'Agents'
const noFieldsSchema = z.strictObject({})

export const AGENT_OPERATIONS = [
  operation({
    id: 'listAgents',
    tag: TAG,
    method: 'get',
    path: AGENT_COLLECTION,
    summary: 'List agents',
    description:
      'Oldest first. A token of an admin or a service account sees every agent, others those that their owner was given something on.',
    scope: 'agents:read',
    query: [
      {
        name: 'search',
        description: 'Part of the id, name or description, in any case.',
        schema: z.string().max(200),
      },
      {
        name: 'includeArchived',
        description: 'Archived ones as well: true or false.',
        schema: z.boolean(),
      },
      ...PAGING_PARAMETERS,
    ],
    success: {
      status: 200,
      description: 'One page of agents.',
      schema: pageOf(agentSchema, 'AgentPage'),
    },
    run: async (call) => {
      const page = await listAgents(call.ctx, {
        search: freeText(call.query, 'search'),
        includeArchived: choice(call.query, 'includeArchived', ['true', 'false']) === 'true',
        ...pageRequest(call.query),
      })
      return json({ ...page, items: page.items.map((agent) => agentToWire(agent, call)) })
    },
  }),
  operation({
    id: 'createAgent',
    tag: TAG,
    method: 'post',
    path: AGENT_COLLECTION,
    summary: 'Create an agent',
    description:
      'Without a revision. The owner of a personal token becomes its admin. An id that was ever used is refused.',
    scope: 'agents:write',
    conflicts: true,
    body: { schema: createAgentSchema, required: true },
    success: { status: 201, description: 'The agent.', schema: agentSchema },
    run: async (call) => {
      const agent = await createAgent(call.ctx, call.body)
      return json(agentToWire(agent, call), 201, { Location: `${call.path}/${agent.id}` })
    },
  }),
  operation({
    id: 'getAgent',
    tag: TAG,
    method: 'get',
    path: AGENT_ITEM,
    summary: 'Get one agent',
    description: 'By its id or its uid.',
    scope: 'agents:read',
    success: { status: 200, description: 'The agent.', schema: agentSchema },
    run: async (call) =>
      json(agentToWire(await getAgent(call.ctx, { agent: call.text('agent') }), call)),
  }),
  operation({
    id: 'patchAgent',
    tag: TAG,
    method: 'patch',
    path: AGENT_ITEM,
    summary: 'Rename, describe, or make public',
    description:
      'Who owns the token must be an editor of the agent; to change who sees it, an admin of it.',
    scope: 'agents:write',
    readScope: 'agents:read',
    conflicts: true,
    body: { schema: patchAgentSchema, required: true },
    success: { status: 200, description: 'The agent now.', schema: agentSchema },
    run: async (call) => {
      const agent = await patchAgent(call.ctx, { agent: call.text('agent'), ...call.body })
      return json(agentToWire(agent, call))
    },
  }),
  operation({
    id: 'archiveAgent',
    tag: TAG,
    method: 'delete',
    path: AGENT_ITEM,
    summary: 'Archive an agent',
    description: 'Nothing of it is lost; its public page ends. Needs an admin of the agent.',
    scope: 'agents:write',
    readScope: 'agents:read',
    success: { status: 204, description: 'Archived.' },
    run: async (call) => {
      await archiveAgent(call.ctx, { agent: call.text('agent') })
      return empty()
    },
  }),
  operation({
    id: 'restoreAgent',
    tag: TAG,
    method: 'post',
    path: `${AGENT_ITEM}:restore`,
    summary: 'Restore an archived agent',
    description: 'It comes back private. Needs an admin of the agent.',
    scope: 'agents:write',
    readScope: 'agents:read',
    body: { schema: noFieldsSchema, required: false },
    success: { status: 200, description: 'The agent now.', schema: agentSchema },
    run: async (call) =>
      json(agentToWire(await restoreAgent(call.ctx, { agent: call.text('agent') }), call)),
  }),
]
