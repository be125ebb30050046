import { z } from '@hono/zod-openapi'
import { epochMs, epochMsOrNull } from '@/app/v1/_api/wire-schema'
import { decimalDollars, decimalNano } from '@/lib/billing/money-text'
import type { LedgerDocument } from '@/lib/invoices/invoice-ledger'
import type { InvoiceLine } from '@/lib/invoices/invoice-snapshot'
import type { Invoice, InvoiceDetail } from '@/lib/invoices/invoices'
import { PAYMENT_METHODS, type Payment } from '@/lib/invoices/payments'

/** Documents on the wire: exact amounts, which JSON numbers are not, are decimal text. */

export const wireMoney = z
  .string()
  .regex(/^-?\d+\.\d{2}$/)
  .openapi({ description: 'US dollars as decimal text, to the cent.', example: '299.00' })

const exactMoney = z
  .string()
  .regex(/^-?\d+\.\d{9}$/)
  .openapi({ description: 'US dollars as decimal text, to the billionth.' })

const party = z.strictObject({
  name: z.string(),
  lines: z.array(z.string()).openapi({ description: 'Address, a line each.' }),
  email: z.string().nullable(),
  taxIds: z.array(z.string()),
})

export const wireLine = z
  .strictObject({
    line: z.int(),
    kind: z.enum(['PLAN', 'PLAN_CREDIT', 'MODEL', 'TOKENS', 'REQUESTS', 'STORAGE', 'SEATS']),
    description: z.string(),
    provider: z.string().nullable().openapi({ description: 'Of a model; null for the others.' }),
    model: z.string().nullable(),
    quantity: z.string().openapi({ description: 'A whole number as text, in `unit`.' }),
    unit: z.enum(['PERIOD', 'CALL', 'TOKEN', 'REQUEST', 'BYTE_DAY', 'MEMBER_DAY']),
    exactAmount: exactMoney.openapi({ description: 'Before it is rounded to `amount`, once.' }),
    amount: wireMoney.openapi({ description: 'Without tax; below 0 gives money back.' }),
    taxAmount: wireMoney,
    periodStart: epochMs,
    periodEnd: epochMs.openapi({ description: 'Epoch milliseconds; the first moment after it.' }),
    isLate: z.boolean().openapi({
      description: 'Whether it is of a period that had been billed: reported late, or corrected.',
    }),
  })
  .openapi('InvoiceLine')

const summaryFields = {
  id: z.uuid(),
  number: z.string().openapi({ example: 'INV-2026-000042' }),
  kind: z.enum(['INVOICE', 'CREDIT_NOTE']),
  state: z.enum(['OPEN', 'PAID', 'VOID', 'UNCOLLECTIBLE', 'ISSUED']).openapi({
    description: 'Credit notes are ISSUED for good.',
  }),
  isPastDue: z.boolean(),
  issuedAt: epochMs,
  dueAt: epochMsOrNull.openapi({ description: 'Null on a credit note.' }),
  periodStart: epochMsOrNull.openapi({
    description: 'Of the period that it closed; null where it was issued in between.',
  }),
  periodEnd: epochMsOrNull,
  correctsId: z.uuid().nullable().openapi({ description: 'Of a credit note: its invoice.' }),
  currency: z.literal('USD'),
  subtotal: wireMoney,
  tax: wireMoney,
  total: wireMoney,
  credit: wireMoney.openapi({
    description: 'Paid from the credit balance; below 0 was added to it.',
  }),
  due: wireMoney.openapi({ description: 'What the document asked for when it was issued.' }),
  owed: wireMoney.openapi({ description: 'What is left to pay now.' }),
}

export const invoiceSchema = z.strictObject(summaryFields).openapi('Invoice')

export const invoiceDetailSchema = z
  .strictObject({
    ...summaryFields,
    seller: party.extend({ payment: z.array(z.string()).openapi({ description: 'How to pay.' }) }),
    buyer: party,
    taxName: z.string().nullable(),
    taxPercent: z.number().nullable(),
    correctionReason: z.string().nullable(),
    lines: z.array(wireLine),
    payments: z.array(
      z.strictObject({
        id: z.uuid(),
        receivedAt: epochMs,
        amount: wireMoney,
        method: z.enum(PAYMENT_METHODS),
        reference: z.string(),
      }),
    ),
    creditNotes: z.array(z.strictObject({ id: z.uuid(), number: z.string(), total: wireMoney })),
  })
  .openapi('InvoiceDetail')

export function invoiceToWire(invoice: Invoice) {
  const { id, state, isPastDue, correctsId, owedCents, snapshot } = invoice
  const { number, kind, issuedAt, dueAt, period, currency, totals } = snapshot
  return {
    ...{ id, number, kind, state, isPastDue, issuedAt, dueAt },
    periodStart: period?.from ?? null,
    periodEnd: period?.to ?? null,
    ...{ correctsId, currency },
    subtotal: decimalDollars(totals.subtotalCents),
    tax: decimalDollars(totals.taxCents),
    total: decimalDollars(totals.totalCents),
    credit: decimalDollars(totals.creditCents),
    due: decimalDollars(totals.dueCents),
    owed: decimalDollars(owedCents),
  }
}

export function invoiceDetailToWire(invoice: InvoiceDetail) {
  const { seller, buyer, tax, corrects, lines } = invoice.snapshot
  return {
    ...invoiceToWire(invoice),
    ...{ seller, buyer },
    taxName: tax?.name ?? null,
    taxPercent: tax ? tax.basisPoints / 100 : null,
    correctionReason: corrects?.reason ?? null,
    lines: lines.map(lineToWire),
    payments: invoice.payments.map(paymentToWire),
    creditNotes: invoice.creditNotes.map(creditNoteToWire),
  }
}

export function lineToWire(line: InvoiceLine) {
  const { kind, description, provider, model, unit, period, isLate } = line
  return {
    line: line.number,
    ...{ kind, description, provider, model },
    quantity: line.quantity.toString(),
    unit,
    exactAmount: decimalNano(line.nano),
    amount: decimalDollars(line.cents),
    taxAmount: decimalDollars(line.taxCents),
    periodStart: period.from,
    periodEnd: period.to,
    isLate,
  }
}

function paymentToWire({ id, receivedAt, cents, method, reference }: Payment) {
  return { id, receivedAt, amount: decimalDollars(cents), method, reference }
}

function creditNoteToWire({ id, snapshot }: LedgerDocument) {
  return { id, number: snapshot.number, total: decimalDollars(snapshot.totals.totalCents) }
}
