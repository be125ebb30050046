import { z } from 'zod'

/**
 * Everything that is printed on an invoice or credit note, as it was when it was issued. It is stored with the
 * document and never changes: pages, downloads and the PDF all read it, and nothing else.
 */

const amount = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt)
const moment = z.int()
const text = z.string()

const period = z.strictObject({ from: moment, to: moment })

const party = z.strictObject({
  name: text,
  /** Address and the like, a line each. */
  lines: z.array(text),
  email: text.nullable(),
  /** As `VAT ID DE123456789`. */
  taxIds: z.array(text),
})
/** Who sells or buys. */
export type Party = z.output<typeof party>

const tax = z.strictObject({
  /** As `VAT`. */
  name: text,
  /** Hundredths of a percent. */
  basisPoints: z.int().min(0).max(10_000),
  /** What the law wants said, as on reverse charge. */
  note: text.nullable(),
})
export type Tax = z.output<typeof tax>

const line = z.strictObject({
  number: z.int(),
  kind: z.enum(['PLAN', 'PLAN_CREDIT', 'MODEL', 'TOKENS', 'REQUESTS', 'STORAGE', 'SEATS']),
  /** What is charged, known by it in every period: lib/invoices/usage-charge.ts. */
  key: text,
  description: text,
  quantity: amount,
  unit: z.enum(['PERIOD', 'CALL', 'TOKEN', 'REQUEST', 'BYTE_DAY', 'MEMBER_DAY']),
  /** Exact, in nano-USD; `cents` is it rounded, and `residueNano` what rounding took (or, below 0, added). */
  nano: amount,
  cents: amount,
  residueNano: amount,
  taxCents: amount,
  period,
  /** Of a period that had been billed before: use that was reported late, or a correction. */
  isLate: z.boolean(),
  provider: text.nullable(),
  model: text.nullable(),
})
/** A line, with what leads to the usage events behind it: provider, model and days. */
export type InvoiceLine = z.output<typeof line>

const snapshot = z.strictObject({
  version: z.literal(1),
  kind: z.enum(['INVOICE', 'CREDIT_NOTE']),
  number: text,
  issuedAt: moment,
  /** Null on a credit note. */
  dueAt: moment.nullable(),
  /** The period that the invoice closed; null where it was issued in between. */
  period: period.nullable(),
  /** Of a credit note: the invoice that it corrects, and why. */
  corrects: z.strictObject({ number: text, issuedAt: moment, reason: text }).nullable(),
  seller: party.extend({
    /** How to pay, a line each. */
    payment: z.array(text),
  }),
  buyer: party,
  currency: z.literal('USD'),
  tax: tax.nullable(),
  lines: z.array(line),
  totals: z.strictObject({
    /** Of the lines without tax. */
    subtotalCents: amount,
    taxCents: amount,
    totalCents: amount,
    /** Taken from the credit balance; below 0: added to it. */
    creditCents: amount,
    dueCents: amount,
  }),
})
export type InvoiceSnapshot = z.output<typeof snapshot>
export type Seller = InvoiceSnapshot['seller']
export type InvoiceTotals = InvoiceSnapshot['totals']

/** As JSON; amounts are strings, because JSON numbers are not exact beyond 2^53. */
export function snapshotToJson(document: InvoiceSnapshot): string {
  return JSON.stringify(document, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
}

/** @throws ZodError for anything but a snapshot */
export function snapshotFromJson(value: unknown): InvoiceSnapshot {
  return snapshot.parse(value)
}
