import { describe, expect, it } from 'vitest'
import type { TokenPrincipal } from '@/lib/access/principal'
import type { Scope } from '@/lib/access/scopes'
import { buildContext } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import { isDomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { WebhookSecretSealer } from '@/lib/inbound/secret-sealer'
import { ModelAccess } from '@/lib/llm-providers/model-access'
import { PageTokenSealer } from '@/lib/page-token'
import { exportedFunctionsOfContext } from '@/lib/testing/core-exports'
import { OPERATIONS } from '@/lib/testing/operations'
import { parsePeppers } from '@/lib/tokens/digest'
import { generateSecret } from '@/lib/tokens/secret'
import { AuthenticatorSecretSealer } from '@/lib/two-factor/secret-sealer'

/** Exported for use inside the core; each is called only after its caller has authorized. */
const INTERNAL: Record<string, string> = {
  activityPage: 'rows of a subject that the caller has already looked up',
  appendAudit: 'the last statement of a command',
  addVersion: 'a step inside the transactions that change a metric',
  auditCases: 'the last statement of a command',
  auditMetric: 'the last statement of a command',
  auditPayload: 'pure: the text of an event',
  administeredAgent: 'the authorization and look-up of a command',
  agentValues: 'pure: the values of a statement',
  appointDefault: 'a step inside the transactions that change a config of a provider',
  authorizeAuditReading: 'is an authorization',
  authorizeOnAgent: 'is an authorization',
  authorizeBudgetReading: 'is an authorization',
  authorizeDatasets: 'is an authorization',
  authorizeOnDataset: 'is an authorization',
  authorizeBudgetWriting: 'is an authorization',
  authorizeJudging: 'is an authorization',
  authorizeMetricReading: 'is an authorization',
  requireRoleWhereKnown: 'is an authorization',
  rolesOnKnownAgents: 'the look-up after the authorization of a query',
  authorizeMetricWriting: 'is an authorization',
  authorizeInboundReading: 'is an authorization',
  authorizeInboundWriting: 'is an authorization',
  authorizeInboundSecrets: 'is an authorization',
  authorizeIntegrations: 'is an authorization',
  authorizeMcp: 'is an authorization',
  authorizeMinting: 'is an authorization',
  authorizeOnIntegration: 'is an authorization',
  requireMayMakeSecrets: 'is an authorization',
  requireRoleNow: 'is an authorization, inside the transactions that change collaborators',
  requireWorth: 'a limit of commands that have authorized',
  memberOf: 'a step inside the transactions of commands that have authorized',
  requireWithinTools: 'a limit of commands that have authorized',
  authorizeOneMetricReading: 'is an authorization',
  authorizeOneMetricWriting: 'is an authorization',
  authorizeOrganizationChange: 'is an authorization',
  authorizeTokenBudget: 'is an authorization',
  authorizePriceReading: 'is an authorization',
  authorizeUsageReading: 'is an authorization',
  changeSubscription: 'what a command does once it has authorized',
  declinePending: 'a step inside the transaction of removing a collaborator',
  endMcpKey: 'a step inside the transactions that change or remove an integration',
  ensureMcpConfig: 'the look-up after the authorization of a command',
  lockIntegration: 'a step inside the transactions of commands that have authorized',
  mintMcpKey: 'a step inside the transactions of enabling and rotating',
  requireIntegration: 'the look-up after the authorization of a query',
  endAccountTokens: 'a step inside the transactions of revoking and rotating an account',
  exceededLimits: 'a part of a preview, which has authorized',
  findToken: 'reads without a rule of visibility, for commands that have one',
  insertMetric: 'a step inside the transactions that make a metric',
  insertToken: 'a step inside the transactions of minting and rotating',
  issueDeviceToken: 'a step inside the transaction of a poll, after a look at who approved',
  authorizeEvaluationReading: 'is an authorization',
  insertRun: 'a step inside the transaction that starts an evaluation',
  preparedRun: 'what starting an evaluation asks once it has authorized',
  requireEvaluation: 'the look-up after the authorization of a query',
  isNews: 'a look of minting and rotating, which authorize',
  holdAgent: 'a step inside the transactions that change an agent',
  holdWithRole: 'is an authorization, inside the transactions that change collaborators',
  inviterLabel: 'pure: who invites, in a word',
  authorizeSubscribing: 'is an authorization',
  holdOrRelease: 'a step inside the transactions that pause and resume',
  insertSecret: 'a step inside the transactions that make a secret',
  insertSubscription: 'a step inside the transactions that make a subscription',
  replaceSecret: 'a step inside the transactions of rotating',
  lockedWebhook: 'a step inside the transactions of commands that have authorized',
  requireFirstSubscription: 'a step of a command that has authorized',
  requireSubscriber: 'a step of commands that have authorized',
  makeDefault: 'a step inside the transactions that change a config of a provider',
  minted: 'the result of a keyed operation that has run',
  newConnection: 'pure: what of an input is missing or wrong',
  nextCursor: 'pure: the token of the page after rows that the caller has read',
  ownMetricToChange: 'the look-up after the authorization of a command',
  ownAccount: 'is an authorization',
  ownerCeiling: 'a limit that commands compare with',
  queueAccessRequest: 'what a command does once it has authorized',
  keepPace: 'a limit of commands that have authorized',
  pageOfEvents: 'rows under clauses that the caller has made',
  patchedConnection: 'pure: what of an input is missing or wrong',
  placeOf: 'pure: where the links of a notice lead',
  readBudget: 'the look-up after the authorization of a query',
  replaceToken: 'a step inside the transactions of rotating and of signing a device in again',
  removeBudget: 'what a command does once it has authorized',
  revisionOf: 'the look-up after the authorization of a query',
  writeCases: 'a step inside the transactions that change cases',
  insertCases: 'a step inside the transactions that change cases',
  deleteCases: 'a step inside the transactions that change cases',
  requireCaseRoom: 'a step inside the transactions that change cases',
  nextVersion: 'a step inside the transactions that change cases',
  requireDataset: 'the look-up after the authorization of a query',
  lockDataset: 'the look-up after the authorization of a command',
  requireCase: 'the look-up after the authorization of a query',
  selectCases: 'the look-up after the authorization of a query',
  requireWebhook: 'the look-up after the authorization of a command',
  saveBudget: 'what a command does once it has authorized',
  recordReRating: 'the last step inside the transaction of a correction',
  sendInvitation: 'a step inside the transactions of inviting and sending again',
  setDeprecated: 'a step inside the transactions that change a metric',
  tellOfAnswer: 'a step inside the transactions that answer a request',
  tellOfChange: 'a step inside the transactions that change a subscription',
  tellOfRole: 'a step inside the transactions that change a role',
  tellOfFrequent: 'a step inside the transactions of minting and rotating',
  tellOwner: 'a step inside the transactions that change a token',
  visibleAgent: 'the look-up after the authorization of a query',
  visibleOrNull: 'the look-up after the authorization of a command',
  visibleServiceAccount: 'the look-up after the authorization of a command',
  visibleToken: 'the look-up after the authorization of a command',
  writableAccount: 'the authorization and look-up of a command',
}

const exported = exportedFunctionsOfContext()

describe('the table of operations', () => {
  it('holds every exported function of the core that takes a context', () => {
    const known = new Set([...Object.keys(OPERATIONS), ...Object.keys(INTERNAL)])
    expect(exported.filter(({ name }) => !known.has(name))).toEqual([])
  })

  it('names only functions that exist, each once', () => {
    const names = exported.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const listed = [...Object.keys(OPERATIONS), ...Object.keys(INTERNAL)]
    expect(listed.filter((name) => !names.includes(name))).toEqual([])
    expect(new Set(listed).size).toBe(listed.length)
  })
})

/** Reading any property of it is the touch. */
const untouchable = new Proxy({} as Database, {
  get(_target, property) {
    throw new Error(`The database was touched: ${String(property)}`)
  },
})

function tokenOf(owner: TokenPrincipal['owner'], scopes: Scope[]) {
  return buildContext({
    principal: {
      kind: 'token',
      tokenId: newId(),
      familyId: newId(),
      tokenName: 'powerless',
      displayPrefix: 'fx_pat_0000',
      granted: scopes,
      scopes: new Set(scopes),
      expiresAt: null,
      owner,
    },
    organization: {
      id: newId(),
      slug: 'acme',
      name: 'Acme',
      policy: { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true },
    },
    db: untouchable,
    crypto: {
      peppers: parsePeppers(`1:${Buffer.alloc(32).toString('base64')}`),
      pageTokens: new PageTokenSealer('secret'),
      emailLinks: new EmailLinkSealer('secret'),
      authenticatorSecrets: new AuthenticatorSecretSealer('secret'),
      webhookSecrets: new WebhookSecretSealer('secret'),
      modelAccess: new ModelAccess('secret'),
    },
    now: Date.now(),
    request: { id: newId(), channel: 'api', ip: null, userAgent: null },
  })
}

const member = {
  type: 'user' as const,
  userId: newId(),
  displayName: 'Member',
  email: 'member@example.test',
  role: 'MEMBER' as const,
}
const workload = { type: 'service-account' as const, serviceAccountId: newId(), name: 'bot' }

const POWERLESS = {
  'a member’s token without scopes': tokenOf(member, []),
  'an admin’s token without scopes': tokenOf({ ...member, role: 'ADMIN' }, []),
  'a service account’s token without scopes': tokenOf(workload, []),
  'an admin’s token for inbound delivery only': tokenOf({ ...member, role: 'ADMIN' }, [
    'inbound:deliver',
  ]),
  'a token for MCP only': tokenOf(workload, ['mcp:invoke']),
}

/** What a token for inbound delivery is for. */
const DELIVERING = 'deliverWebhook'

describe.each(Object.entries(POWERLESS))('%s', (_title, ctx) => {
  const target = {
    tokenId: newId(),
    secret: generateSecret('USER').secret,
    serviceAccountId: newId(),
    userId: newId(),
    invitationId: newId(),
    agent: 'somebody-elses',
    evaluation: newId(),
  }

  const refused = Object.entries(OPERATIONS).filter(
    ([name]) => name !== DELIVERING || !ctx.principal.scopes.has('inbound:deliver'),
  )
  it.each(refused)('is refused %s before any I/O', async (_name, { run }) => {
    const refusal = await Promise.resolve()
      .then(() => run(ctx, target))
      .then(
        () => new Error('It was allowed.'),
        (error: unknown) => error,
      )
    // A touch of the database, or a refusal of the input, would come out here as what it is.
    if (!isDomainError(refusal)) throw refusal
    expect(['forbidden', 'not-found']).toContain(refusal.kind)
  })
})
