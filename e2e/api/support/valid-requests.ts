import type { DocumentedOperation } from '@/e2e/api/support/contract'
import type { Organization, Person } from '@/e2e/api/support/world'
import type { ApiCall } from '@/e2e/support/api-client'
import type { Scope } from '@/lib/access/scopes'
import { SYSTEM_METRICS } from '@/lib/evaluation-metrics/system-metrics'
import { newId } from '@/lib/ids'

/** Things that a request may name: made anew where the request will end them. */
export interface Targets {
  /** Ids of live tokens of the caller's own person. */
  token: string
  serviceAccount: string
  /** An evaluation metric of the organization's own; nobody's where a test does not care. */
  metric?: string
  /** A dataset of one case, and the case. Nobody's where a test does not care. */
  dataset?: string
  case?: string
  /** The secret of `token`. */
  secret: string
  /** A member. Somebody unknown where a test does not care. */
  user?: string
  /** An agent with one revision; it has run nowhere. Nothing where a test does not care. */
  agent?: string
  /** An agent that is deployed, and a run of it. Nothing where a test does not care. */
  runnableAgent?: string
  execution?: string
  /** A run of `agent`'s evaluation that has ended. Nobody's where a test does not care. */
  evaluationRun?: string
  /** A member, to be given something; they ask for a role on `agent`. */
  admin?: string
  /** A paused endpoint without a signature. Nobody's where a test does not care. */
  webhook?: string
  /** The same of a sender that signs. */
  signedWebhook?: string
  /** A receiver of it. */
  subscription?: string
  /** What came in by it, and is held. */
  delivery?: string
  /** A draft of the provider `made`. Nobody's where a test does not care. */
  llmConfig?: string
  /** An integration that offers no tool. Nobody's where a test does not care. */
  integration?: string
}

const RECEIVER = {
  subscriberType: 'HTTP',
  subscriberId: 'shop',
  config: { url: 'https://example.com/in' },
}

/** The agent of the events that `ingestUsageEvents` reports: it is known once they were. */
export const REPORTED_AGENT = 'valid-request'
const REPORTED_ENVIRONMENT = 'production'

/** What paths for people name where a test does not care. */
const NOBODY = newId()
const NO_TICKET = 'A'.repeat(43)

/** Where no model is. */
const MODEL_URL = 'https://models.example.invalid/v1'
const RUBRIC = { name: 'Made', description: 'Is it made well?' }
const newMetricKey = () => `made${newId().replaceAll('-', '').slice(-12)}`

/** A body that the operation accepts, by operation. An operation that is not here has none. */
const BODIES: Record<string, (targets: Targets) => unknown> = {
  createAgent: () => ({ id: `made-${newId().slice(-12)}`, displayName: 'Made' }),
  patchAgent: () => ({ description: 'described' }),
  restoreAgent: () => ({}),
  createAgentRevision: () => ({ instructions: 'Help.', provider: 'openai', model: 'gpt-5-mini' }),
  deployAgentRevision: () => ({ previousRevision: null }),
  executeAgent: () => ({ input: { topic: 'the EU AI Act' } }),
  evaluateAgent: ({ dataset }) => ({ datasetId: dataset ?? NOBODY }),
  cancelEvaluationRun: () => ({}),
  testAgent: () => ({ parameters: { topic: 'the EU AI Act' }, revision: 1 }),
  putAgentCollaborator: ({ admin }) => ({
    userId: admin ?? NOBODY,
    role: 'VIEWER',
    alertPreferences: { budgetAlerts: false },
  }),
  requestAgentAccess: () => ({ role: 'EDITOR', message: 'For the night shift.' }),
  approveAgentAccess: () => ({}),
  rejectAgentAccess: () => ({}),
  patchToken: () => ({ name: 'renamed' }),
  bulkRevokeTokens: ({ token }) => ({ tokenIds: [token] }),
  generateToken: () => ({ name: 'minted', scopes: ['keys:write'], expirationDays: 1 }),
  rotateToken: () => ({}),
  importTokens: () => ({
    tokens: [
      {
        name: 'imported',
        sha256: `${newId()}${newId()}`.replaceAll('-', ''),
        keyPrefix: 'fx_live_abc',
        last4: '1234',
        scopes: ['keys:write'],
        expiresAt: Date.now() + 3_600_000,
      },
    ],
  }),
  exportTraces: () => ({ resourceSpans: [] }),
  ingestUsageEvents: () => [
    {
      specversion: '1.0',
      id: newId(),
      source: 'valid-request',
      type: 'com.fruxon.usage.model-call',
      time: new Date().toISOString(),
      data: {
        provider: 'openai',
        model: 'gpt-4o',
        agent: REPORTED_AGENT,
        environment: REPORTED_ENVIRONMENT,
        inputTokens: 1,
      },
    },
  ],
  checkBudgets: () => ({ agent: REPORTED_AGENT }),
  putOrganizationBudget: () => ({ amount: 100 }),
  putTokenBudget: () => ({ amount: 50, enforceLimit: true }),
  putAgentBudget: () => ({ amount: 20, thresholdRules: [{ percent: 90 }] }),
  createEvaluationMetric: () => ({ key: newMetricKey(), ...RUBRIC }),
  putEvaluationMetric: () => ({ ...RUBRIC, defaultWeight: 30 }),
  deprecateEvaluationMetric: () => ({}),
  restoreEvaluationMetric: () => ({}),
  restoreEvaluationMetricVersion: () => ({}),
  cloneEvaluationMetric: () => ({ key: newMetricKey() }),
  tryEvaluationMetric: () => ({ input: 'Where?', output: 'Here.' }),
  importEvaluationMetrics: () => ({ metrics: [{ key: newMetricKey(), ...RUBRIC }] }),
  putAgentEvaluationMetrics: () => ({ evaluationMetrics: [{ metricId: SYSTEM_METRICS[0]?.id }] }),
  introspectToken: ({ secret }) => ({ token: secret }),
  createServiceAccount: () => ({ name: 'made', scopes: ['keys:write'], keyExpirationDays: 1 }),
  patchServiceAccount: () => ({ description: 'described' }),
  rotateServiceAccount: () => ({}),
  suspendServiceAccount: () => ({}),
  resumeServiceAccount: () => ({}),
  generateServiceAccountToken: () => ({ scopes: ['keys:write'], expirationDays: 1 }),
  patchOrganization: () => ({ website: 'https://example.test' }),
  patchTokenPolicy: () => ({ bearerMinting: true }),
  patchLeakPolicy: () => ({ onLeak: 'REVOKE' }),
  patchUser: () => ({ role: 'MEMBER' }),
  inviteUser: () => ({ email: `${newId()}@example.test`, role: 'MEMBER' }),
  patchOwnUser: () => ({ firstName: 'Renamed' }),
  acceptPendingInvitation: () => ({}),
  declinePendingInvitation: () => ({}),
  acceptInvitation: () => ({}),
  startDeviceAuthorization: () => ({ preset: 'observer', clientType: 'CLI' }),
  approveDeviceAuthorization: () => ({ preset: 'observer' }),
  denyDeviceAuthorization: () => ({}),
  createWebhook: () => ({
    name: 'made',
    provider: 'GENERIC',
    subscription: RECEIVER,
  }),
  patchWebhook: () => ({ name: 'renamed' }),
  rotateWebhookSecret: () => ({}),
  createWebhookSubscription: () => ({ ...RECEIVER, subscriberId: `made-${newId().slice(-12)}` }),
  patchWebhookSubscription: () => ({ eventFilter: 'push, invoice.*' }),
  rotateWebhookSubscriptionSecret: () => ({}),
  redeliverDeadWebhookDeliveries: () => ({}),
  redeliverWebhookDelivery: () => ({}),
  createLlmConfig: () => ({ displayName: 'Made', baseUrl: MODEL_URL, testModel: 'small' }),
  patchLlmConfig: () => ({ displayName: 'Renamed' }),
  testLlmProvider: () => ({
    config: { provider: 'made', baseUrl: MODEL_URL, testModel: 'small' },
  }),
  testLlmConfig: () => ({}),
  createDataset: () => ({ name: `Made ${newId()}` }),
  patchDataset: () => ({ description: 'described' }),
  replaceDatasetCases: () => ({ cases: [{ input: 'Where?', expected: 'Here.' }] }),
  addDatasetCases: () => ({ cases: [{ parameters: { topic: 'tea' } }] }),
  patchDatasetCase: () => ({ name: 'Renamed' }),
  createIntegration: () => ({ id: `made-${newId().slice(-12)}`, displayName: 'Made' }),
  patchIntegration: () => ({ description: 'described' }),
  patchIntegrationMcp: () => ({ description: 'described' }),
  rotateIntegrationMcpKey: () => ({}),
  callMcp: () => LIST_TOOLS,
  testMcp: () => LIST_TOOLS,
  deliverWebhook: () => ({ type: 'order.paid' }),
}

const LIST_TOOLS = { jsonrpc: '2.0', id: 1, method: 'tools/list' }

const QUERIES: Record<string, string> = {
  rotateServiceAccount: '?keyExpirationDays=1',
  listModelPriceHistory: '?provider=openai&model=gpt-4o',
  getAgentEnvironmentCostTimeseries: `?environment=${REPORTED_ENVIRONMENT}`,
}

/** A request that only a lack of rights can get refused. */
export function validRequest(
  operation: DocumentedOperation,
  tenant: string,
  targets: Targets,
): ApiCall {
  const id = operation.id.replace(/Deprecated$/, '')
  const body = BODIES[id]?.(targets)
  if (operation.body && body === undefined) {
    throw new Error(`${operation.id} takes a body: say here which one is valid.`)
  }
  const path = operation.path
    .replace('{tenant}', tenant)
    .replace('{token}', targets.token)
    .replace('{serviceAccount}', targets.serviceAccount)
    .replace('{user}', (answersRequest(operation) ? targets.admin : targets.user) ?? NOBODY)
    .replace('{webhookProvider}', 'generic')
    .replace('{webhookId}', targets.webhook ?? NOBODY)
    .replace(
      '{webhook}',
      (id === 'rotateWebhookSecret' ? targets.signedWebhook : targets.webhook) ?? NOBODY,
    )
    .replace('{subscription}', targets.subscription ?? NOBODY)
    .replace('{delivery}', targets.delivery ?? NOBODY)
    .replace('{integration}', targets.integration ?? NOBODY)
    .replace('{invoice}', NOBODY)
    .replace('{tenantId}', NOBODY)
    .replace('{ticket}', NO_TICKET)
    .replace('{deviceCode}', NO_TICKET)
    .replace('{userCode}', 'BCDF-GHJK')
    .replace('{execution}', targets.execution ?? NOBODY)
    .replace('{evaluationRun}', targets.evaluationRun ?? NOBODY)
    .replace('{agent}', agentOf(operation, targets))
    .replace('{revision}', isAgentItem(operation) ? '1' : '*')
    .replace('{metric}', targets.metric ?? NOBODY)
    .replace('{dataset}', targets.dataset ?? NOBODY)
    .replace('{case}', targets.case ?? NOBODY)
    .replace('{version}', '1')
    .replace('{llmProvider}', 'made')
    .replace('{llmConfig}', targets.llmConfig ?? NOBODY)
  const call: ApiCall = { method: operation.method, path: path + (QUERIES[id] ?? '') }
  return body === undefined ? call : { ...call, body }
}

/** What runs is deployed, what is known here can be changed, and usage and budgets go by a name that was reported. */
function agentOf(operation: DocumentedOperation, targets: Targets): string {
  if (runsAgent(operation)) return targets.runnableAgent ?? 'nobody'
  const known = operation.path.includes('{agent}:') || isAgentItem(operation)
  return known ? (targets.agent ?? 'nobody') : REPORTED_AGENT
}

/**
 * A live token of the person and a live service account with a token, for one request.
 * @param operation where given, no integration is made that it does not name: an organization has room for 100
 */
export async function freshTargets(
  organization: Organization,
  owner: Person,
  operation?: DocumentedOperation,
): Promise<Targets> {
  const namesIntegration = operation?.path.includes('{integration}') ?? true
  const token = await organization.token(owner, ['keys:write'], { expiresInMs: 3_600_000 })
  const account = await organization.serviceAccount(['keys:write'])
  const runnableAgent = await organization.runnableAgent(owner)
  const agent = await organization.agent(owner)
  await organization.accessRequest(agent, owner)
  await organization.scored(runnableAgent)
  await organization.token(account, ['keys:write'])
  const webhook = await organization.webhook()
  return {
    token: token.id,
    secret: token.secret,
    serviceAccount: account.serviceAccountId,
    ...{ agent, runnableAgent },
    evaluationRun: await organization.evaluation(agent),
    execution: await organization.execution(runnableAgent, owner),
    admin: owner.userId,
    metric: await organization.metric(),
    ...(await organization.dataset()),
    webhook,
    signedWebhook: await organization.signedWebhook(),
    subscription: await organization.subscription(webhook),
    delivery: await organization.delivery(webhook),
    llmConfig: await organization.llmConfig(),
    ...(namesIntegration && { integration: await organization.integration() }),
  }
}

/** True where one item is named: a foreign one is then a missing one. */
export function namesAnItem(operation: DocumentedOperation): boolean {
  return readScopeOfItem(operation) !== null || operation.path.includes('{webhook}')
}

/** What MCP clients call, by the key of the integration and by nothing else. */
export function isMcp({ scopes }: DocumentedOperation): boolean {
  return scopes.includes('mcp:invoke')
}

/** Usage, budgets and metrics of an agent are read by its name, whether or not it is known as an agent. */
function isAgentItem({ path }: DocumentedOperation): boolean {
  return /\/agents\/\{agent\}(?!\/budget|\/evaluationMetrics|\/revisions\/\{revision\}\/)/.test(
    path,
  )
}

/** Names somebody who waits for a role on an agent. */
function answersRequest({ path }: DocumentedOperation): boolean {
  return /\{user\}:(approve|reject)$/.test(path)
}

/** Whoever may run an agent need not be able to read it. */
function runsAgent({ path }: DocumentedOperation): boolean {
  return /\{agent\}:(execute|test|evaluate)$/.test(path)
}

/** Who holds it sees the item that is named; null where none is. */
export function readScopeOfItem(operation: DocumentedOperation): Scope | null {
  const { path } = operation
  if (/\{(token|serviceAccount)\}/.test(path)) return 'keys:read'
  if (/\{(metric|dataset)\}/.test(path)) return 'datasets:read'
  // Runs of evaluations show what datasets hold.
  if (/:evaluate$|\/evaluationRuns/.test(path)) return 'datasets:read'
  if (path.includes('{llmConfig}')) return 'llm_providers:read'
  if (isMcp(operation)) return null
  if (path.includes('{integration}')) return 'integrations:read'
  if (path.includes('{execution}')) return 'executions:read'
  if (!isAgentItem(operation) || runsAgent(operation)) return null
  return /\/(revisions|history)/.test(path) ? 'revisions:read' : 'agents:read'
}
