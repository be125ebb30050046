import { listCollaborators, putCollaborator, removeCollaborator } from '@/lib/agents/collaborators'
import { archiveAgent, createAgent, patchAgent, restoreAgent } from '@/lib/agents/commands'
import { deployRevision, listDeployments, readDeployedRevision } from '@/lib/agents/deployments'
import { getAgent, listAgents } from '@/lib/agents/queries'
import { createRevision, getRevision, listRevisions } from '@/lib/agents/revisions'
import type { Context } from '@/lib/context'
import { isDomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { DEFINITION } from '@/lib/testing/agent-fixture'
import type { Operation } from '@/lib/testing/operation'

/** Nobody of the organization: who may look after collaborators learns that, everybody else does not get so far. */
const NOBODY = newId()

async function putNobody(ctx: Context, agent: string) {
  try {
    await putCollaborator(ctx, { agent, userId: NOBODY, role: 'VIEWER' })
  } catch (error) {
    if (isDomainError(error) && error.kind === 'invalid') return 'allowed'
    throw error
  }
  throw new Error('Nobody became a collaborator.')
}

/** Agents, their revisions, and who may do what with them. All but archiving leave an agent as good as it was. */
export const AGENT_OPERATIONS: Record<string, Operation> = {
  listAgents: { on: 'organization', isRead: true, run: (ctx) => listAgents(ctx) },
  createAgent: {
    on: 'organization',
    run: (ctx) =>
      createAgent(ctx, { id: `made-${newId().slice(-12)}`, displayName: 'Ticket triage' }),
  },
  getAgent: { on: 'agent', isRead: true, run: (ctx, { agent }) => getAgent(ctx, { agent }) },
  patchAgent: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => patchAgent(ctx, { agent, description: 'Sorts tickets.' }),
  },
  archiveAgent: { on: 'agent', run: (ctx, { agent }) => archiveAgent(ctx, { agent }) },
  restoreAgent: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => restoreAgent(ctx, { agent }),
  },
  listRevisions: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => listRevisions(ctx, { agent }),
  },
  getRevision: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => getRevision(ctx, { agent, revision: 1 }),
  },
  createRevision: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => createRevision(ctx, { agent, ...DEFINITION }),
  },
  deployRevision: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => deployRevision(ctx, { agent, revision: 1 }),
  },
  listDeployments: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => listDeployments(ctx, { agent }),
  },
  readDeployedRevision: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => readDeployedRevision(ctx, { agent }),
  },
  listCollaborators: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => listCollaborators(ctx, { agent }),
  },
  putCollaborator: { on: 'agent', isRead: true, run: (ctx, { agent }) => putNobody(ctx, agent) },
  removeCollaborator: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => removeCollaborator(ctx, { agent, userId: NOBODY }),
  },
}
