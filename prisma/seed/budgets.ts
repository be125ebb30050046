import { setAgentBudget } from '@/lib/budgets/agent-budget'
import { setOrganizationBudget } from '@/lib/budgets/organization-budget'
import { setTokenBudget } from '@/lib/budgets/token-budget'
import type { Runtime } from '@/lib/runtime'
import { ACME } from '@/prisma/seed/acme'
import type { PlannedFamily } from '@/prisma/seed/families'
import { type DemoPlace, personContext } from '@/prisma/seed/person-context'

const DOLLAR = 1_000_000_000n

/** So much in US dollars that no month of the demo comes near a threshold, whatever day it is made on. */
const ORGANIZATION = [
  { origin: 'PRODUCTION', amount: 1_200n, enforce: false },
  { origin: 'TEST', amount: 100n, enforce: true },
] as const
const AGENTS = [
  { agent: 'code-review', amount: 500n },
  { agent: 'incident-report', amount: 150n },
  { agent: 'fleet-support', amount: 60n },
] as const
const TOKEN = { owner: 'linus@acme.example', name: 'ci-deploy', amount: 500n } as const

/** What may be spent in a month, set by the one who watches it. */
export async function seedBudgets(
  runtime: Pick<Runtime, 'db' | 'crypto'>,
  place: DemoPlace & { families: readonly PlannedFamily[] },
  now: number,
): Promise<void> {
  if (place.organization.slug !== ACME.slug) return
  const ctx = personContext(runtime, place, { email: 'ada@acme.example', role: 'ADMIN', now })
  for (const { origin, amount, enforce } of ORGANIZATION) {
    await setOrganizationBudget(ctx, { origin, amount: amount * DOLLAR, thresholds: null, enforce })
  }
  const terms = { origin: 'PRODUCTION', thresholds: null, enforce: false } as const
  for (const { agent, amount } of AGENTS) {
    await setAgentBudget(ctx, { agent, amount: amount * DOLLAR, ...terms })
  }
  const tokenId = newestOf(place.families)
  await setTokenBudget(ctx, { tokenId, amount: TOKEN.amount * DOLLAR, ...terms })
}

function newestOf(families: readonly PlannedFamily[]): string {
  const family = families.find(({ demo }) => demo.owner === TOKEN.owner && demo.name === TOKEN.name)
  const secret = family?.secrets.at(-1)
  if (!secret) throw new Error(`The demo has no token ${TOKEN.name} of ${TOKEN.owner}.`)
  return secret.id
}
