import type { InvoiceLine } from '@/lib/invoices/invoice-snapshot'
import { count, days, dollars, gibibytes, nanoDollars } from '@/lib/invoices/wording'

/** Lines of an invoice that stand together under a heading. */
export interface InvoiceSection {
  title: string
  lines: InvoiceLine[]
}

/** Lines under their headings, in the order in which they are numbered. */
export function sectionsOf(lines: readonly InvoiceLine[]): InvoiceSection[] {
  const sections = new Map<string, InvoiceSection>()
  for (const line of lines) {
    const title = titleOf(line)
    const section = sections.get(title) ?? { title, lines: [] }
    section.lines.push(line)
    sections.set(title, section)
  }
  return [...sections.values()]
}

function titleOf({ kind, isLate, period }: InvoiceLine): string {
  if (kind === 'PLAN' || kind === 'PLAN_CREDIT') return 'Plan'
  if (isLate) return `Late usage of ${days(period)}`
  return kind === 'MODEL'
    ? `Model usage, ${days(period)}`
    : `Beyond the plan’s allowances, ${days(period)}`
}

/** How much, as it is printed; nothing for a part of a price. */
export function quantityText({ quantity, unit, kind }: InvoiceLine): string {
  if (quantity === 0n || kind === 'PLAN' || kind === 'PLAN_CREDIT') return ''
  const things = (one: string) => `${count(quantity)} ${one}${quantity === 1n ? '' : 's'}`
  switch (unit) {
    case 'TOKEN':
      return things('token')
    case 'REQUEST':
      return things('request')
    case 'CALL':
      return things('call')
    case 'MEMBER_DAY':
      return things('member-day')
    case 'BYTE_DAY':
      return `${gibibytes(quantity)}-days`
    case 'PERIOD':
      return ''
  }
}

/** What is said below the description; '' for nothing. */
export function detailText({ kind, quantity, isLate, period }: InvoiceLine): string {
  if (kind === 'PLAN' || kind === 'PLAN_CREDIT') return days(period)
  return isLate && quantity === 0n ? 'Correction of the price' : ''
}

/** The amount before it was rounded to cents; '' where it always was cents. */
export function exactText({ kind, nano }: InvoiceLine): string {
  return kind === 'PLAN' || kind === 'PLAN_CREDIT' ? '' : nanoDollars(nano)
}

/** `$12.00`, or for what is given back `−$12.00`. */
export function amountText({ cents }: Pick<InvoiceLine, 'cents'>): string {
  return dollars(cents)
}

/** Of the lines together, without tax. */
export function sectionTotal({ lines }: InvoiceSection): string {
  return dollars(lines.reduce((sum, { cents }) => sum + cents, 0n))
}
