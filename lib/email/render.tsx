import { render, toPlainText } from '@react-email/render'
import type { EmailFacts, EmailTemplate } from '@/lib/email/model'
import { confirmEmailChange } from '@/lib/email/templates/confirm-email-change'
import { creditNote } from '@/lib/email/templates/credit-note'
import { digest } from '@/lib/email/templates/digest'
import { emailChangeNotice } from '@/lib/email/templates/email-change-notice'
import type { EmailContent } from '@/lib/email/templates/email-content'
import { invitation } from '@/lib/email/templates/invitation'
import { invoice } from '@/lib/email/templates/invoice'
import { notification } from '@/lib/email/templates/notification'
import { organizationDeletion } from '@/lib/email/templates/organization-deletion'
import { passwordChanged } from '@/lib/email/templates/password-changed'
import { passwordReset } from '@/lib/email/templates/password-reset'
import { removedFromOrganization } from '@/lib/email/templates/removed-from-organization'
import { roleChanged } from '@/lib/email/templates/role-changed'
import { verifyEmail } from '@/lib/email/templates/verify-email'

const CONTENTS: { [Template in EmailTemplate]: EmailContent<Template> } = {
  invitation,
  'role-changed': roleChanged,
  'removed-from-organization': removedFromOrganization,
  'password-reset': passwordReset,
  'password-changed': passwordChanged,
  'confirm-email-change': confirmEmailChange,
  'verify-email': verifyEmail,
  'email-change-notice': emailChangeNotice,
  'organization-deletion': organizationDeletion,
  invoice,
  'credit-note': creditNote,
  notification,
  digest,
}

/** The templates that this process can send; a newer one beside it may know more. */
export const KNOWN_TEMPLATES: readonly string[] = Object.keys(CONTENTS)

export interface RenderedEmail {
  /** One line. */
  subject: string
  html: string
  text: string
}

/**
 * Writes an e-mail as HTML and as plain text. Facts may hold anything people typed.
 * @param link the complete one-time link; null for templates without one
 * @param publicUrl without a slash at the end
 * @throws Error where the template has a link and none is given
 */
export async function renderEmail<Template extends EmailTemplate>(email: {
  template: Template
  facts: EmailFacts[Template]
  link: string | null
  publicUrl: string
}): Promise<RenderedEmail> {
  const { template, facts, link, publicUrl } = email
  const content: EmailContent<Template> = CONTENTS[template]
  if (content.needsLink && link === null) throw new Error(`The e-mail ${template} needs a link.`)
  const html = await render(content.Email({ facts, link, publicUrl }))
  const text = toPlainText(html, { selectors: [{ selector: 'h1', options: { uppercase: false } }] })
  return { subject: asSubject(content.subject(facts)), html, text }
}

const SUBJECT_LIMIT = 200
/** Line ends would begin another header; the others hide or turn around what follows them. */
const NOT_IN_SUBJECT = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu

function asSubject(subject: string): string {
  // Nothing but what was taken out: mail programs and filters distrust an e-mail without a subject.
  const line = subject.replace(NOT_IN_SUBJECT, ' ').trim() || 'Fruxon'
  const characters = [...line]
  return characters.length > SUBJECT_LIMIT
    ? `${characters.slice(0, SUBJECT_LIMIT - 1).join('')}…`
    : line
}
