import { parseArgs } from 'node:util'
import type { Database } from '@/lib/db/database'
import { issueCreditNote } from '@/lib/invoices/credit-note'
import type { Correction } from '@/lib/invoices/credit-note-lines'
import { documentByNumber, type LedgerDocument } from '@/lib/invoices/invoice-ledger'
import type { Issuer } from '@/lib/invoices/issuer'
import { PAYMENT_METHODS, type PaymentMethod, recordPayment } from '@/lib/invoices/payments'
import { voidInvoice } from '@/lib/invoices/void-invoice'
import { dollars } from '@/lib/invoices/wording'
import { advanceSubscription } from '@/lib/subscriptions/advance'
import { settlingAfter } from '@/lib/subscriptions/collection'

/** What whoever runs the installation does with invoices, from the command line of the server. */

export const BILLING_USAGE = `Usage: npm run billing -- COMMAND [--yes]

  record-payment --by NAME --invoice NUMBER --amount DOLLARS --reference TEXT [--method METHOD] [--received DAY]
      Money came in. The same reference counts once. METHOD is one of ${PAYMENT_METHODS.join(', ')}.
  void --by NAME --invoice NUMBER --reason TEXT
      Takes back an invoice of which nothing was paid; what was used is billed again with the next one.
  credit-note --by NAME --invoice NUMBER --reason TEXT [--line LINE=DOLLARS]…
      Gives back money; of the lines that are named, or all that is left.
  close --organization SLUG
      Bills the periods that are over now, as the job does every five minutes.

--by is the name that the audit log keeps. --yes asks nothing.`

/** The command line cannot be carried out; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export interface OperatorDesk {
  db: Database
  issuer: Issuer
  /** Epoch ms. */
  now: number
  say(line: string): void
  /** Whether to go on. */
  confirm(question: string): Promise<boolean>
}

const OPTIONS = {
  invoice: { type: 'string' },
  amount: { type: 'string' },
  reference: { type: 'string' },
  method: { type: 'string' },
  received: { type: 'string' },
  reason: { type: 'string' },
  line: { type: 'string', multiple: true },
  organization: { type: 'string' },
  by: { type: 'string' },
  yes: { type: 'boolean', default: false },
} as const

type Values = ReturnType<typeof parse>['values']

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/**
 * Carries a command out, once it was confirmed.
 * @throws UsageError | DomainError where it cannot be: then nothing was changed
 */
export async function runBillingCommand(
  args: readonly string[],
  desk: OperatorDesk,
): Promise<void> {
  const { values, positionals } = parse(args)
  const [name, ...others] = positionals
  const command = COMMANDS[name ?? '']
  if (!command || others.length > 0) throw new UsageError('Name one command.')
  await command(values, {
    ...desk,
    confirm: (question) => (values.yes ? Promise.resolve(true) : desk.confirm(question)),
  })
}

const COMMANDS: Record<string, (values: Values, desk: OperatorDesk) => Promise<void>> = {
  async 'record-payment'(values, desk) {
    const recordedBy = required(values, 'by')
    const cents = centsIn(required(values, 'amount'), 'amount')
    const reference = required(values, 'reference')
    const method = methodIn(values.method)
    const receivedAt = dayIn(values.received, desk.now)
    const wish = { cents, reference, method, receivedAt, recordedBy, at: desk.now }
    await onInvoice(values, desk, {
      question: ({ snapshot }) => `Record ${dollars(cents)} (${reference}) for ${snapshot.number}?`,
      work: ({ organizationId, id }, client) =>
        recordPayment(client, { ...wish, organizationId, invoiceId: id }, desk.issuer.news),
      outcome: ({ snapshot, state, owedCents }) =>
        `${snapshot.number} is ${state}; ${dollars(owedCents)} is left to pay.`,
    })
  },
  async void(values, desk) {
    const operator = required(values, 'by')
    const reason = required(values, 'reason')
    await onInvoice(values, desk, {
      question: ({ snapshot }) => `Void ${snapshot.number}? This cannot be taken back.`,
      work: ({ organizationId, id }, client) =>
        voidInvoice(client, { organizationId, invoiceId: id, reason, operator, at: desk.now }),
      outcome: ({ snapshot }) => `${snapshot.number} is void.`,
    })
  },
  async 'credit-note'(values, desk) {
    const operator = required(values, 'by')
    const reason = required(values, 'reason')
    const corrections = values.line?.map(correctionIn) ?? null
    const part = corrections ? `of ${corrections.length} of its lines` : 'of all that is left of it'
    await onInvoice(values, desk, {
      question: ({ snapshot }) => `Issue a credit note for ${snapshot.number}, ${part}?`,
      work: ({ organizationId, id }, client) =>
        issueCreditNote(
          client,
          { organizationId, invoiceId: id, reason, operator, at: desk.now, corrections },
          desk.issuer.news,
        ),
      outcome: ({ snapshot }) =>
        `${snapshot.number} gives back ${dollars(snapshot.totals.totalCents)}.`,
    })
  },
  async close(values, { db, issuer, now, say, confirm }) {
    const slug = required(values, 'organization')
    const { rows } = await db.pool.query<{ id: string; name: string }>(
      'SELECT id, name FROM organizations WHERE slug = $1',
      [slug],
    )
    const [organization] = rows
    if (!organization) throw new UsageError(`There is no organization ${slug}.`)
    if (!(await confirm(`Bill the periods of ${organization.name} that are over?`))) return
    const subject = { organizationId: organization.id, now }
    const closed = await advanceSubscription(db, issuer.portAt(now), subject)
    for (const { period } of closed) {
      say(`Closed ${dayText(period.from)} to ${dayText(period.to - 1)}.`)
    }
    if (closed.length === 0) say('No period is over that was not closed.')
  },
}

interface InvoiceWork {
  question(invoice: LedgerDocument): string
  work(
    invoice: LedgerDocument,
    client: Parameters<Parameters<typeof settlingAfter>[3]>[0],
  ): Promise<LedgerDocument>
  outcome(result: LedgerDocument): string
}

async function onInvoice(
  values: Values,
  { db, issuer, now, say, confirm }: OperatorDesk,
  { question, work, outcome }: InvoiceWork,
): Promise<void> {
  const number = required(values, 'invoice')
  const invoice = await documentByNumber(db.pool, number)
  if (!invoice) throw new UsageError(`There is no invoice ${number}.`)
  const { organizationId, snapshot, owedCents, state } = invoice
  say(`${number} for ${snapshot.buyer.name}: ${dollars(snapshot.totals.totalCents)}, ${state}.`)
  say(`${dollars(owedCents)} is left to pay.`)
  if (!(await confirm(question(invoice)))) return
  const subject = { organizationId, now }
  say(outcome(await settlingAfter(db, issuer, subject, (client) => work(invoice, client))))
}

function required(values: Values, name: keyof Values): string {
  const value = values[name]
  if (typeof value !== 'string' || value.trim() === '')
    throw new UsageError(`--${name} is missing.`)
  return value.trim()
}

function centsIn(text: string, name: string): bigint {
  const [, whole, rest = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text) ?? []
  if (whole === undefined) throw new UsageError(`--${name} is dollars and cents, such as 299.00.`)
  return BigInt(whole + rest.padEnd(2, '0'))
}

function methodIn(text: string | undefined): PaymentMethod {
  const method = PAYMENT_METHODS.find((one) => one === (text ?? 'BANK_TRANSFER').toUpperCase())
  if (!method) throw new UsageError(`--method is one of ${PAYMENT_METHODS.join(', ')}.`)
  return method
}

function dayIn(text: string | undefined, now: number): number {
  if (text === undefined) return now
  const moment = Date.parse(`${text}T00:00:00Z`)
  // 31 February would be read as 3 March.
  if (!(moment <= now) || dayText(moment) !== text)
    throw new UsageError('--received is a day of the past, such as 2026-01-31.')
  return moment
}

function correctionIn(text: string): Correction {
  const [, line, amount] = /^(\d{1,4})=(.+)$/.exec(text) ?? []
  if (!line || !amount) throw new UsageError('--line is a line and dollars, such as 2=10.00.')
  return { line: Number(line), cents: centsIn(amount, 'line') }
}

function dayText(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}
