import type { Actor } from '@/lib/access/principal'

/** Everything that is written into the audit trail. */
export const AUDIT_EVENT_TYPES = [
  'MINTED',
  'ROTATED',
  'REVOKED',
  'UPDATED',
  'SCOPES_CHANGED',
  'USED_WHILE_REVOKED',
  'IMPORTED',
  'LEAK_REPORTED',
  'PROVISIONED',
  'ACCOUNT_UPDATED',
  'ACCOUNT_ROTATED',
  'SUSPENDED',
  'RESUMED',
  'ACCOUNT_REVOKED',
  'POLICY_CHANGED',
  'DEVICE_APPROVED',
  'DEVICE_DENIED',
  'BUDGET_SET',
  'BUDGET_DELETED',
  'METRIC_CREATED',
  'METRIC_CHANGED',
  'METRIC_DEPRECATED',
  'METRIC_RESTORED',
  'METRICS_IMPORTED',
  'AGENT_METRICS_SET',
  'EVALUATION_STARTED',
  'EVALUATION_CANCELLED',
  'DATASET_CREATED',
  'DATASET_UPDATED',
  'DATASET_CASES_CHANGED',
  'DATASET_DELETED',
  'AUDIT_EXPORTED',
  'ORGANIZATION_CREATED',
  'SIGNED_IN',
  'SIGNED_OUT',
  'MEMBER_INVITED',
  'INVITATION_RESENT',
  'INVITATION_WITHDRAWN',
  'INVITATION_DECLINED',
  'MEMBER_JOINED',
  'ROLE_CHANGED',
  'MEMBER_REMOVED',
  'MEMBER_LEFT',
  'ORGANIZATION_UPDATED',
  'ADDRESS_CHANGED',
  'DELETION_ASKED',
  'DELETION_CANCELLED',
  'ORGANIZATION_DELETED',
  'PROFILE_UPDATED',
  'PASSWORD_CHANGED',
  'EMAIL_CHANGED',
  'EMAIL_VERIFIED',
  'TWO_FACTOR_ENABLED',
  'TWO_FACTOR_DISABLED',
  'PASSKEY_ADDED',
  'PASSKEY_REMOVED',
  'RECOVERY_CODES_RENEWED',
  'RECOVERY_CODE_USED',
  'PRICE_SET',
  'PRICE_ENDED',
  'USAGE_RERATED',
  'TRIAL_STARTED',
  'TRIAL_ENDED',
  'PLAN_CHANGED',
  'PLAN_CHANGE_SCHEDULED',
  'PLAN_CHANGE_WITHDRAWN',
  'CANCELLATION_ASKED',
  'SUBSCRIPTION_RESUMED',
  'SUBSCRIPTION_ENDED',
  'BILLING_DETAILS_CHANGED',
  'INVOICE_ISSUED',
  'INVOICE_VOIDED',
  'CREDIT_NOTE_ISSUED',
  'PAYMENT_RECORDED',
  'AGENT_CREATED',
  'AGENT_UPDATED',
  'AGENT_PUBLISHED',
  'AGENT_UNPUBLISHED',
  'AGENT_ARCHIVED',
  'AGENT_RESTORED',
  'REVISION_CREATED',
  'REVISION_DEPLOYED',
  'COLLABORATOR_SET',
  'COLLABORATOR_REMOVED',
  'ACCESS_REQUESTED',
  'ACCESS_APPROVED',
  'ACCESS_DECLINED',
  'ACCESS_WITHDRAWN',
  'WEBHOOK_CREATED',
  'WEBHOOK_UPDATED',
  'WEBHOOK_PAUSED',
  'WEBHOOK_RESUMED',
  'WEBHOOK_SECRET_ROTATED',
  'WEBHOOK_DELETED',
  'WEBHOOK_SUBSCRIBER_ADDED',
  'WEBHOOK_SUBSCRIBER_UPDATED',
  'WEBHOOK_SUBSCRIBER_PAUSED',
  'WEBHOOK_SUBSCRIBER_RESUMED',
  'WEBHOOK_SUBSCRIBER_REMOVED',
  'DELIVERY_REPEATED',
  'DEAD_LETTER_REPEATED',
  'LLM_CONFIG_CREATED',
  'LLM_CONFIG_UPDATED',
  'LLM_CONFIG_KEY_SET',
  'LLM_CONFIG_TESTED',
  'LLM_CONFIG_REMOVED',
  'INTEGRATION_CREATED',
  'INTEGRATION_CHANGED',
  'INTEGRATION_REMOVED',
  'MCP_ENABLED',
  'MCP_DISABLED',
  'MCP_CHANGED',
  'MCP_KEY_ROTATED',
  'MCP_KEY_REVOKED',
] as const
export type AuditEventType = (typeof AUDIT_EVENT_TYPES)[number]

/** What events are about. */
export const AUDIT_TARGET_TYPES = [
  'token',
  'service-account',
  'organization',
  'agent',
  'agent-budget',
  'user',
  'invitation',
  'model-price',
  'usage',
  'invoice',
  'evaluation-metric',
  'agent-metrics',
  'dataset',
  'webhook',
  'llm-config',
  'integration',
] as const

export interface AuditTarget {
  type: (typeof AUDIT_TARGET_TYPES)[number]
  id: string
  label: string
  /** Set for tokens: history is read by family. */
  familyId: string | null
}

/** What a command hands to `record`; actor, time and request come from the context. */
export interface AuditEntry {
  eventType: AuditEventType
  target: AuditTarget
  /** Before and after, and whatever else tells the story. Never a secret. */
  details: Record<string, unknown>
}

export interface AuditEvent extends AuditEntry {
  id: string
  /** Place in the organization's chain, from 1. */
  seq: number
  organizationId: string
  /** Epoch ms by the database clock. */
  createdAt: number
  actor: Actor
  request: { id: string | null; channel: string; ip: string | null; userAgent: string | null }
  /** Hash of this event in hex; it covers the one before. */
  hash: string
}
