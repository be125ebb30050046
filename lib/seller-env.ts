import { closeSync, openSync, readSync } from 'node:fs'
import { z } from 'zod'
import { mod9710 } from '@/lib/billing/check-digits'

/** Who sells, and how customers pay: the variables of invoices. Part of lib/env.ts. */

const LINES_MAX = 8

/** Lines of text, with `|` between them: variables cannot hold line ends everywhere. */
const lines = z
  .string()
  .transform((value) =>
    value
      .split(/[|\n]/)
      .map((line) => line.trim())
      .filter(Boolean),
  )
  .refine((value) => value.length > 0 && value.length <= LINES_MAX, {
    message: `must be 1 to ${LINES_MAX} lines with | between them: 1 Example Street | 10115 Berlin | Germany`,
  })

const text = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'must have at most 200 characters')

const iban = z
  .string()
  .transform((value) => value.replaceAll(' ', '').toUpperCase())
  .refine((value) => /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(value) && mod9710(turned(value)), {
    message: 'must be an IBAN whose check digits are right',
  })
  .transform((value) => value.replaceAll(/(.{4})(?!$)/g, '$1 '))

const bic = z
  .string()
  .transform((value) => value.replaceAll(' ', '').toUpperCase())
  .refine((value) => /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(value), {
    message: 'must be a BIC of 8 or 11 characters',
  })

/** In hundredths of a percent, as invoices keep it. */
const percent = z
  .string()
  .regex(
    /^\d{1,3}(\.\d{1,2})?$/,
    'must be a percentage with two decimals at most, such as 19 or 8.25',
  )
  .transform((value) => Math.round(Number(value) * 100))
  .refine((value) => value <= 10_000, { message: 'must be at most 100' })

const fontFiles = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  )
  .refine((files) => files.every(isFontFile), {
    message: 'must be TrueType or OpenType files that can be read, separated by commas',
  })

export const SELLER_VARIABLES = {
  SELLER_NAME: text.optional(),
  SELLER_ADDRESS: lines.optional(),
  /** As it is printed: VAT ID DE123456789. */
  SELLER_TAX_ID: text.optional(),
  SELLER_EMAIL: z.email('must be an e-mail address').optional(),
  SELLER_IBAN: iban.optional(),
  SELLER_BIC: bic.optional(),
  /** Free text, in place of an account or besides it. */
  SELLER_PAYMENT: lines.optional(),
  /** Without it no tax is charged. */
  TAX_NAME: text.optional(),
  TAX_PERCENT: percent.optional(),
  TAX_NOTE: text.optional(),
  /** For names in writing that the font of invoices lacks, asked in this order. */
  PDF_FALLBACK_FONTS: fontFiles,
}

const NEEDED = ['SELLER_NAME', 'SELLER_ADDRESS', 'SELLER_EMAIL'] as const

/** Half of it would be printed on invoices that nobody can take back. */
export function sellerProblems(present: Record<string, string | undefined>): string[] {
  const isSet = (name: string) => present[name] !== undefined
  const problems: string[] = []
  if (Object.keys(SELLER_VARIABLES).some((name) => name.startsWith('SELLER_') && isSet(name))) {
    for (const name of NEEDED) {
      if (!isSet(name)) problems.push(`${name}: is required with the other variables of the seller`)
    }
    if (!isSet('SELLER_IBAN') && !isSet('SELLER_PAYMENT')) {
      problems.push('SELLER_PAYMENT: or SELLER_IBAN is required, so that invoices say how to pay')
    }
  }
  if (isSet('SELLER_BIC') && !isSet('SELLER_IBAN')) {
    problems.push('SELLER_IBAN: is required with SELLER_BIC')
  }
  if (isSet('TAX_NAME') !== isSet('TAX_PERCENT')) {
    const missing = isSet('TAX_NAME') ? 'TAX_PERCENT' : 'TAX_NAME'
    problems.push(`${missing}: is required, because the other one of tax is set`)
  }
  if (isSet('TAX_NOTE') && !isSet('TAX_NAME')) {
    problems.push('TAX_NAME: is required with TAX_NOTE (0 percent will do)')
  }
  return problems
}

/** ISO 13616: country and check digits are counted last. */
function turned(value: string): string {
  return value.slice(4) + value.slice(0, 4)
}

const FONT_SIGNATURES = ['00010000', '4f54544f', '74727565']

function isFontFile(path: string): boolean {
  try {
    const file = openSync(path, 'r')
    try {
      const start = Buffer.alloc(4)
      readSync(file, start)
      return FONT_SIGNATURES.includes(start.toString('hex'))
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
}
