import { z } from 'zod'
import { NAME_MAX } from '@/lib/usage/usage-event'

/** So many days at once: hours are kept as long, and prices may be backdated as far. */
export const RE_RATED_DAYS_MAX = 35
/**
 * So far back a correction may reach. Billing looks at as many days again when it bills, so that no
 * correction is left out of the invoices.
 */
export const CORRECTABLE_DAYS = 400
const REASON_MAX = 500
const DAY_MS = 86_400_000

const day = z.iso.date('Choose a day.').transform((text) => Date.parse(`${text}T00:00:00Z`))
const name = z.string().min(1).max(NAME_MAX).nullable().default(null)

const scope = {
  /** UTC days, both included. */
  from: day,
  through: day,
  /** Null: all. */
  provider: name,
  model: name,
  /** Calls that name no agent have ''. */
  agent: z.string().max(NAME_MAX).nullable().default(null),
}

const scopeOf = <Days extends { from: number; through: number }>({ through, ...rest }: Days) => ({
  ...rest,
  to: through + DAY_MS,
})

export const reRatingScopeSchema = z.strictObject(scope).transform(scopeOf)

/** What a preview was of. Applied only where all of it is still so. */
export const reRatingBasisSchema = z.strictObject({
  /** Epoch ms by the database's clock; calls that were received later are left out. */
  countedUntil: z.int(),
  /** Of the prices. */
  revision: z.string().max(100),
  /** The re-rating before, of whatever range. */
  previousId: z.uuid().nullable(),
  calls: z.int(),
  costBefore: z.bigint(),
  costAfter: z.bigint(),
  newlyPriced: z.int(),
  noLongerPriced: z.int(),
  adjustments: z.int(),
})
export type ReRatingBasis = z.infer<typeof reRatingBasisSchema>

export const applyReRatingSchema = z
  .strictObject({
    ...scope,
    reason: z
      .string()
      .trim()
      .min(1, 'Say why, for those who read the audit log.')
      .max(REASON_MAX, `Keep the reason below ${REASON_MAX} characters.`),
    basis: reRatingBasisSchema,
  })
  .transform(scopeOf)
export type ReRatingWish = z.output<typeof applyReRatingSchema>
