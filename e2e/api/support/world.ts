import pg from 'pg'
import { Contract } from '@/e2e/api/support/contract'
import { type ApiAnswer, type ApiCall, callApi } from '@/e2e/support/api-client'
import { insertDatasetRow } from '@/e2e/support/dataset-row'
import { insertAgentMetric, insertEvaluationRow } from '@/e2e/support/evaluation-row'
import { insertIntegrationRow } from '@/e2e/support/integration-row'
import { type Product, type ProductOptions, startProduct } from '@/e2e/support/product'
import { insertTokenRow } from '@/e2e/support/token-row'
import { insertDeliveryRow, insertReceiverRow, insertWebhookRow } from '@/e2e/support/webhook-row'
import type { Role } from '@/lib/access/roles'
import type { Scope } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'

/** Of endpoints that are not fired; they are paused. */
const NOWHERE = { url: 'https://example.com/in', paused: true }

/** A running product, its database, and organizations made to order. */
export interface World {
  product: Product
  /** The product's own database: what a black-box answer claims is checked against it. */
  pool: pg.Pool
  contract: Contract
  /** A call whose answer must keep the OpenAPI document. @throws Error naming each fault */
  call(call: ApiCall): Promise<ApiAnswer>
  /** The same for one token. */
  as(token: Pick<Token, 'secret'>): Caller
  organization(policy?: Policy): Promise<Organization>
  close(): Promise<void>
}

export interface Caller {
  get(path: string, headers?: Record<string, string>): Promise<ApiAnswer>
  /** No body where `body` is undefined. */
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>
  patch(path: string, body: unknown): Promise<ApiAnswer>
  delete(path: string): Promise<ApiAnswer>
}

export interface Policy {
  maxLifetimeDays?: number
  expiryRequired?: boolean
  bearerMinting?: boolean
}

export interface Organization {
  id: string
  slug: string
  /** /v1/tenants/<slug> */
  path: string
  person(role: Role): Promise<Person>
  /** Makes somebody of another organization a member of this one too. */
  join(person: Person, role: Role): Promise<void>
  serviceAccount(scopes: readonly Scope[]): Promise<Account>
  /** With one revision, made by the person. @returns its id */
  agent(maker: Person): Promise<string>
  /** What the person waits for on an agent, whatever they have on it. */
  accessRequest(agent: string, asker: Person): Promise<void>
  /** The same deployed, with a topic as its parameter, on the provider that calls no model. @returns its id */
  runnableAgent(maker: Person, provider?: string): Promise<string>
  /** A run of the agent that is done. @returns its id */
  execution(agent: string, maker: Person): Promise<string>
  /** Has it scored by one metric that is judged. */
  scored(agent: string): Promise<void>
  /** A run of its evaluation that has ended. @returns its id */
  evaluation(agent: string): Promise<string>
  /** A paused endpoint that takes deliveries of tokens. @returns its id */
  webhook(): Promise<string>
  /** The same of a sender that signs, without its secret; one for all who ask. */
  signedWebhook(): Promise<string>
  /** A receiver of an endpoint. @returns the id of its subscription */
  subscription(webhookId: string): Promise<string>
  /** What came in by an endpoint, and is held. */
  delivery(webhookId: string): Promise<string>
  /** An integration that offers no tool, without a key. @returns its id */
  integration(): Promise<string>
  token(owner: Person | Account, scopes: readonly Scope[], traits?: TokenTraits): Promise<Token>
  /** An evaluation metric of its own; answers its id. */
  metric(): Promise<string>
  /** A dataset of one case: their ids. */
  dataset(): Promise<{ dataset: string; case: string }>
  /** A draft of the provider `made`, without a key; answers its id. */
  llmConfig(): Promise<string>
}

export interface Person {
  userId: string
  displayName: string
}

export interface Account {
  serviceAccountId: string
  name: string
}

export interface Token {
  id: string
  secret: string
}

interface TokenTraits {
  name?: string
  /** null = never expires. */
  expiresInMs?: number | null
}

/** Starts the API alone, with logging on, and opens its database beside it. */
export async function createWorld(options: ProductOptions = {}): Promise<World> {
  const product = await startProduct({ apiOnly: true, ...options })
  const pool = new pg.Pool({ connectionString: product.databaseUrl, max: 4 })
  // The crash tests end the database under it.
  pool.on('error', () => undefined)
  const contract = await Contract.of(product.url)
  const call = (wish: ApiCall) => callKeeping(contract, product.url, wish)
  return {
    product,
    pool,
    contract,
    call,
    as: ({ secret }) => callerOf(call, secret),
    organization: (policy) => insertOrganization(pool, product.tokenPepper, policy ?? {}),
    async close() {
      await pool.end()
      await product.stop()
    },
  }
}

/** The methods of `call`, with one token. */
export function callerOf(call: World['call'], token: string): Caller {
  return {
    get: (path, headers = {}) => call({ path, token, headers }),
    post: (path, body, headers = {}) => call({ method: 'POST', path, token, headers, body }),
    patch: (path, body) => call({ method: 'PATCH', path, token, body }),
    delete: (path) => call({ method: 'DELETE', path, token }),
  }
}

/** The call, and an Error for every promise of the document that its answer breaks. */
export async function callKeeping(
  contract: Contract,
  url: string,
  call: ApiCall,
): Promise<ApiAnswer> {
  const answer = await callApi(url, call)
  const faults = contract.faults(call, answer)
  if (faults.length > 0) {
    throw new Error(
      `${call.method ?? 'GET'} ${call.path} answered ${answer.status}:\n${faults.join('\n')}\n${answer.text}`,
    )
  }
  return answer
}

async function insertOrganization(
  pool: pg.Pool,
  tokenPepper: string,
  policy: Policy,
): Promise<Organization> {
  const id = newId()
  const slug = `org-${id.slice(-12)}`
  await pool.query(
    `INSERT INTO organizations (id, slug, name, token_max_lifetime_days, token_expiry_required,
       token_bearer_minting) VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      id,
      slug,
      `Organization ${slug}`,
      policy.maxLifetimeDays ?? null,
      policy.expiryRequired ?? false,
      policy.bearerMinting ?? true,
    ],
  )
  const join = async (person: Person, role: Role) => {
    await pool.query(
      'INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, $3::role)',
      [id, person.userId, role],
    )
  }
  let signedWebhook: Promise<string> | undefined
  return {
    id,
    slug,
    path: `/v1/tenants/${slug}`,
    join,
    async person(role) {
      const person = await insertPerson(pool, role)
      await join(person, role)
      return person
    },
    serviceAccount: (scopes) => insertServiceAccount(pool, id, scopes),
    agent: (maker) => insertAgent(pool, id, maker),
    accessRequest: (agent, asker) => insertAccessRequest(pool, id, agent, asker),
    runnableAgent: (maker, provider = 'local') => insertRunnableAgent(pool, id, maker, provider),
    execution: (agent, maker) => insertExecution(pool, id, agent, maker),
    scored: (agent) => insertAgentMetric(pool, id, agent),
    evaluation: (agent) => insertEvaluationRow(pool, id, agent),
    metric: () => insertMetric(pool, id),
    dataset: () => insertDatasetRow(pool, id),
    // Never forwarded, so its secrets need not be of this installation.
    llmConfig: () => insertLlmConfig(pool, id),
    webhook: () => insertWebhookRow(pool, 'of the tests', { ...NOWHERE, organizationId: id }),
    signedWebhook() {
      const row = { ...NOWHERE, organizationId: id, provider: 'STANDARD' as const }
      signedWebhook ??= insertWebhookRow(pool, 'of the tests', row)
      return signedWebhook
    },
    subscription: (webhookId) =>
      insertReceiverRow(pool, 'of the tests', { organizationId: id, webhookId, url: NOWHERE.url }),
    delivery: (webhookId) => insertDeliveryRow(pool, { organizationId: id, webhookId }),
    integration: () => insertIntegrationRow(pool, id),
    token: (owner, scopes, traits = {}) =>
      insertTokenRow(pool, tokenPepper, { organizationId: id, owner, scopes, ...traits }),
  }
}

/** The same one until it is removed: an organization has room for so many. */
async function insertLlmConfig(pool: pg.Pool, organizationId: string): Promise<string> {
  const id = `${organizationId.slice(0, -4)}0000`
  await pool.query(
    `INSERT INTO llm.provider_config (organization_id, id, provider, display_name, base_url, test_model, enabled,
       is_default, created_by_label, created_at, modified_at)
     VALUES ($1, $2, 'made', 'Made', 'https://127.0.0.1/v1', 'small', false, false, 'Test', now(), now())
     ON CONFLICT DO NOTHING`,
    [organizationId, id],
  )
  return id
}

async function insertPerson(pool: pg.Pool, role: Role): Promise<Person> {
  const userId = newId()
  const displayName = `${role.toLowerCase()} ${userId.slice(-4)}`
  await pool.query('INSERT INTO users (id, email, display_name) VALUES ($1, $2, $3)', [
    userId,
    `${userId}@example.test`,
    displayName,
  ])
  return { userId, displayName }
}

async function insertServiceAccount(
  pool: pg.Pool,
  organizationId: string,
  scopes: readonly Scope[],
): Promise<Account> {
  const serviceAccountId = newId()
  const name = `worker ${serviceAccountId.slice(-4)}`
  await pool.query(
    `INSERT INTO service_accounts (organization_id, id, name, scopes, created_by_label)
     VALUES ($1, $2, $3, $4, 'Test')`,
    [organizationId, serviceAccountId, name, scopes],
  )
  return { serviceAccountId, name }
}

async function insertRunnableAgent(
  pool: pg.Pool,
  organizationId: string,
  maker: Person,
  provider: string,
): Promise<string> {
  const topic = { name: 'topic', type: 'STRING', required: false, description: '' }
  const parts = { instructions: 'Write about {{topic}}.', provider, parameters: [topic] }
  const id = await insertAgent(pool, organizationId, maker, parts)
  await pool.query(
    'UPDATE agents.agent SET deployed_revision = 1 WHERE organization_id = $1 AND id = $2',
    [organizationId, id],
  )
  return id
}

async function insertAccessRequest(
  pool: pg.Pool,
  organizationId: string,
  agent: string,
  { userId }: Person,
): Promise<void> {
  await pool.query(
    `INSERT INTO agents.access_request (organization_id, agent_uid, user_id, id, role, message, state, created_at,
       modified_at, expires_at)
     SELECT organization_id, uid, $3, $4, 'VIEWER', '', 'PENDING', now(), now(), now() + interval '1 day'
     FROM agents.agent WHERE organization_id = $1 AND id = $2`,
    [organizationId, agent, userId, newId()],
  )
}

async function insertExecution(
  pool: pg.Pool,
  organizationId: string,
  agent: string,
  { userId, displayName }: Person,
): Promise<string> {
  const id = newId()
  await pool.query(
    `INSERT INTO execution.run (organization_id, id, agent_uid, agent_id, revision, session_id, maker_kind, maker_id,
       maker_label, request_id, origin, provider, model, model_origin, status, started_at, expires_at, finished_at)
     SELECT $1, $2, uid, id, 1, 'session', 'PERSON', $4, $5, 'request', 'PRODUCTION', 'local', 'echo', 'LOCAL',
       'SUCCEEDED', now(), now(), now()
     FROM agents.agent WHERE organization_id = $1 AND id = $3`,
    [organizationId, id, agent, userId, displayName],
  )
  return id
}

async function insertAgent(
  pool: pg.Pool,
  organizationId: string,
  maker: Person,
  parts: Record<string, unknown> = {},
): Promise<string> {
  const uid = newId()
  const id = `agent-${uid.slice(-12)}`
  const made = [maker.userId, maker.displayName]
  await pool.query(
    `INSERT INTO agents.agent (organization_id, uid, id, display_name, description, revision_count, created_at,
       modified_at, maker_kind, maker_id, maker_label)
     VALUES ($1, $2, $3, $3, '', 1, now(), now(), 'PERSON', $4, $5)`,
    [organizationId, uid, id, ...made],
  )
  await pool.query(
    `INSERT INTO agents.revision (organization_id, agent_uid, number, definition, comment, created_at,
       maker_kind, maker_id, maker_label) VALUES ($1, $2, 1, $3, '', now(), 'PERSON', $4, $5)`,
    [
      organizationId,
      uid,
      {
        instructions: 'Help.',
        provider: 'openai',
        model: 'gpt-5-mini',
        parameters: [],
        temperature: null,
        maxOutputTokens: null,
        ...parts,
      },
      ...made,
    ],
  )
  return id
}

async function insertMetric(pool: pg.Pool, organizationId: string): Promise<string> {
  const id = newId()
  const key = `metric${id.replaceAll('-', '').slice(-12)}`
  await pool.query(
    `INSERT INTO evaluation.metric (organization_id, id, key, version, source, created_at, modified_at, created_by)
     VALUES ($1, $2, $3, 1, 'IMPORTED', now(), now(), 'Test')`,
    [organizationId, id, key],
  )
  await pool.query(
    `INSERT INTO evaluation.metric_version (organization_id, metric_id, version, name, description,
       default_weight, levels, pass_score, created_at, created_by)
     VALUES ($1, $2, 1, 'Made', 'Is it made?', 10, $3, 1, now(), 'Test')`,
    [
      organizationId,
      id,
      JSON.stringify([
        { score: 0, label: 'No', description: '' },
        { score: 1, label: 'Yes', description: '' },
      ]),
    ],
  )
  return id
}
