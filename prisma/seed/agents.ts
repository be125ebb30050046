import type { Actor } from '@/lib/access/principal'
import { ACCESS_REQUEST_DAYS } from '@/lib/agents/model'
import type { AuditEventType } from '@/lib/audit/events'
import type { Transaction } from '@/lib/db/database'
import { newId } from '@/lib/ids'
import { DAY_MS } from '@/lib/tokens/model'
import {
  AGENT_DETAILS,
  type DemoAgentDetails,
  type DemoMaker,
  type DemoRevision,
} from '@/prisma/seed/agent-details'
import type { Cast, PlannedFamily } from '@/prisma/seed/families'
import type { PastEvent } from '@/prisma/seed/history'
import { RUN_HERE } from '@/prisma/seed/runnable-agent'
import { ACME_AGENTS, type DemoAgent, GLOBEX_AGENTS } from '@/prisma/seed/usage-agents'

const AGENTS: Record<string, readonly DemoAgent[]> = { acme: ACME_AGENTS, globex: GLOBEX_AGENTS }

/** So long after it was written a revision is deployed. */
const REVIEWED_AFTER_MS = 47 * 60_000

export interface AgentsOfSeed {
  organizationId: string
  slug: string
  cast: Cast
  families: readonly PlannedFamily[]
}

/**
 * Makes the agents that report the demo's usage, under the very names, with each revision from the day on which
 * usage names it, and the one that runs here.
 * @returns the audit events of it
 */
export async function insertAgents(
  tx: Transaction,
  seed: AgentsOfSeed,
  now: number,
): Promise<PastEvent[]> {
  const events: PastEvent[] = []
  for (const { agent, revisionsAgo } of AGENTS[seed.slug] ?? []) {
    const details = AGENT_DETAILS[agent]
    if (!details) throw new Error(`The demo data says nothing about the agent ${agent}.`)
    const times = [...revisionsAgo, ...(details.draftsAgo ?? [])].map((ago) => now - ago * DAY_MS)
    events.push(...(await insertAgent(tx, seed, agent, details, times, now)))
  }
  if (seed.slug === RUN_HERE.slug) {
    const times = RUN_HERE.revisionsAgo.map((ago) => now - ago * DAY_MS)
    events.push(...(await insertAgent(tx, seed, RUN_HERE.agent, RUN_HERE.details, times, now)))
  }
  return events
}

async function insertAgent(
  tx: Transaction,
  { organizationId, cast, families }: AgentsOfSeed,
  id: string,
  details: DemoAgentDetails,
  times: readonly number[],
  now: number,
): Promise<PastEvent[]> {
  const uid = newId()
  const { displayName, description, parameters, revisions, isPublic = false } = details
  if (times.length !== revisions.length) throw new Error(`${id} needs a time for each revision.`)
  const maker = (by: DemoMaker, at: number) => makerAt(by, at, cast, families)
  const on = { organization_id: organizationId, agent_uid: uid }
  const bornAt = times[0] ?? 0
  const born = maker(revisions[0].by, bornAt)
  const deployed = revisions.flatMap((revision, index) =>
    revision.deployedBy
      ? [
          {
            by: revision.deployedBy,
            target: index + 1,
            at: (times[index] ?? 0) + REVIEWED_AFTER_MS,
          },
        ]
      : [],
  )
  await insert(tx, 'agents.agent', [
    {
      organization_id: organizationId,
      uid,
      id,
      display_name: displayName,
      description,
      is_public: isPublic,
      deployed_revision: deployed.at(-1)?.target ?? null,
      revision_count: revisions.length,
      deployment_count: deployed.length,
      created_at: moment(bornAt),
      modified_at: moment(times.at(-1) ?? bornAt),
      ...born.columns,
    },
  ])
  await insert(
    tx,
    'agents.revision',
    revisions.map((revision, index) => ({
      ...on,
      number: index + 1,
      definition: definitionOf(revision, parameters),
      comment: revision.comment,
      created_at: moment(times[index] ?? 0),
      ...maker(revision.by, times[index] ?? 0).columns,
    })),
  )
  await insert(
    tx,
    'agents.deployment',
    deployed.map(({ by, target, at }, index) => ({
      ...on,
      number: index + 1,
      id: newId(),
      previous_revision: deployed[index - 1]?.target ?? null,
      target_revision: target,
      created_at: moment(at),
      ...maker(by, at).columns,
    })),
  )
  await insert(
    tx,
    'agents.collaborator',
    Object.entries(details.collaborators).map(([email, role]) => ({
      ...on,
      user_id: cast.person(email).id,
      role,
      error_alerts: true,
      access_request_alerts: true,
      budget_alerts: true,
      created_at: moment(bornAt),
      modified_at: moment(bornAt),
    })),
  )
  const { asks } = details
  const askedAt = asks ? now - asks.daysAgo * DAY_MS : 0
  if (asks) {
    await insert(tx, 'agents.access_request', [
      {
        ...on,
        user_id: cast.person(asks.by).id,
        id: newId(),
        role: asks.role,
        message: asks.message,
        state: 'PENDING',
        created_at: moment(askedAt),
        modified_at: moment(askedAt),
        expires_at: moment(askedAt + ACCESS_REQUEST_DAYS * DAY_MS),
      },
    ])
  }
  const event = (
    at: number,
    by: DemoMaker,
    eventType: AuditEventType,
    told: object = {},
  ): PastEvent => {
    const { actor } = maker(by, at)
    return {
      at,
      eventType,
      actor,
      channel: actor.tokenId ? 'api' : 'dashboard',
      target: { type: 'agent', id: uid, label: displayName, familyId: null },
      details: { agent: id, ...told },
    }
  }
  return [
    event(bornAt, revisions[0].by, 'AGENT_CREATED', { description }),
    ...revisions.map((revision, index) =>
      event((times[index] ?? 0) + 1, revision.by, 'REVISION_CREATED', {
        revision: index + 1,
        provider: revision.provider,
        model: revision.model,
        comment: revision.comment,
      }),
    ),
    ...deployed.map(({ at, by, target }, index) =>
      event(at, by, 'REVISION_DEPLOYED', {
        revision: { before: deployed[index - 1]?.target ?? null, after: target },
      }),
    ),
    ...(asks
      ? [event(askedAt, asks.by, 'ACCESS_REQUESTED', { role: asks.role, message: asks.message })]
      : []),
  ]
}

function definitionOf(revision: DemoRevision, parameters: DemoAgentDetails['parameters']) {
  const { instructions, provider, model, temperature = null, maxOutputTokens = null } = revision
  return { instructions, provider, model, parameters, temperature, maxOutputTokens }
}

/** Who it was, and by which secret of the token, at that time. */
function makerAt(
  by: DemoMaker,
  at: number,
  cast: Cast,
  families: readonly PlannedFamily[],
): { actor: Actor; columns: object } {
  if (typeof by === 'string') {
    const { id, label } = cast.person(by)
    return {
      actor: { type: 'USER', id, label, tokenId: null },
      columns: { maker_kind: 'PERSON', maker_id: id, maker_label: label },
    }
  }
  const family = families.find(({ demo }) => demo.owner === by.owner && demo.name === by.token)
  const secret = family?.secrets.findLast(({ createdAt }) => createdAt <= at)
  if (!family || !secret) throw new Error(`${by.owner} had no token ${by.token} at that time.`)
  const { type, id, label } = family.owner
  return {
    actor: {
      type: type === 'user' ? 'TOKEN' : 'SERVICE_ACCOUNT',
      id,
      label: `${label} via ${by.token}`,
      tokenId: secret.id,
    },
    columns: {
      maker_kind: type === 'user' ? 'PERSON' : 'SERVICE_ACCOUNT',
      maker_id: id,
      maker_label: label,
      token_id: secret.id,
      family_id: family.familyId,
      token_name: by.token,
    },
  }
}

async function insert(tx: Transaction, table: string, rows: readonly object[]): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1::json)`,
    JSON.stringify(rows),
  )
}

const moment = (at: number) => new Date(at).toISOString()
