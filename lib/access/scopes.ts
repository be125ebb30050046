/**
 * The vocabulary of access: 18 resources, 41 scopes (product document "Tokens").
 * Picker, API catalogue, OpenAPI, presets and roles all derive from this table.
 */

export type Risk = 'low' | 'medium' | 'high'
/** Who turns a request away for lack of the scope: this product, or the agent runtime that trusts it. */
export type EnforcedBy = 'here' | 'runtime'

interface ActionRow {
  label: string
  /** Completes "This token can …". */
  phrase: string
  risk: Risk
  enforcedBy: EnforcedBy
}

interface ResourceRow {
  label: string
  description: string
  actions: Record<string, ActionRow>
}

const read = (what: string, enforcedBy: EnforcedBy = 'runtime'): ActionRow => ({
  label: 'Read',
  phrase: `read ${what}`,
  risk: 'low',
  enforcedBy,
})
const write = (
  what: string,
  risk: Risk = 'medium',
  enforcedBy: EnforcedBy = 'runtime',
): ActionRow => ({
  label: 'Write',
  phrase: `create and change ${what}`,
  risk,
  enforcedBy,
})
const special = (
  label: string,
  phrase: string,
  risk: Risk,
  enforcedBy: EnforcedBy = 'runtime',
): ActionRow => ({
  label,
  phrase,
  risk,
  enforcedBy,
})

export const RESOURCES = {
  agents: {
    label: 'Agents',
    description: 'Agent definitions and their runs.',
    actions: {
      read: read('agents', 'here'),
      write: write('agents', 'medium', 'here'),
      execute: special('Execute', 'run agents', 'high'),
      test: special('Test', 'test agents', 'medium'),
    },
  },
  revisions: {
    label: 'Revisions',
    description: 'Versions of an agent, and which one is live.',
    actions: {
      read: read('revisions', 'here'),
      write: write('revisions', 'medium', 'here'),
      deploy: special('Deploy', 'deploy revisions', 'high', 'here'),
    },
  },
  integrations: {
    label: 'Integrations',
    description: 'Connections to other systems and their settings.',
    actions: { read: read('integrations'), write: write('integrations', 'high') },
  },
  tools: {
    label: 'Tools',
    description: 'What agents may call.',
    actions: {
      read: read('tools'),
      write: write('tools'),
      test: special('Test', 'test tools', 'medium'),
    },
  },
  executions: {
    label: 'Executions',
    description: 'Records of agent runs.',
    actions: { read: read('executions') },
  },
  traces: {
    label: 'Traces',
    description: 'Step-by-step telemetry of runs.',
    actions: { read: read('traces'), write: { ...write('traces', 'low'), phrase: 'write traces' } },
  },
  skills: {
    label: 'Skills',
    description: 'Reusable agent abilities.',
    actions: { read: read('skills'), write: write('skills') },
  },
  llm_providers: {
    label: 'LLM providers',
    description: 'Model providers and their configuration.',
    actions: {
      read: read('LLM providers'),
      write: write('LLM providers', 'high'),
      test: special('Test', 'test LLM providers', 'medium'),
    },
  },
  datasets: {
    label: 'Datasets',
    description: 'Evaluation cases.',
    actions: { read: read('datasets'), write: write('datasets') },
  },
  assets: {
    label: 'Assets',
    description: 'Files and knowledge-base documents.',
    actions: { read: read('assets'), write: write('assets') },
  },
  triggers: {
    label: 'Triggers',
    description: 'Schedules and events that start agents.',
    actions: {
      read: read('triggers'),
      write: write('triggers'),
      fire: special('Fire', 'fire triggers', 'high'),
    },
  },
  participants: {
    label: 'Participants',
    description: 'People and systems that agents talk to.',
    actions: {
      read: read('participants'),
      write: write('participants'),
      send: special('Send', 'send messages to participants', 'high'),
    },
  },
  connectors: {
    label: 'Connectors',
    description: 'Messaging channels of agents.',
    actions: {
      read: read('connectors'),
      write: write('connectors', 'high'),
      test: special('Test', 'test connectors', 'medium'),
    },
  },
  chat_users: {
    label: 'Chat users',
    description: 'End users known from conversations.',
    actions: { read: read('chat users'), write: write('chat users') },
  },
  keys: {
    label: 'Tokens',
    description: 'Personal tokens, service accounts, their history and activity.',
    actions: {
      read: read('tokens, service accounts and their history', 'here'),
      write: {
        label: 'Write',
        phrase: 'mint, rotate and revoke tokens',
        risk: 'high',
        enforcedBy: 'here',
      },
    },
  },
  organization: {
    label: 'Organization',
    description: 'Organization settings, policy and audit log.',
    actions: {
      read: read('organization settings and the audit log', 'here'),
      write: {
        ...write('organization settings', 'high', 'here'),
        phrase: 'change organization settings',
      },
    },
  },
  inbound: {
    label: 'Inbound delivery',
    description: 'Webhook and connector deliveries from outside.',
    actions: { deliver: special('Deliver', 'deliver inbound webhooks', 'medium') },
  },
  mcp: {
    label: 'MCP',
    description: 'Tools exposed over the Model Context Protocol.',
    actions: { invoke: special('Invoke', 'invoke MCP tools', 'high') },
  },
} as const satisfies Record<string, ResourceRow>

type Resources = typeof RESOURCES
export type Resource = keyof Resources
/** `resource:action`, one of the 41. */
export type Scope = {
  [R in Resource]: `${R}:${Extract<keyof Resources[R]['actions'], string>}`
}[Resource]

export interface ScopeFact extends ActionRow {
  id: Scope
  resource: Resource
  action: string
}

/** All 41 scopes in catalogue order. */
export const SCOPE_FACTS: readonly ScopeFact[] = Object.entries(RESOURCES).flatMap(
  ([resource, row]) =>
    Object.entries(row.actions as Record<string, ActionRow>).map(([action, facts]) => ({
      ...facts,
      id: `${resource}:${action}` as Scope,
      resource: resource as Resource,
      action,
    })),
)

export const ALL_SCOPES: readonly Scope[] = SCOPE_FACTS.map((fact) => fact.id)

const factById = new Map(SCOPE_FACTS.map((fact) => [fact.id as string, fact]))
const orderById = new Map(ALL_SCOPES.map((scope, index) => [scope as string, index]))

/** True for exactly the 41 ids: no other case, no padding. */
export function isScope(value: string): value is Scope {
  return factById.has(value)
}

/** Facts of one scope. */
export function scopeFact(scope: Scope): ScopeFact {
  const fact = factById.get(scope)
  if (!fact) throw new RangeError(`Unknown scope ${scope}`)
  return fact
}

/** Each scope once, in catalogue order: the only form in which scopes are stored or shown. */
export function normalizeScopes(scopes: Iterable<Scope>): Scope[] {
  return [...new Set(scopes)].sort((a, b) => (orderById.get(a) ?? 0) - (orderById.get(b) ?? 0))
}
