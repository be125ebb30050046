import { z } from '@hono/zod-openapi'
import {
  AGENT_ITEM,
  deploymentSchema,
  deploymentToWire,
  historySchema,
  historyToWire,
  revisionOf,
  revisionSchema,
  revisionSummarySchema,
  revisionSummaryToWire,
  revisionToWire,
} from '@/app/v1/_api/agent-resource'
import { operation } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { pageRequest } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { pageOf } from '@/app/v1/_api/wire-schema'
import { deployRevision, listDeployments } from '@/lib/agents/deployments'
import { createRevision, getRevision, listRevisions } from '@/lib/agents/revisions'
import { createRevisionSchema, deployRevisionSchema } from '@/lib/agents/schema'

const TAG = 'Agent revisions'
/** The longest instructions in any script, with everything else. */
const DEFINITION_MAX_BYTES = 256 * 1024
const COLLECTION = `${AGENT_ITEM}/revisions`
const ITEM = `${COLLECTION}/{revision}`

export const AGENT_REVISION_OPERATIONS = [
  operation({
    id: 'listAgentRevisions',
    tag: TAG,
    method: 'get',
    path: COLLECTION,
    summary: 'List revisions',
    description: 'Newest first, without what is in them.',
    scope: 'revisions:read',
    query: PAGING_PARAMETERS,
    success: {
      status: 200,
      description: 'One page of revisions.',
      schema: pageOf(revisionSummarySchema, 'AgentRevisionPage'),
    },
    run: async (call) => {
      const agent = call.text('agent')
      const page = await listRevisions(call.ctx, { agent, ...pageRequest(call.query) })
      return json({ ...page, items: page.items.map((one) => revisionSummaryToWire(agent, one)) })
    },
  }),
  operation({
    id: 'createAgentRevision',
    tag: TAG,
    method: 'post',
    path: COLLECTION,
    summary: 'Add a revision',
    description: 'Under the next number. It runs nowhere until it is deployed, and never changes.',
    scope: 'revisions:write',
    readScope: 'revisions:read',
    conflicts: true,
    body: { schema: createRevisionSchema, required: true, maxBytes: DEFINITION_MAX_BYTES },
    success: { status: 201, description: 'The revision.', schema: revisionSchema },
    run: async (call) => {
      const agent = call.text('agent')
      const revision = await createRevision(call.ctx, { agent, ...call.body })
      return json(revisionToWire(agent, revision), 201, {
        Location: `${call.path}/${revision.number}`,
      })
    },
  }),
  operation({
    id: 'listAgentDeployments',
    tag: TAG,
    method: 'get',
    path: `${COLLECTION}/deploys`,
    summary: 'List deployments',
    description:
      'Newest first, with who deployed and by which token. Where there are more, the Link header names the next page.',
    scope: 'revisions:read',
    query: PAGING_PARAMETERS,
    success: { status: 200, description: 'Deployments.', schema: z.array(deploymentSchema) },
    run: async (call) => {
      const agent = call.text('agent')
      const request = pageRequest(call.query)
      const page = await listDeployments(call.ctx, { agent, ...request })
      const next = new URLSearchParams({
        ...(request.pageSize !== undefined && { pageSize: String(request.pageSize) }),
        pageToken: page.nextPageToken,
      })
      return json(
        page.items.map((one) => deploymentToWire(call.ctx.organization.id, agent, one)),
        200,
        page.nextPageToken ? { Link: `<${call.path}?${next}>; rel="next"` } : undefined,
      )
    },
  }),
  operation({
    id: 'getAgentRevision',
    tag: TAG,
    method: 'get',
    path: ITEM,
    summary: 'Get one revision',
    scope: 'revisions:read',
    success: { status: 200, description: 'The revision.', schema: revisionSchema },
    run: async (call) => {
      const agent = call.text('agent')
      const revision = await getRevision(call.ctx, { agent, revision: revisionOf(call) })
      return json(revisionToWire(agent, revision))
    },
  }),
  operation({
    id: 'deployAgentRevision',
    tag: TAG,
    method: 'post',
    path: `${ITEM}:deploy`,
    summary: 'Deploy a revision',
    description:
      'An older one is a roll-back. With previousRevision it is deployed only over that one. Of several at once one wins, the others are a 409.',
    scope: 'revisions:deploy',
    readScope: 'revisions:read',
    conflicts: true,
    body: { schema: deployRevisionSchema, required: false },
    success: { status: 200, description: 'The deployment.', schema: deploymentSchema },
    run: async (call) => {
      const agent = call.text('agent')
      const wish = { agent, revision: revisionOf(call), ...call.body }
      return json(
        deploymentToWire(call.ctx.organization.id, agent, await deployRevision(call.ctx, wish)),
      )
    },
  }),
  operation({
    id: 'listAgentHistory',
    tag: TAG,
    method: 'get',
    path: `${AGENT_ITEM}/history`,
    summary: 'List what was changed',
    description: 'Every revision with its comment, newest first.',
    scope: 'revisions:read',
    query: PAGING_PARAMETERS,
    success: {
      status: 200,
      description: 'One page of the history.',
      schema: pageOf(historySchema, 'AgentHistoryPage'),
    },
    run: async (call) => {
      const agent = call.text('agent')
      const page = await listRevisions(call.ctx, { agent, ...pageRequest(call.query) })
      return json({ ...page, items: page.items.map((one) => historyToWire(agent, one)) })
    },
  }),
]
