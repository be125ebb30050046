'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { agentNames } from '@/lib/agents/queries'
import { deleteAgentBudget, setAgentBudget } from '@/lib/budgets/agent-budget'
import { deleteOrganizationBudget, setOrganizationBudget } from '@/lib/budgets/organization-budget'
import { agentNameSchema, originSchema, putBudgetSchema, wishOf } from '@/lib/budgets/schema'
import { listBudgetSubjects } from '@/lib/budgets/subjects'
import { deleteTokenBudget, setTokenBudget } from '@/lib/budgets/token-budget'

const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ORGANIZATION') }),
  z.strictObject({ kind: z.literal('AGENT'), agent: agentNameSchema }),
  z.strictObject({ kind: z.literal('TOKEN'), tokenId: z.uuid() }),
])
const whose = z.strictObject({ subject, origin: originSchema })

/** What budgets can be made for, with what it has cost this month. */
export const loadBudgetSubjects = action(z.strictObject({}), async (ctx) =>
  listBudgetSubjects(ctx, await agentNames(ctx, { archived: false })),
)

export const saveBudget = action(
  whose.extend({ terms: putBudgetSchema }),
  async (ctx, { subject, origin, terms }) => {
    const wish = { origin, ...wishOf(terms) }
    if (subject.kind === 'ORGANIZATION') await setOrganizationBudget(ctx, wish)
    else if (subject.kind === 'AGENT') await setAgentBudget(ctx, { agent: subject.agent, ...wish })
    else await setTokenBudget(ctx, { tokenId: subject.tokenId, ...wish })
  },
)

export const removeBudget = action(whose, async (ctx, { subject, origin }) => {
  if (subject.kind === 'ORGANIZATION') await deleteOrganizationBudget(ctx, { origin })
  else if (subject.kind === 'AGENT') {
    await deleteAgentBudget(ctx, { agent: subject.agent, origin })
  } else await deleteTokenBudget(ctx, { tokenId: subject.tokenId, origin })
})
