import { notFound } from 'next/navigation'
import type { DashboardContext } from '@/app/_session/dashboard-context'
import type { AgentSummary } from '@/lib/agents/model'
import { listEvaluations } from '@/lib/evaluations/queries'
import { evaluationOffer, evaluationSetting, seesEvaluations } from './_evaluation-offer'
import { EvaluationsPanel } from './_tab-code'

/** What revisions of the agent were found to be worth. */
export async function EvaluationsTab({
  ctx,
  agent,
}: {
  ctx: DashboardContext
  agent: AgentSummary
}) {
  if (!seesEvaluations(ctx)) notFound()
  const setting = evaluationSetting(ctx, agent)
  const [firstPage, offer] = await Promise.all([
    listEvaluations(ctx, { agent: agent.id }),
    setting.mayEvaluate ? evaluationOffer(ctx, agent, null) : null,
  ])
  return (
    <EvaluationsPanel
      key={firstPage.items[0]?.id}
      setting={setting}
      agentId={agent.id}
      firstPage={firstPage}
      offer={offer}
    />
  )
}
