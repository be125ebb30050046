import { z } from 'zod'
import { isCountryCode } from '@/lib/billing/countries'
import { normalizedTaxId, TAX_ID_TYPES, taxIdComplaint } from '@/lib/billing/tax-id'
import { emailSchema } from '@/lib/email/schema'
import { PLAN_IDS } from '@/lib/plans/plan'

const planSchema = z.enum(PLAN_IDS)

export const choosePlanSchema = z.strictObject({ plan: planSchema })

/** What a preview was of. Acted upon only where all of it is still so. */
const planChangeBasisSchema = z.strictObject({
  /** Epoch ms of the preview, and of the change. */
  asOf: z.int(),
  /** Of the subscription. */
  revision: z.int(),
  /** Of the plan that is chosen. */
  version: z.int(),
  totalCents: z.bigint(),
})
export type PlanChangeBasis = z.infer<typeof planChangeBasisSchema>

export const changePlanSchema = z.strictObject({ plan: planSchema, basis: planChangeBasisSchema })

export const BILLING_EMAILS_MAX = 5
const NAME_MAX = 120
const LINE_MAX = 120
const POSTAL_CODE_MAX = 20
const TAX_ID_MAX = 40

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Use at most ${max} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), 'Remove the control characters.')
const needed = (max: number, complaint: string) => line(max).min(1, complaint)

const taxIdSchema = z
  .strictObject({
    type: z.enum(TAX_ID_TYPES),
    value: line(TAX_ID_MAX).min(1, 'Enter the tax id, or choose that there is none.'),
  })
  .transform(({ type, value }) => ({ type, value: normalizedTaxId(type, value) }))
  .superRefine(({ type, value }, issues) => {
    const message = taxIdComplaint(type, value)
    if (message) issues.addIssue({ code: 'custom', path: ['value'], message })
  })

/** To whom invoices are made out, and where they go: always whole. */
export const billingDetailsSchema = z.strictObject({
  emails: z
    .array(emailSchema)
    .min(1, 'Enter at least one e-mail address, so that invoices arrive somewhere.')
    .max(BILLING_EMAILS_MAX, `Enter at most ${BILLING_EMAILS_MAX} e-mail addresses.`)
    .superRefine((emails, issues) => {
      for (const [place, email] of emails.entries()) {
        if (emails.indexOf(email) === place) continue
        issues.addIssue({
          code: 'custom',
          path: [place],
          message: 'This address is there already. Remove it.',
        })
      }
    }),
  company: needed(NAME_MAX, 'Enter the name that invoices are made out to.'),
  line1: needed(LINE_MAX, 'Enter street and number.'),
  line2: line(LINE_MAX),
  city: needed(LINE_MAX, 'Enter the city.'),
  region: line(LINE_MAX),
  /** Some countries have none. */
  postalCode: line(POSTAL_CODE_MAX),
  country: z.string().refine(isCountryCode, 'Choose the country.'),
  taxId: taxIdSchema.nullable(),
})
export type BillingDetails = z.output<typeof billingDetailsSchema>
export type BillingDetailsInput = z.input<typeof billingDetailsSchema>
