import { AGENT_BUDGET_OPERATIONS } from '@/app/v1/_api/agent-budgets'
import { AGENT_COLLABORATOR_OPERATIONS } from '@/app/v1/_api/agent-collaborators'
import { AGENT_EVALUATION_METRIC_OPERATIONS } from '@/app/v1/_api/agent-evaluation-metrics'
import { AGENT_REVISION_OPERATIONS } from '@/app/v1/_api/agent-revisions'
import { AGENT_SERIES_OPERATIONS } from '@/app/v1/_api/agent-series'
import { AGENT_USAGE_OPERATIONS } from '@/app/v1/_api/agent-usage'
import { AGENT_OPERATIONS } from '@/app/v1/_api/agents'
import { API_KEY_OPERATIONS } from '@/app/v1/_api/api-keys'
import { AUDIT_OPERATIONS } from '@/app/v1/_api/audit-events'
import { DIAGNOSTIC_OPERATIONS } from '@/app/v1/_api/auth-health'
import { BILLING_OPERATIONS } from '@/app/v1/_api/billing'
import { BUDGET_OPERATIONS } from '@/app/v1/_api/budgets'
import { DATASET_CASE_OPERATIONS } from '@/app/v1/_api/dataset-cases'
import { DATASET_OPERATIONS } from '@/app/v1/_api/datasets'
import { DEVICE_AUTHORIZATION_OPERATIONS } from '@/app/v1/_api/device-authorizations'
import { EVALUATION_METRIC_VERSION_OPERATIONS } from '@/app/v1/_api/evaluation-metric-versions'
import { EVALUATION_METRIC_OPERATIONS } from '@/app/v1/_api/evaluation-metrics'
import { EVALUATION_OPERATIONS } from '@/app/v1/_api/evaluations'
import { EXECUTION_OPERATIONS } from '@/app/v1/_api/executions'
import { DELIVERY_OPERATION } from '@/app/v1/_api/inbound-operation'
import { INTEGRATION_OPERATIONS } from '@/app/v1/_api/integrations'
import { INTROSPECTION_OPERATIONS } from '@/app/v1/_api/introspection'
import { INVOICE_OPERATIONS } from '@/app/v1/_api/invoices'
import { LEAK_OPERATIONS } from '@/app/v1/_api/leak-reports'
import { LLM_PROVIDER_OPERATIONS } from '@/app/v1/_api/llm-providers'
import { MCP_OPERATIONS } from '@/app/v1/_api/mcp'
import { MEMBER_OPERATIONS } from '@/app/v1/_api/members'
import { MODEL_PRICE_OPERATIONS } from '@/app/v1/_api/model-prices'
import type { AnyOperation } from '@/app/v1/_api/operation'
import { ORGANIZATION_OPERATIONS } from '@/app/v1/_api/organization'
import { OWN_ACCOUNT_OPERATIONS } from '@/app/v1/_api/own-account'
import { OWN_INVITATION_OPERATIONS } from '@/app/v1/_api/own-invitations'
import { SERVICE_ACCOUNT_HISTORY_OPERATIONS } from '@/app/v1/_api/service-account-history'
import { SERVICE_ACCOUNT_OPERATIONS } from '@/app/v1/_api/service-accounts'
import { TOKEN_HISTORY_OPERATIONS } from '@/app/v1/_api/token-history'
import { TOKEN_ISSUANCE_OPERATIONS } from '@/app/v1/_api/token-issuance'
import { TOKEN_POLICY_OPERATIONS } from '@/app/v1/_api/token-policy'
import { TOKEN_OPERATIONS } from '@/app/v1/_api/tokens'
import { USAGE_INTAKE_OPERATIONS } from '@/app/v1/_api/usage-intake'
import { WEBHOOK_DELIVERY_OPERATIONS } from '@/app/v1/_api/webhook-deliveries'
import { WEBHOOK_SUBSCRIPTION_OPERATIONS } from '@/app/v1/_api/webhook-subscriptions'
import { WEBHOOK_OPERATIONS } from '@/app/v1/_api/webhooks'

/** Every operation of the API: routes, OpenAPI and the documentation page all come from this list. */
export const OPERATIONS: readonly AnyOperation[] = [
  ...TOKEN_OPERATIONS,
  ...TOKEN_ISSUANCE_OPERATIONS,
  ...INTROSPECTION_OPERATIONS,
  ...TOKEN_HISTORY_OPERATIONS,
  ...LEAK_OPERATIONS,
  ...SERVICE_ACCOUNT_OPERATIONS,
  ...SERVICE_ACCOUNT_HISTORY_OPERATIONS,
  ...AGENT_OPERATIONS,
  ...AGENT_REVISION_OPERATIONS,
  ...AGENT_COLLABORATOR_OPERATIONS,
  ...EXECUTION_OPERATIONS,
  ...USAGE_INTAKE_OPERATIONS,
  ...AGENT_USAGE_OPERATIONS,
  ...BUDGET_OPERATIONS,
  ...AGENT_BUDGET_OPERATIONS,
  ...MODEL_PRICE_OPERATIONS,
  ...AGENT_SERIES_OPERATIONS,
  ...LLM_PROVIDER_OPERATIONS,
  ...EVALUATION_METRIC_OPERATIONS,
  ...EVALUATION_METRIC_VERSION_OPERATIONS,
  ...AGENT_EVALUATION_METRIC_OPERATIONS,
  ...EVALUATION_OPERATIONS,
  ...DATASET_OPERATIONS,
  ...DATASET_CASE_OPERATIONS,
  ...BILLING_OPERATIONS,
  ...INVOICE_OPERATIONS,
  ...AUDIT_OPERATIONS,
  ...ORGANIZATION_OPERATIONS,
  ...MEMBER_OPERATIONS,
  ...OWN_ACCOUNT_OPERATIONS,
  ...OWN_INVITATION_OPERATIONS,
  ...TOKEN_POLICY_OPERATIONS,
  ...DEVICE_AUTHORIZATION_OPERATIONS,
  ...INTEGRATION_OPERATIONS,
  ...MCP_OPERATIONS,
  DELIVERY_OPERATION,
  ...WEBHOOK_OPERATIONS,
  ...WEBHOOK_SUBSCRIPTION_OPERATIONS,
  ...WEBHOOK_DELIVERY_OPERATIONS,
  ...DIAGNOSTIC_OPERATIONS,
  ...API_KEY_OPERATIONS,
]
