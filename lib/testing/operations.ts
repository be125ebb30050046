import { AGENT_OPERATIONS } from '@/lib/testing/agent-operations'
import { BILLING_OPERATIONS } from '@/lib/testing/billing-operations'
import { BUDGET_OPERATIONS } from '@/lib/testing/budget-operations'
import { DATASET_OPERATIONS } from '@/lib/testing/dataset-operations'
import { DEVICE_OPERATIONS } from '@/lib/testing/device-operations'
import { EVALUATION_METRIC_OPERATIONS } from '@/lib/testing/evaluation-metric-operations'
import { EVALUATION_OPERATIONS } from '@/lib/testing/evaluation-operations'
import { EXECUTION_OPERATIONS } from '@/lib/testing/execution-operations'
import { IDENTITY_OPERATIONS } from '@/lib/testing/identity-operations'
import { INBOUND_OPERATIONS } from '@/lib/testing/inbound-operations'
import { INTEGRATION_OPERATIONS } from '@/lib/testing/integration-operations'
import { INVOICE_OPERATIONS } from '@/lib/testing/invoice-operations'
import { LEAK_OPERATIONS } from '@/lib/testing/leak-operations'
import { LLM_PROVIDER_OPERATIONS } from '@/lib/testing/llm-provider-operations'
import type { Operation } from '@/lib/testing/operation'
import { ORGANIZATION_OPERATIONS } from '@/lib/testing/organization-operations'
import { PAYMENT_OPERATIONS } from '@/lib/testing/payment-operations'
import { PERSON_OPERATIONS } from '@/lib/testing/person-operations'
import { PRICE_LIST_OPERATIONS } from '@/lib/testing/price-list-operations'
import { PRICE_OPERATIONS } from '@/lib/testing/price-operations'
import { PROJECTION_OPERATIONS } from '@/lib/testing/projection-operations'
import { REQUEST_AND_STORAGE_OPERATIONS } from '@/lib/testing/request-and-storage-operations'
import { TOKEN_OPERATIONS } from '@/lib/testing/token-operations'
import { USAGE_OPERATIONS } from '@/lib/testing/usage-operations'

/** Every query and command of the core by the name of its function; architecture.test.ts sees to "every". */
export const OPERATIONS: Record<string, Operation> = {
  ...TOKEN_OPERATIONS,
  ...LEAK_OPERATIONS,
  ...IDENTITY_OPERATIONS,
  ...DEVICE_OPERATIONS,
  ...ORGANIZATION_OPERATIONS,
  ...PERSON_OPERATIONS,
  ...USAGE_OPERATIONS,
  ...BUDGET_OPERATIONS,
  ...EVALUATION_METRIC_OPERATIONS,
  ...EVALUATION_OPERATIONS,
  ...DATASET_OPERATIONS,
  ...BILLING_OPERATIONS,
  ...PROJECTION_OPERATIONS,
  ...PRICE_LIST_OPERATIONS,
  ...REQUEST_AND_STORAGE_OPERATIONS,
  ...PRICE_OPERATIONS,
  ...INVOICE_OPERATIONS,
  ...PAYMENT_OPERATIONS,
  ...AGENT_OPERATIONS,
  ...EXECUTION_OPERATIONS,
  ...INBOUND_OPERATIONS,
  ...LLM_PROVIDER_OPERATIONS,
  ...INTEGRATION_OPERATIONS,
}
