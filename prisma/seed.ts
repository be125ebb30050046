import type pg from 'pg'
import type { RecordedCall } from '@/lib/activity/recorder'
import { DEMO_PASSWORD } from '@/lib/auth/demo'
import { hashPassword } from '@/lib/auth/passwords'
import type { InstallationKeys } from '@/lib/context'
import type { Transaction } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { newId } from '@/lib/ids'
import type { Issuer } from '@/lib/invoices/issuer'
import type { Runtime } from '@/lib/runtime'
import { DAY_MS } from '@/lib/tokens/model'
import { ACME } from '@/prisma/seed/acme'
import { insertAgents } from '@/prisma/seed/agents'
import { beginBilling, type Customer, holdBilling, seedBilling } from '@/prisma/seed/billing'
import { BILLING } from '@/prisma/seed/billing-details'
import { seedBudgets } from '@/prisma/seed/budgets'
import { seedDatasets } from '@/prisma/seed/datasets'
import type { DemoOrganization } from '@/prisma/seed/demo-organization'
import { seedEvaluation } from '@/prisma/seed/evaluation'
import { seedEvaluationMetrics } from '@/prisma/seed/evaluation-metrics'
import { pastEvents } from '@/prisma/seed/events'
import { type Cast, planFamilies } from '@/prisma/seed/families'
import { GLOBEX } from '@/prisma/seed/globex'
import { type PastEvent, writeHistory } from '@/prisma/seed/history'
import { seedInbound } from '@/prisma/seed/inbound'
import {
  insertAccounts,
  insertLeakReports,
  insertMembers,
  insertPeople,
  insertTokens,
} from '@/prisma/seed/insert'
import { seedIntegrations } from '@/prisma/seed/integrations'
import { insertInvitations } from '@/prisma/seed/invitations'
import { insertNotifications } from '@/prisma/seed/notifications'
import { seedRuns } from '@/prisma/seed/runs'
import { planTraffic, writeTraffic } from '@/prisma/seed/traffic'
import { type SeededOrganization, seedUsage } from '@/prisma/seed/usage'

const ORGANIZATIONS = [ACME, GLOBEX]
const PEOPLE = ORGANIZATIONS.flatMap((organization) => organization.people)
const TIME_LIMIT_MS = 60_000

/** What of the running product the seed needs. */
type SeedRuntime = Pick<Runtime, 'db' | 'log'> & {
  crypto: InstallationKeys
  billing: Pick<Issuer, 'seller' | 'tax'>
}

interface Made extends SeededOrganization {
  calls: RecordedCall[]
  cast: Cast
  events: PastEvent[]
  customer: Customer | null
}

/**
 * Makes the demo organizations with people, tokens in every state, a verifiable audit trail, thirty days of
 * request activity, sixty of usage, and the invoices of it, and metrics with their versions. Does nothing where Acme Robotics exists; of several
 * processes that start at once one does it.
 */
export async function seedDemo(runtime: SeedRuntime): Promise<void> {
  const { db } = runtime
  if (await isSeeded(db.prisma)) return
  const now = Date.now()
  const demo: Made[] = []
  await sqlTransaction(db.pool, async (client) => {
    const made = await makeOrganizations(runtime, client, now)
    if (made.length === 0) return
    // Billing reads the organizations, so they are there by now; until it is done it holds their subscriptions.
    const customers = made.flatMap(({ customer }) => customer ?? [])
    const billed = await seedBilling(client, runtime.billing, customers, now)
    for (const { organization, events } of made) {
      const metrics =
        organization.slug === ACME.slug
          ? await seedEvaluationMetrics(client, organization.id, now)
          : []
      await writeHistory(client, organization.id, [
        ...events,
        ...metrics,
        ...(billed.get(organization.id) ?? []),
        ...(await seedInbound(client, runtime.crypto, organization, now)),
        ...(await seedIntegrations(client, runtime.crypto, organization, now)),
        ...(await seedDatasets(client, organization, now)),
      ])
    }
    demo.push(...made)
    const calls = made.reduce((sum, one) => sum + one.calls.length, 0)
    runtime.log.info({ calls }, 'demo organizations made')
  })
  // What the product itself does goes by its own way, on what is committed.
  for (const one of demo) {
    await seedBudgets(runtime, one, now)
    await seedEvaluation(runtime, one, now)
    await seedRuns(runtime, one, now)
  }
}

/** @returns none where another process made them */
async function makeOrganizations(
  runtime: SeedRuntime,
  client: pg.PoolClient,
  now: number,
): Promise<Made[]> {
  const { db } = runtime
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  // One person may be in several organizations, and is one user.
  const userIds = new Map(PEOPLE.map(({ email }) => [email, newId()]))
  return db.prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`LOCK TABLE organizations IN SHARE ROW EXCLUSIVE MODE`
      if (await isSeeded(tx)) return []
      await insertPeople(tx, PEOPLE, userIds, passwordHash, now)
      const made: Made[] = []
      for (const organization of ORGANIZATIONS) {
        made.push(await insertOrganization(tx, runtime.crypto, organization, userIds, now))
      }
      // Within the lock and before the commit: whoever sees the organizations sees what they did.
      await writeTraffic(
        db,
        made.flatMap((one) => one.calls),
        now,
      )
      for (const one of made) {
        const { organization, customer } = one
        if (customer) await beginBilling(db.pool, organization.id, customer.billing, now)
        await seedUsage(runtime, one, now)
      }
      await holdBilling(
        client,
        made.map(({ organization }) => organization.id),
      )
      return made
    },
    { timeout: TIME_LIMIT_MS, maxWait: TIME_LIMIT_MS },
  )
}

async function isSeeded(client: Pick<Transaction, 'organization'>): Promise<boolean> {
  return (await client.organization.count({ where: { slug: ACME.slug } })) > 0
}

async function insertOrganization(
  tx: Transaction,
  { peppers, emailLinks }: Pick<InstallationKeys, 'peppers' | 'emailLinks'>,
  organization: DemoOrganization,
  userIds: ReadonlyMap<string, string>,
  now: number,
): Promise<Made> {
  const organizationId = newId()
  const { policy } = organization
  await tx.organization.create({
    data: {
      id: organizationId,
      slug: organization.slug,
      name: organization.name,
      createdAt: new Date(now - organization.createdAgo * DAY_MS),
      tokenMaxLifetimeDays: policy.maxLifetimeDays,
      tokenExpiryRequired: policy.expiryRequired,
      tokenBearerMinting: policy.bearerMinting,
      isDemo: true,
    },
  })
  const accountIds = new Map(organization.serviceAccounts.map(({ name }) => [name, newId()]))
  const cast = castOf(organization, userIds, accountIds)
  await insertMembers(tx, organizationId, organization, cast, now)
  await insertAccounts(tx, organizationId, organization, cast, now)
  const families = planFamilies(organization, cast, peppers, now)
  const calls = planTraffic(organizationId, families, now)
  await insertTokens(tx, peppers, organizationId, families, calls)
  await insertLeakReports(tx, organizationId, families, now)
  await insertNotifications(
    tx,
    { id: organizationId, organization, cast, families },
    emailLinks,
    now,
  )
  const invited = await insertInvitations(tx, organizationId, organization, cast, now)
  const agents = await insertAgents(
    tx,
    { organizationId, slug: organization.slug, cast, families },
    now,
  )
  const events = pastEvents(organization, organizationId, cast, families, now)
  const { slug, name } = organization
  return {
    organization: { id: organizationId, slug, name, policy },
    families,
    cast,
    calls,
    events: [...events, ...invited, ...agents],
    customer: customerOf(slug, organizationId, cast),
  }
}

function customerOf(slug: string, organizationId: string, cast: Cast): Customer | null {
  const billing = BILLING[slug]
  if (!billing) return null
  const { id, label } = cast.person(billing.chosenBy)
  return { organizationId, billing, chooser: { type: 'USER', id, label, tokenId: null } }
}

function castOf(
  { people }: DemoOrganization,
  userIds: ReadonlyMap<string, string>,
  accountIds: ReadonlyMap<string, string>,
): Cast {
  return {
    person(email) {
      const label = people.find((person) => person.email === email)?.displayName
      const id = userIds.get(email)
      if (!label || !id) throw new Error(`The demo data names ${email}, who is not in it.`)
      return { id, label }
    },
    account(name) {
      const id = accountIds.get(name)
      if (!id) throw new Error(`The demo data names ${name}, which is not in it.`)
      return { id, label: name }
    },
  }
}
