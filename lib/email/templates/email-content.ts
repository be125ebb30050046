import type { ReactElement } from 'react'
import type { EmailFacts, EmailTemplate } from '@/lib/email/model'

export interface EmailProps<Template extends EmailTemplate> {
  facts: EmailFacts[Template]
  /** The one-time link, or the one that ends such e-mails, complete; null where there is none. */
  link: string | null
  /** Where the product is reached, without a slash at the end. */
  publicUrl: string
}

/** What a template is: its subject, its React component, and whether it makes no sense without a link. */
export interface EmailContent<Template extends EmailTemplate> {
  subject(facts: EmailFacts[Template]): string
  needsLink: boolean
  Email(props: EmailProps<Template>): ReactElement
}
