import { z } from 'zod'
import {
  DOLLARS_A_CALL_MAX,
  DOLLARS_A_MILLION_MAX,
  picoACallOf,
  picoATokenOf,
} from '@/lib/model-pricing/rate-text'
import type { ModelRates, Rate, RateTable } from '@/lib/model-pricing/rates'
import { TOKEN_KINDS, type TokenKind } from '@/lib/model-pricing/token-kinds'

/** Of names that programs send (lib/usage/usage-event.ts). */
const NAME_MAX = 200
const NOTE_MAX = 500
const CONTEXT_MAX = 1_000_000_000

/** As typed; blank says nothing of the kind, which then costs what the wider kind does. */
const rate = z
  .string()
  .max(40)
  .transform((text, ctx) => parsed(text, ctx, picoATokenOf, DOLLARS_A_MILLION_MAX, 'per 1M tokens'))
const callRate = z
  .string()
  .max(40)
  .transform((text, ctx) => parsed(text, ctx, picoACallOf, DOLLARS_A_CALL_MAX, 'per call'))
const required = z
  .string()
  .refine((text) => text.trim() !== '', 'Enter a price. Where it costs nothing, enter 0.')
  .pipe(rate)

function parsed(
  text: string,
  ctx: z.core.$RefinementCtx,
  pico: (text: string) => number | null,
  max: number,
  unit: string,
): number | undefined {
  if (text.trim() === '') return undefined
  const amount = pico(text)
  const most = pico(String(max)) ?? 0
  if (amount !== null && amount <= most) return amount
  ctx.addIssue(
    amount === null
      ? 'Enter dollars such as 2.50, with at most 6 decimals.'
      : `Enter at most ${max.toLocaleString('en-US')} dollars ${unit}.`,
  )
  return z.NEVER
}

const optionalKinds = {
  cacheRead: rate.optional(),
  cacheWrite: rate.optional(),
  cacheWrite1h: rate.optional(),
  inputAudio: rate.optional(),
  reasoning: rate.optional(),
  outputAudio: rate.optional(),
}

const longContextSchema = z
  .strictObject({
    above: z
      .string()
      .max(20)
      .transform((text, ctx) => {
        const tokens = /^\d{1,10}$/.test(text.trim()) ? Number(text) : 0
        if (tokens >= 1 && tokens <= CONTEXT_MAX) return tokens
        ctx.addIssue('Enter a whole number of tokens, such as 200000.')
        return z.NEVER
      }),
    input: rate.optional(),
    output: rate.optional(),
    ...optionalKinds,
  })
  .refine((tier) => TOKEN_KINDS.some((kind) => tier[kind] !== undefined), {
    message: 'Enter at least one price for long contexts, or leave them out.',
    path: ['input'],
  })

const key = {
  provider: z.string().trim().min(1, 'Name the provider.').max(NAME_MAX),
  model: z.string().trim().min(1, 'Name the model.').max(NAME_MAX),
  /** Null: all agents. */
  agent: z.string().trim().min(1, 'Name the agent, or choose all agents.').max(NAME_MAX).nullable(),
}
const when = {
  /** A UTC day, with whose beginning it begins. */
  validFrom: z.iso.date('Choose a day.').transform((day) => Date.parse(`${day}T00:00:00Z`)),
  note: z.string().trim().max(NOTE_MAX, `Keep the note below ${NOTE_MAX} characters.`).default(''),
  /** `seen` of the list that the form was opened with. */
  seen: z.int().min(0),
}

/** An organization's own price, as it is typed. */
export const ownPriceSchema = z
  .strictObject({
    ...key,
    ...when,
    rates: z.strictObject({
      input: required,
      output: required,
      ...optionalKinds,
      call: callRate.optional(),
    }),
    longContext: longContextSchema.nullable().default(null),
  })
  .superRefine(({ rates, longContext }, ctx) => {
    for (const kind of TOKEN_KINDS) {
      if (longContext?.[kind] === undefined || rates[kind] !== undefined) continue
      ctx.addIssue({
        code: 'custom',
        path: ['rates', kind],
        message: 'Enter the price for other contexts too.',
      })
    }
  })
  .transform(({ rates, longContext, ...price }) => ({
    ...price,
    rates: ratesOf(rates, longContext),
  }))

export type OwnPriceInput = z.input<typeof ownPriceSchema>
export type OwnPriceWish = z.output<typeof ownPriceSchema>

export const endOwnPriceSchema = z.strictObject({ ...key, ...when })
export type OwnPriceEnd = z.output<typeof endOwnPriceSchema>

type Kinds = Partial<Record<TokenKind, number | undefined>>

function ratesOf(
  base: Kinds & { call?: number | undefined },
  longContext: (Kinds & { above: number }) | null,
): ModelRates {
  const rates: RateTable = base.call === undefined ? {} : { call: base.call }
  for (const kind of TOKEN_KINDS) {
    const below = base[kind]
    if (below !== undefined) rates[kind] = tiered(below, longContext?.[kind], longContext?.above)
  }
  return { rates }
}

function tiered(base: number, rate: number | undefined, above: number | undefined): Rate {
  return rate === undefined || above === undefined ? base : { base, tiers: [{ above, rate }] }
}
