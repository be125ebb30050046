/** Whose name and logo stand at the top; the product's where there is no organization. */
export interface SenderFacts {
  organizationName: string | null
  organizationWebsite: string | null
  logoId: string | null
}

/** One notification in plain words. */
export interface NoticeFacts {
  title: string
  body: string
  /** A path of this site. */
  action: { label: string; path: string } | null
  /** One sentence: why this person was told. */
  why: string
}

/** An invoice or credit note, which is attached (lib/jobs/email-attachments.ts). Amounts are written out. */
interface DocumentFacts {
  organizationId: string
  documentId: string
  number: string
  sellerName: string
  sellerEmail: string | null
  buyerName: string
  /** A path of this site. */
  path: string
}

/** What each e-mail tells; plain data, kept in the outbox. Never a secret: the link is sealed apart. */
export interface EmailFacts {
  /** To somebody who is asked to join. Has a link. */
  invitation: {
    organizationName: string
    organizationWebsite: string | null
    logoId: string | null
    roleLabel: string
    invitedBy: string
    message: string
    /** Epoch ms. */
    expiresAt: number
  }
  /** To a member whose role was changed by somebody else. */
  'role-changed': { organizationName: string; before: string; after: string; changedBy: string }
  /** To somebody who was removed. */
  'removed-from-organization': { organizationName: string; removedBy: string }
  /** Forgot password. Has a link. */
  'password-reset': { displayName: string; ip: string | null; expiresAt: number }
  /** After the password was changed, by whichever way. */
  'password-changed': { displayName: string; ip: string | null; at: number }
  /** To the new address. Has a link. */
  'confirm-email-change': { displayName: string; newEmail: string; expiresAt: number }
  /** To the present address of an account. Has a link. */
  'verify-email': { displayName: string; email: string; expiresAt: number }
  /** To the old address, as soon as a change is asked for. */
  'email-change-notice': { displayName: string; newEmail: string; ip: string | null; at: number }
  /** To every admin. */
  'organization-deletion': { organizationName: string; askedBy: string; deletesAt: number }
  /** To the billing addresses. `amount` is null where there is nothing to pay; `dueAt` in epoch ms. */
  invoice: DocumentFacts & { amount: string | null; dueAt: number }
  /** To the billing addresses. */
  'credit-note': DocumentFacts & { amount: string; invoiceNumber: string; reason: string }
  /** What a person is told at once. Has the link that ends it, unless it is always sent. */
  notification: SenderFacts & NoticeFacts
  /** What waited for the day's digest. Has the link that ends digests. */
  digest: {
    displayName: string
    /** As the person reads it: "21 Nov 2026". */
    day: string
    notices: (NoticeFacts & { organizationName: string | null; moment: string })[]
    /** Notices beyond those listed. */
    more: number
    /** Paths of this site. */
    inboxPath: string
    preferencesPath: string
  }
}

export type EmailTemplate = keyof EmailFacts
