import type { InstallationKeys, OrganizationContext } from '@/lib/context'
import type { Starter } from '@/lib/execution/model'
import { runDeployedAgent } from '@/lib/execution/run-deployed-agent'
import { newId } from '@/lib/ids'
import type { Runtime } from '@/lib/runtime'
import type { Cast, PlannedFamily } from '@/prisma/seed/families'
import { localExecution } from '@/prisma/seed/local-execution'
import { RUN_HERE } from '@/prisma/seed/runnable-agent'

const RUNNER = { owner: 'prod-agent-runner', name: 'First token' }

interface DemoRun {
  topic: string
  /** Runs of one session belong together. */
  session: string
  /** E-mail of who tried it; the service account where nobody is named. */
  triedBy?: string
}

const RUNS: readonly DemoRun[] = [
  { topic: 'the EU AI Act', session: 'compliance', triedBy: 'ada@acme.example' },
  { topic: 'the EU AI Act', session: 'compliance' },
  { topic: 'the Machinery Regulation (EU) 2023/1230', session: 'compliance' },
  { topic: 'firmware signing', session: 'security-weekly' },
  { topic: 'the Cyber Resilience Act', session: 'security-weekly' },
  { topic: 'spare parts lead times', session: 'supply', triedBy: 'linus@acme.example' },
]

export interface RunsOfSeed {
  organization: OrganizationContext
  families: readonly PlannedFamily[]
  cast: Cast
}

/** A handful of real runs of the agent that runs here: they are as old as the demo. */
export async function seedRuns(
  { db, crypto }: Pick<Runtime, 'db'> & { crypto: Pick<InstallationKeys, 'emailLinks'> },
  { organization, families, cast }: RunsOfSeed,
  now: number,
): Promise<void> {
  if (organization.slug !== RUN_HERE.slug) return
  const runtime = localExecution(crypto)
  for (const { topic, session, triedBy } of RUNS) {
    const place = { organization, db, now, request: { id: newId() } }
    await runDeployedAgent(place, runtime, {
      agent: RUN_HERE.agent,
      input: { topic },
      sessionId: session,
      starter: triedBy === undefined ? service(families) : person(triedBy, cast),
      origin: triedBy === undefined ? 'PRODUCTION' : 'TEST',
    })
  }
}

function person(email: string, cast: Cast): Starter {
  return { kind: 'PERSON', ...cast.person(email), token: null }
}

function service(families: readonly PlannedFamily[]): Starter {
  const family = families.find(
    ({ demo }) => demo.owner === RUNNER.owner && demo.name === RUNNER.name,
  )
  const secret = family?.secrets.at(-1)
  if (!family || !secret) throw new Error(`The demo has no token of ${RUNNER.owner}.`)
  const { familyId, owner } = family
  const token = { id: secret.id, familyId, name: RUNNER.name, currentId: secret.id }
  return { kind: 'SERVICE_ACCOUNT', id: owner.id, label: owner.label, token }
}
