import type { BillingDetails, BillingDetailsInput } from '@/lib/billing/schema'
import { type TaxIdType, taxIdText } from '@/lib/billing/tax-id'

/** Billing details as they are typed. */
export interface DetailsDraft {
  /** At least one, which may be empty. */
  emails: readonly string[]
  company: string
  line1: string
  line2: string
  postalCode: string
  city: string
  region: string
  country: string
  /** '' for none. */
  taxIdType: TaxIdType | ''
  taxId: string
}

export function draftOf(details: BillingDetails | null): DetailsDraft {
  if (!details) {
    const address = { line1: '', line2: '', postalCode: '', city: '', region: '', country: '' }
    return { emails: [''], company: '', ...address, taxIdType: '', taxId: '' }
  }
  const { taxId, ...rest } = details
  return {
    ...rest,
    taxIdType: taxId?.type ?? '',
    taxId: taxId ? taxIdText(taxId.type, taxId.value) : '',
  }
}

/** Without rows for addresses that were left empty, so that complaints find theirs. */
export function tidied(draft: DetailsDraft): DetailsDraft {
  const emails = draft.emails.filter((email) => email.trim() !== '')
  return { ...draft, emails: emails.length > 0 ? emails : [''] }
}

/** As the action wants it. */
export function inputOf({ taxIdType, taxId, emails, ...rest }: DetailsDraft): BillingDetailsInput {
  return {
    ...rest,
    emails: [...emails],
    taxId: taxIdType === '' ? null : { type: taxIdType, value: taxId },
  }
}

export function isSameDraft(one: DetailsDraft, other: DetailsDraft): boolean {
  return (Object.keys(one) as (keyof DetailsDraft)[]).every(
    (field) => String(one[field]) === String(other[field]),
  )
}
