import { runMigrations } from 'graphile-worker'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import { ROLES } from '@/lib/access/roles'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { putCollaborator } from '@/lib/agents/collaborators'
import type { AgentRole } from '@/lib/agents/model'
import { buildContext, type Context } from '@/lib/context'
import { isDomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { inviteMembers } from '@/lib/team/invitations'
import { deployedAgent } from '@/lib/testing/agent-fixture'
import { endedEvaluation } from '@/lib/testing/evaluation-fixture'
import type { Operation, Target } from '@/lib/testing/operation'
import { OPERATIONS } from '@/lib/testing/operations'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint, provision } from '@/lib/testing/token-fixture'

/**
 * Who may do what, as a committed table: each change of the policy is a visible diff. Every cell is a
 * real call on a fresh target in a real database.
 */

let product: ProductFixture
let organization: OrganizationFixture
let here: Place
let elsewhere: Place
beforeAll(async () => {
  product = await createProductFixture()
  // Requests for agents that the caller does not see wait in the queue.
  await runMigrations({ pgPool: product.db.pool })
  organization = await product.organization()
  here = { organization, admin: await organization.member('ADMIN') }
  const other = await product.organization()
  elsewhere = { organization: other, admin: await other.member('ADMIN') }
})
afterAll(() => product.close())

const ON = {
  organization: ['organization'],
  token: ['own', 'another’s', 'service account’s', 'other organization’s'],
  'service-account': ['service account', 'other organization’s'],
  member: ['another member', 'other organization’s member'],
  invitation: ['invitation', 'other organization’s invitation'],
  agent: ['no grant', 'viewer', 'editor', 'admin of the agent', 'other organization’s agent'],
} as const

interface Caller {
  name: string
  ctx: Context
  /** The person whose own token is tried; a service account's "own" are the tokens of accounts. */
  person: Context | null
}

/** The place where targets are made, and someone with every power to make them. */
interface Place {
  organization: OrganizationFixture
  admin: Context
}
const nothing: Target = {
  tokenId: newId(),
  secret: '',
  serviceAccountId: newId(),
  userId: newId(),
  invitationId: newId(),
  agent: 'nothing',
  evaluation: newId(),
}

async function ofPerson(person: Context): Promise<Target> {
  const { id, secret } = await mint(person)
  return { ...nothing, tokenId: id, secret }
}

async function ofServiceAccount({ admin }: Place): Promise<Target> {
  const { account, token } = await provision(admin, [...ALL_SCOPES])
  return { ...nothing, tokenId: token.id, secret: token.secret, serviceAccountId: account.id }
}

async function ofMember({ organization }: Place): Promise<Target> {
  const { principal } = await organization.member('MEMBER')
  return { ...nothing, userId: principal.userId }
}

async function ofInvitation({ admin }: Place): Promise<Target> {
  const emails = [`${newId()}@example.test`]
  const [sent] = await inviteMembers(admin, { emails, role: 'MEMBER' })
  if (sent?.outcome !== 'invited') throw new Error('The invitation was not made.')
  return { ...nothing, invitationId: sent.invitationId }
}

const GRANTS: Record<string, AgentRole> = {
  viewer: 'VIEWER',
  editor: 'EDITOR',
  'admin of the agent': 'ADMIN',
}

/** An agent with one revision that somebody else deployed, and what the caller was given on it. */
async function ofAgent({ admin }: Place, kind: string, { person }: Caller): Promise<Target> {
  const agent = await deployedAgent(admin)
  const role = GRANTS[kind]
  if (role && person?.principal.kind === 'user') {
    await putCollaborator(admin, { agent, userId: person.principal.userId, role })
  }
  return { ...nothing, agent, evaluation: await endedEvaluation(admin, agent) }
}

function freshTarget(kind: string, caller: Caller): Promise<Target> {
  if (kind === 'own' && caller.person) return ofPerson(caller.person)
  return kind === 'another’s' ? ofPerson(here.admin) : ofServiceAccount(here)
}

const shared = new Map<string, Promise<Target>>()

function targetFor(operation: Operation, kind: string, caller: Caller): Promise<Target> {
  if (kind === 'organization') return Promise.resolve(nothing)
  const foreign = kind.startsWith('other organization’s')
  if (operation.on === 'member') return ofMember(foreign ? elsewhere : here)
  if (operation.on === 'invitation') return ofInvitation(foreign ? elsewhere : here)
  if (operation.on === 'agent') {
    const key = `${kind} ${caller.name}`
    const known = operation.isRead && shared.get(key)
    const target = known || ofAgent(foreign ? elsewhere : here, kind, caller)
    if (operation.isRead) shared.set(key, target)
    return target
  }
  const isForeign = kind === 'other organization’s'
  if (!isForeign && !operation.isRead) return freshTarget(kind, caller)
  const key = isForeign ? kind : `${kind} ${caller.name}`
  const target =
    shared.get(key) ?? (isForeign ? ofServiceAccount(elsewhere) : freshTarget(kind, caller))
  shared.set(key, target)
  return target
}

/** A token that was granted everything, whatever its owner can do by now. */
async function bearerOfEverything(token: { id: string; secret: string }): Promise<Context> {
  await product.db.pool.query('UPDATE tokens SET scopes = $2, expires_at = NULL WHERE id = $1', [
    token.id,
    ALL_SCOPES,
  ])
  return organization.bearer(token.secret)
}

async function callers(): Promise<Caller[]> {
  const made: Caller[] = []
  for (const role of ROLES) {
    const person = await organization.member(role)
    made.push({ name: `${role} session`, ctx: person, person })
  }
  const person = await organization.member('ADMIN')
  const ctx = buildContext({ ...person, now: person.now + REAUTHENTICATION_WINDOW_MS })
  made.push({ name: 'ADMIN session unconfirmed', ctx, person })
  for (const role of ROLES) {
    const owner = await organization.member(role)
    const bearer = await bearerOfEverything(await mint(owner))
    made.push({ name: `${role} PAT`, ctx: bearer, person: owner })
  }
  const { token } = await provision(here.admin, [...ALL_SCOPES])
  made.push({ name: 'SAT', ctx: await bearerOfEverything(token), person: null })
  return made
}

async function outcome(operation: Operation, caller: Caller, kind: string): Promise<string> {
  const target = await targetFor(operation, kind, caller)
  try {
    const answer = await operation.run(caller.ctx, target)
    return typeof answer === 'string' ? answer : 'allowed'
  } catch (error) {
    if (isDomainError(error)) return error.code
    throw error
  }
}

/** "allowed: ADMIN session, ADMIN PAT" and so on: a line for each outcome. */
function byOutcome(names: readonly string[], outcomes: readonly string[]): string[] {
  return [...new Set(outcomes)]
    .sort()
    .map((code) => `  ${code}: ${names.filter((_, index) => outcomes[index] === code).join(', ')}`)
}

it('allows and refuses exactly what the committed table says', async () => {
  const all = await callers()
  const lines = [
    'Who may do what, by lib/testing/access-matrix.test.ts.',
    'PAT: personal token of that role’s owner; SAT: token of a service account. Each was granted all 41 scopes.',
  ]
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    for (const kind of ON[operation.on]) {
      const outcomes = await Promise.all(all.map((caller) => outcome(operation, caller, kind)))
      const names = all.map((caller) => caller.name)
      lines.push('', `${name} on ${kind}`, ...byOutcome(names, outcomes))
    }
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('__snapshots__/access-matrix.txt')
}, 240_000)
