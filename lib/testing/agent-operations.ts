import {
  approveAccessRequest,
  listAccessRequests,
  readOwnAccessRequest,
  rejectAccessRequest,
  requestAccess,
  withdrawAccessRequest,
} from '@/lib/agents/access-requests'
import {
  listCollaborators,
  putCollaborator,
  readOwnCollaborator,
  removeCollaborator,
} from '@/lib/agents/collaborators'
import { archiveAgent, createAgent, patchAgent, restoreAgent } from '@/lib/agents/commands'
import { deployRevision, listDeployments, readDeployedRevision } from '@/lib/agents/deployments'
import { agentNames, getAgent, listAgents } from '@/lib/agents/queries'
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

/** Who may answer requests learns that nobody asks; whoever may not does not get so far. */
async function answerNobody(answer: () => Promise<unknown>, sees: () => Promise<unknown>) {
  await sees()
  try {
    await answer()
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not-found') return 'allowed'
    throw error
  }
  throw new Error('A request of nobody was answered.')
}

/** Agents, their revisions, and who may do what with them. All but archiving leave an agent as good as it was. */
export const AGENT_OPERATIONS: Record<string, Operation> = {
  listAgents: { on: 'organization', isRead: true, run: (ctx) => listAgents(ctx) },
  agentNames: { on: 'organization', isRead: true, run: (ctx) => agentNames(ctx) },
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
  readOwnCollaborator: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => readOwnCollaborator(ctx, { agent }),
  },
  // The same answer, whatever there is: what is stored is for lib/agents/access-requests.test.ts to say.
  requestAccess: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => requestAccess(ctx, { agent, role: 'ADMIN', message: null }),
  },
  withdrawAccessRequest: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => withdrawAccessRequest(ctx, { agent }),
  },
  listAccessRequests: {
    on: 'agent',
    isRead: true,
    run: async (ctx, { agent }) => {
      await listAccessRequests(ctx, { agent })
      return 'allowed'
    },
  },
  readOwnAccessRequest: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => readOwnAccessRequest(ctx, { agent }),
  },
  approveAccessRequest: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) =>
      answerNobody(
        () => approveAccessRequest(ctx, { agent, userId: NOBODY }),
        () => getAgent(ctx, { agent }),
      ),
  },
  rejectAccessRequest: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) =>
      answerNobody(
        () => rejectAccessRequest(ctx, { agent, userId: NOBODY }),
        () => getAgent(ctx, { agent }),
      ),
  },
}
