'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import {
  approveAccessRequest,
  rejectAccessRequest,
  requestAccess,
  withdrawAccessRequest,
} from '@/lib/agents/access-requests'
import { putCollaborator } from '@/lib/agents/collaborators'
import { agentIdSchema, putCollaboratorSchema, requestAccessSchema } from '@/lib/agents/schema'

const onAgent = z.strictObject({ agent: agentIdSchema })
const onPerson = onAgent.extend({ userId: z.uuid() })

/** The agent as the address has it: what can be the id of none is asked for all the same. */
export const askForAccess = action(
  z.strictObject({ agent: z.string().max(2000) }).extend(requestAccessSchema.shape),
  (ctx, input) => requestAccess(ctx, input),
)

export const takeBackAsking = action(onAgent, (ctx, input) => withdrawAccessRequest(ctx, input))

export const approveAsking = action(onPerson, (ctx, input) => approveAccessRequest(ctx, input))

export const declineAsking = action(onPerson, (ctx, input) => rejectAccessRequest(ctx, input))

export const setAlerts = action(
  onAgent.extend(putCollaboratorSchema.omit({ role: true }).shape),
  (ctx, input) => putCollaborator(ctx, input),
)
