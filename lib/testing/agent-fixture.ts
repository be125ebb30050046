import { createAgent } from '@/lib/agents/commands'
import { deployRevision } from '@/lib/agents/deployments'
import { createRevision } from '@/lib/agents/revisions'
import type { CreateRevisionInput } from '@/lib/agents/schema'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'

export const DEFINITION: CreateRevisionInput = {
  instructions: 'Sort the ticket into one of the queues.',
  provider: 'openai',
  model: 'gpt-5-mini',
}

/** A new agent of the context's principal. @returns its id */
export async function newAgent(ctx: Context): Promise<string> {
  const id = `agent-${newId().slice(-12)}`
  return (await createAgent(ctx, { id, displayName: 'Ticket triage' })).id
}

/** The same with one revision, which is deployed. */
export async function deployedAgent(ctx: Context): Promise<string> {
  const agent = await newAgent(ctx)
  await createRevision(ctx, { agent, ...DEFINITION })
  await deployRevision(ctx, { agent, revision: 1 })
  return agent
}
