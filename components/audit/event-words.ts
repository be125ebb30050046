import type { Tone } from '@/components/ui/badge'
import type { AuditEventType, AuditTarget } from '@/lib/audit/events'

/** Audit events in plain words. */

interface EventWords {
  /** For filters. */
  label: string
  /** Completes "Ada …"; followed by kind and name of the target unless `alone`. */
  verb: string
  tone: Tone
  /** The verb says it all: who signs in needs no target. */
  alone?: true
}

const WORDS: Record<AuditEventType, EventWords> = {
  MINTED: { label: 'Token created', verb: 'created', tone: 'success' },
  ROTATED: { label: 'Token rotated', verb: 'rotated', tone: 'info' },
  REVOKED: { label: 'Token revoked', verb: 'revoked', tone: 'danger' },
  UPDATED: { label: 'Token edited', verb: 'edited', tone: 'neutral' },
  SCOPES_CHANGED: { label: 'Scopes changed', verb: 'changed the scopes of', tone: 'warning' },
  USED_WHILE_REVOKED: {
    label: 'Used while revoked',
    verb: 'presented a dead secret of',
    tone: 'danger',
  },
  IMPORTED: { label: 'Key imported', verb: 'imported', tone: 'info' },
  LEAK_REPORTED: { label: 'Leak reported', verb: 'received a leak report of', tone: 'danger' },
  PROVISIONED: { label: 'Service account created', verb: 'created', tone: 'success' },
  ACCOUNT_UPDATED: { label: 'Service account edited', verb: 'edited', tone: 'neutral' },
  ACCOUNT_ROTATED: {
    label: 'Service account rotated',
    verb: 'rotated all tokens of',
    tone: 'info',
  },
  SUSPENDED: { label: 'Service account suspended', verb: 'suspended', tone: 'warning' },
  RESUMED: { label: 'Service account resumed', verb: 'resumed', tone: 'success' },
  ACCOUNT_REVOKED: { label: 'Service account revoked', verb: 'revoked', tone: 'danger' },
  POLICY_CHANGED: { label: 'Policy changed', verb: 'changed the token policy of', tone: 'warning' },
  DEVICE_APPROVED: {
    label: 'Device approved',
    verb: 'let a device sign in',
    tone: 'warning',
    alone: true,
  },
  DEVICE_DENIED: {
    label: 'Device denied',
    verb: 'turned a device away',
    tone: 'neutral',
    alone: true,
  },
  BUDGET_SET: { label: 'Budget set', verb: 'set the budget of', tone: 'warning' },
  BUDGET_DELETED: { label: 'Budget removed', verb: 'removed the budget of', tone: 'danger' },
  METRIC_CREATED: { label: 'Metric created', verb: 'created', tone: 'success' },
  METRIC_CHANGED: { label: 'Metric changed', verb: 'changed', tone: 'warning' },
  METRIC_DEPRECATED: { label: 'Metric deprecated', verb: 'deprecated', tone: 'danger' },
  METRIC_RESTORED: { label: 'Metric restored', verb: 'restored', tone: 'success' },
  METRICS_IMPORTED: { label: 'Metrics imported', verb: 'imported metrics into', tone: 'warning' },
  AGENT_METRICS_SET: {
    label: 'Metrics of an agent set',
    verb: 'chose the metrics of',
    tone: 'warning',
  },
  EVALUATION_STARTED: {
    label: 'Evaluation started',
    verb: 'started an evaluation of',
    tone: 'info',
  },
  EVALUATION_CANCELLED: {
    label: 'Evaluation cancelled',
    verb: 'cancelled an evaluation of',
    tone: 'neutral',
  },
  DATASET_CREATED: { label: 'Dataset created', verb: 'created', tone: 'success' },
  DATASET_UPDATED: { label: 'Dataset edited', verb: 'edited', tone: 'neutral' },
  DATASET_CASES_CHANGED: {
    label: 'Cases of a dataset changed',
    verb: 'changed the cases of',
    tone: 'warning',
  },
  DATASET_DELETED: { label: 'Dataset deleted', verb: 'deleted', tone: 'danger' },
  AUDIT_EXPORTED: {
    label: 'Audit log exported',
    verb: 'exported the audit log of',
    tone: 'neutral',
  },
  ORGANIZATION_CREATED: { label: 'Organization created', verb: 'created', tone: 'success' },
  SIGNED_IN: { label: 'Signed in', verb: 'signed in', tone: 'neutral', alone: true },
  SIGNED_OUT: { label: 'Signed out', verb: 'signed out', tone: 'neutral', alone: true },
  MEMBER_INVITED: { label: 'Person invited', verb: 'created', tone: 'info' },
  INVITATION_RESENT: { label: 'Invitation resent', verb: 'resent', tone: 'neutral' },
  INVITATION_WITHDRAWN: { label: 'Invitation withdrawn', verb: 'withdrew', tone: 'warning' },
  INVITATION_DECLINED: { label: 'Invitation declined', verb: 'declined', tone: 'neutral' },
  MEMBER_JOINED: { label: 'Member joined', verb: 'joined as', tone: 'success' },
  ROLE_CHANGED: { label: 'Role changed', verb: 'changed the role of', tone: 'warning' },
  MEMBER_REMOVED: { label: 'Member removed', verb: 'removed', tone: 'danger' },
  MEMBER_LEFT: { label: 'Member left', verb: 'left', tone: 'warning' },
  ORGANIZATION_UPDATED: { label: 'Organization edited', verb: 'edited', tone: 'neutral' },
  ADDRESS_CHANGED: { label: 'Address changed', verb: 'changed the address of', tone: 'warning' },
  DELETION_ASKED: { label: 'Deletion asked for', verb: 'asked to delete', tone: 'danger' },
  DELETION_CANCELLED: { label: 'Deletion called off', verb: 'restored', tone: 'success' },
  ORGANIZATION_DELETED: { label: 'Organization deleted', verb: 'deleted', tone: 'danger' },
  PROFILE_UPDATED: {
    label: 'Profile edited',
    verb: 'edited their profile',
    tone: 'neutral',
    alone: true,
  },
  PASSWORD_CHANGED: {
    label: 'Password changed',
    verb: 'changed their password',
    tone: 'warning',
    alone: true,
  },
  EMAIL_CHANGED: {
    label: 'E-mail changed',
    verb: 'changed their e-mail address',
    tone: 'warning',
    alone: true,
  },
  EMAIL_VERIFIED: {
    label: 'E-mail verified',
    verb: 'verified their e-mail address',
    tone: 'success',
    alone: true,
  },
  TWO_FACTOR_ENABLED: {
    label: 'Authenticator app added',
    verb: 'added an authenticator app',
    tone: 'success',
    alone: true,
  },
  TWO_FACTOR_DISABLED: {
    label: 'Authenticator app removed',
    verb: 'removed their authenticator app',
    tone: 'warning',
    alone: true,
  },
  PASSKEY_ADDED: { label: 'Passkey added', verb: 'added a passkey', tone: 'success', alone: true },
  PASSKEY_REMOVED: {
    label: 'Passkey removed',
    verb: 'removed a passkey',
    tone: 'warning',
    alone: true,
  },
  RECOVERY_CODES_RENEWED: {
    label: 'Recovery codes renewed',
    verb: 'made new recovery codes',
    tone: 'neutral',
    alone: true,
  },
  RECOVERY_CODE_USED: {
    label: 'Recovery code used',
    verb: 'used a recovery code',
    tone: 'warning',
    alone: true,
  },
  PRICE_SET: { label: 'Price set', verb: 'set the price of', tone: 'warning' },
  PRICE_ENDED: { label: 'Price ended', verb: 'ended the price of', tone: 'warning' },
  USAGE_RERATED: { label: 'Cost corrected', verb: 'corrected the cost of', tone: 'warning' },
  TRIAL_STARTED: { label: 'Trial started', verb: 'started a trial for', tone: 'info' },
  TRIAL_ENDED: { label: 'Trial ended', verb: 'ended the trial of', tone: 'info' },
  PLAN_CHANGED: { label: 'Plan changed', verb: 'changed the plan of', tone: 'warning' },
  PLAN_CHANGE_SCHEDULED: {
    label: 'Plan change scheduled',
    verb: 'scheduled a change of the plan of',
    tone: 'warning',
  },
  PLAN_CHANGE_WITHDRAWN: {
    label: 'Plan change withdrawn',
    verb: 'withdrew the change of the plan of',
    tone: 'neutral',
  },
  CANCELLATION_ASKED: {
    label: 'Subscription cancelled',
    verb: 'cancelled the subscription of',
    tone: 'danger',
  },
  SUBSCRIPTION_RESUMED: {
    label: 'Subscription resumed',
    verb: 'resumed the subscription of',
    tone: 'success',
  },
  SUBSCRIPTION_ENDED: {
    label: 'Subscription ended',
    verb: 'ended the subscription of',
    tone: 'danger',
  },
  BILLING_DETAILS_CHANGED: {
    label: 'Billing details changed',
    verb: 'changed the billing details of',
    tone: 'neutral',
  },
  INVOICE_ISSUED: { label: 'Invoice issued', verb: 'issued', tone: 'info' },
  INVOICE_VOIDED: { label: 'Invoice voided', verb: 'voided', tone: 'warning' },
  CREDIT_NOTE_ISSUED: {
    label: 'Credit note issued',
    verb: 'issued a credit note for',
    tone: 'warning',
  },
  PAYMENT_RECORDED: { label: 'Payment recorded', verb: 'recorded a payment of', tone: 'success' },
  AGENT_CREATED: { label: 'Agent created', verb: 'created', tone: 'success' },
  AGENT_UPDATED: { label: 'Agent edited', verb: 'edited', tone: 'neutral' },
  AGENT_PUBLISHED: { label: 'Agent made public', verb: 'made public the', tone: 'warning' },
  AGENT_UNPUBLISHED: { label: 'Agent made private', verb: 'made private the', tone: 'neutral' },
  AGENT_ARCHIVED: { label: 'Agent archived', verb: 'archived', tone: 'danger' },
  AGENT_RESTORED: { label: 'Agent restored', verb: 'restored', tone: 'success' },
  REVISION_CREATED: { label: 'Revision added', verb: 'added a revision to', tone: 'info' },
  REVISION_DEPLOYED: {
    label: 'Revision deployed',
    verb: 'deployed a revision of',
    tone: 'warning',
  },
  COLLABORATOR_SET: {
    label: 'Collaborator set',
    verb: 'changed the collaborators of',
    tone: 'warning',
  },
  COLLABORATOR_REMOVED: {
    label: 'Collaborator removed',
    verb: 'removed a collaborator of',
    tone: 'danger',
  },
  ACCESS_REQUESTED: { label: 'Access requested', verb: 'asked for access to', tone: 'info' },
  ACCESS_APPROVED: { label: 'Access approved', verb: 'approved access to', tone: 'warning' },
  ACCESS_DECLINED: { label: 'Access declined', verb: 'declined access to', tone: 'neutral' },
  ACCESS_WITHDRAWN: {
    label: 'Access request withdrawn',
    verb: 'took back a request for access to',
    tone: 'neutral',
  },
  WEBHOOK_CREATED: { label: 'Endpoint created', verb: 'created', tone: 'success' },
  WEBHOOK_UPDATED: { label: 'Endpoint edited', verb: 'edited', tone: 'neutral' },
  WEBHOOK_PAUSED: { label: 'Endpoint paused', verb: 'paused', tone: 'warning' },
  WEBHOOK_RESUMED: { label: 'Endpoint resumed', verb: 'resumed', tone: 'success' },
  WEBHOOK_SECRET_ROTATED: {
    label: 'Signing secret set',
    verb: 'set a signing secret of',
    tone: 'info',
  },
  WEBHOOK_DELETED: { label: 'Endpoint deleted', verb: 'deleted', tone: 'danger' },
  WEBHOOK_SUBSCRIBER_ADDED: {
    label: 'Subscriber added',
    verb: 'added a subscriber to',
    tone: 'success',
  },
  WEBHOOK_SUBSCRIBER_UPDATED: {
    label: 'Subscriber edited',
    verb: 'edited a subscriber of',
    tone: 'neutral',
  },
  WEBHOOK_SUBSCRIBER_PAUSED: {
    label: 'Subscriber paused',
    verb: 'paused a subscriber of',
    tone: 'warning',
  },
  WEBHOOK_SUBSCRIBER_RESUMED: {
    label: 'Subscriber resumed',
    verb: 'resumed a subscriber of',
    tone: 'success',
  },
  WEBHOOK_SUBSCRIBER_REMOVED: {
    label: 'Subscriber removed',
    verb: 'removed a subscriber of',
    tone: 'danger',
  },
  DELIVERY_REPEATED: {
    label: 'Delivery sent again',
    verb: 'sent a delivery again of',
    tone: 'info',
  },
  DEAD_LETTER_REPEATED: {
    label: 'Dead letter sent again',
    verb: 'sent what was given up again of',
    tone: 'info',
  },
  LLM_CONFIG_CREATED: { label: 'Model provider added', verb: 'added', tone: 'success' },
  LLM_CONFIG_UPDATED: { label: 'Model provider edited', verb: 'edited', tone: 'neutral' },
  LLM_CONFIG_KEY_SET: {
    label: 'Provider key set',
    verb: 'set the key of',
    tone: 'warning',
  },
  LLM_CONFIG_TESTED: { label: 'Model provider tested', verb: 'tested', tone: 'neutral' },
  LLM_CONFIG_REMOVED: { label: 'Model provider removed', verb: 'removed', tone: 'danger' },
  INTEGRATION_CREATED: { label: 'Integration created', verb: 'created', tone: 'success' },
  INTEGRATION_CHANGED: { label: 'Integration edited', verb: 'edited', tone: 'neutral' },
  INTEGRATION_REMOVED: { label: 'Integration removed', verb: 'removed', tone: 'danger' },
  MCP_ENABLED: { label: 'MCP server enabled', verb: 'enabled the MCP server of', tone: 'success' },
  MCP_DISABLED: {
    label: 'MCP server disabled',
    verb: 'disabled the MCP server of',
    tone: 'warning',
  },
  MCP_CHANGED: { label: 'MCP server edited', verb: 'edited the MCP server of', tone: 'neutral' },
  MCP_KEY_ROTATED: { label: 'MCP key rotated', verb: 'rotated the MCP key of', tone: 'info' },
  MCP_KEY_REVOKED: { label: 'MCP key revoked', verb: 'revoked the MCP key of', tone: 'danger' },
}

const TARGET_NOUNS: Record<AuditTarget['type'], string> = {
  token: 'token',
  'service-account': 'service account',
  organization: 'organization',
  agent: 'agent',
  'agent-budget': 'agent',
  user: 'user',
  invitation: 'invitation to',
  'model-price': 'model',
  usage: 'usage',
  invoice: 'invoice',
  'evaluation-metric': 'evaluation metric',
  'agent-metrics': 'agent',
  dataset: 'dataset',
  webhook: 'inbound endpoint',
  'llm-config': 'model provider',
  integration: 'integration',
}

/** "Token rotated". */
export function eventLabel(eventType: AuditEventType): string {
  return WORDS[eventType].label
}

export function eventTone(eventType: AuditEventType): Tone {
  return WORDS[eventType].tone
}

/** What stands between actor and target name: "rotated token", or all of it: "signed in". */
export function eventPhrase(
  eventType: AuditEventType,
  targetType: AuditTarget['type'],
): { words: string; namesTarget: boolean } {
  const { verb, alone } = WORDS[eventType]
  if (alone) return { words: verb, namesTarget: false }
  return { words: `${verb} ${TARGET_NOUNS[targetType]}`, namesTarget: true }
}
