import type { EmailTemplate } from '@/lib/email/model'
import type { OutgoingEmailState } from '@/lib/email/queries'

/** What an e-mail is about, where it has no subject yet. */
export const TEMPLATE_LABELS: Record<EmailTemplate, string> = {
  invitation: 'Invitation',
  'role-changed': 'Changed role',
  'removed-from-organization': 'Removal from the organization',
  'password-reset': 'New password',
  'password-changed': 'Changed password',
  'confirm-email-change': 'New e-mail address',
  'verify-email': 'Confirmation of an address',
  'email-change-notice': 'Changed e-mail address',
  'organization-deletion': 'Deletion of the organization',
  invoice: 'Invoice',
  'credit-note': 'Credit note',
  notification: 'Notification',
  digest: 'Daily e-mail',
}

export const STATE_WORDS = {
  WAITING: { label: 'Waiting', tone: 'warning' },
  SENT: { label: 'Sent', tone: 'success' },
  FAILED: { label: 'Not sent', tone: 'danger' },
} as const satisfies Record<OutgoingEmailState, { label: string; tone: string }>
