import type { Page } from '@playwright/test'
import { cellsOf } from '@/e2e/support/csv'
import { elementsOf, type ReadElement, readPdf } from '@/lib/testing/pdf-reading'

/** One document as each of its faces tells it, in one form, so that they can be compared. */

export interface ReadLine {
  /** Without spaces: faces break lines where they like. */
  text: string
  /** As it is written for people; null where a face writes it for programs. */
  quantity: string | null
  nano: bigint
  cents: bigint
}

export interface ReadSums {
  subtotal: bigint
  tax: bigint
  total: bigint
  /** Paid from credit; below 0 was added to it. */
  credit: bigint
  due: bigint
}

export interface Reading {
  lines: ReadLine[]
  sums: Partial<ReadSums>
}

const NANO_DIGITS = 9

/** Nano-USD of `−$1,234.50`, `-1234.500000000` and the like. */
function nanoOf(text: string): bigint {
  const [, sign = '', whole = '', rest = ''] =
    /^([−-]?)\$?([\d,]+)(?:\.(\d{1,9}))?$/.exec(text.trim()) ?? []
  if (whole === '') throw new Error(`"${text}" is no amount.`)
  const size = BigInt(whole.replaceAll(',', '') + rest.padEnd(NANO_DIGITS, '0'))
  return sign === '' ? size : -size
}

const NANO_IN_CENT = 10_000_000n

function centsOf(text: string): bigint {
  const nano = nanoOf(text)
  if (nano % NANO_IN_CENT !== 0n) throw new Error(`"${text}" is finer than a cent.`)
  return nano / NANO_IN_CENT
}

const squeezed = (text: string) => text.replaceAll(/\s/g, '')

/** Fees have no exact amount beside the amount: it is the same. */
function lineOf(text: string, quantity: string | null, exact: string, amount: string): ReadLine {
  const cents = centsOf(amount)
  const nano = exact.trim() === '' ? cents * NANO_IN_CENT : nanoOf(exact)
  const counted = quantity === null ? null : squeezed(quantity)
  return { text: squeezed(text), quantity: counted, nano, cents }
}

const SUMS: Record<string, [keyof ReadSums, 1n | -1n]> = {
  'Without tax': ['subtotal', 1n],
  Subtotal: ['subtotal', 1n],
  'VAT 19%': ['tax', 1n],
  VAT: ['tax', 1n],
  Tax: ['tax', 1n],
  Total: ['total', 1n],
  'Total credited': ['total', 1n],
  'Paid from your credit': ['credit', -1n],
  'Added to your credit': ['credit', -1n],
  'To pay so far': ['due', 1n],
  'Amount due in USD': ['due', 1n],
}

function sumsOf(rows: readonly (readonly [string, string])[]): Partial<ReadSums> {
  return Object.fromEntries(
    rows.flatMap(([label, amount]) => {
      const [name, sign] = SUMS[label.trim()] ?? []
      return name && sign ? [[name, sign * centsOf(amount)]] : []
    }),
  )
}

/** From what is visible on the page that is open. */
export async function readPage(page: Page, label: string): Promise<Reading> {
  const table = page.getByRole('table', { name: label })
  await table.waitFor()
  const rows = await table.locator('tbody tr:not(:has(th))').all()
  const lines = await Promise.all(
    rows.map(async (row) => {
      const [text = '', quantity = '', exact = '', amount = ''] = await row
        .locator('td')
        .allInnerTexts()
      return lineOf(text, quantity, exact, amount)
    }),
  )
  const card = page.locator('section', { has: table })
  const terms = await card.locator('dl > div').all()
  const sums = await Promise.all(
    terms.map(
      async (term) =>
        [
          (await term.locator('dt').textContent()) ?? '',
          (await term.locator('dd').textContent()) ?? '',
        ] as const,
    ),
  )
  return { lines, sums: sumsOf(sums) }
}

/** Through a reader that shares nothing with what writes the PDF. */
export async function readInvoicePdf(bytes: Uint8Array): Promise<Reading> {
  const pdf = await readPdf(bytes)
  const cells = elementsOf(pdf, 'TR', 'TBody').map(({ children }) => children.map(textOf))
  const lines = cells
    .filter(({ length }) => length === 5)
    .map(([_number = '', text = '', quantity = '', exact = '', amount = '']) =>
      lineOf(text, quantity, exact, amount),
    )
  const sums = cells.flatMap(([label = '', amount = '', ...rest]) =>
    amount !== '' && rest.length === 0 ? [[label, amount] as const] : [],
  )
  return { lines, sums: sumsOf(sums) }
}

const textOf = ({ text }: ReadElement) => text

/** Of one document in the file for accountants. Amounts of credit notes are below 0 there. */
export function readCsv(csv: string, number: string): Reading {
  const [header = [], ...rows] = cellsOf(csv)
  const own = rows
    .map((row) => new Map(header.map((name, place) => [name, row[place] ?? ''])))
    .filter((row) => row.get('document') === number)
  const sign = own[0]?.get('document_type') === 'CREDIT_NOTE' ? -1n : 1n
  const cell = (row: Map<string, string>, name: string) => row.get(name) ?? ''
  const added = (name: string) =>
    own.reduce((sum, row) => sum + sign * centsOf(cell(row, name)), 0n)
  return {
    lines: own.map((row) => ({
      text: squeezed(cell(row, 'description')),
      quantity: null,
      nano: sign * nanoOf(cell(row, 'exact_usd')),
      cents: sign * centsOf(cell(row, 'net_usd')),
    })),
    sums: {
      subtotal: added('net_usd'),
      tax: added('tax_usd'),
      total: added('gross_usd'),
    },
  }
}

interface WireLine {
  description: string
  kind: string
  provider: string | null
  model: string | null
  isLate: boolean
  exactAmount: string
  amount: string
}

/** What the API tells of a document, or of the period under way. */
export interface WireDocument {
  lines: WireLine[]
  subtotal: string
  tax: string
  total: string
  credit?: string
  due?: string
}

export function readWire({ lines, ...sums }: WireDocument): Reading {
  return {
    lines: lines.map(({ description, exactAmount, amount }) =>
      lineOf(description, null, exactAmount, amount),
    ),
    sums: {
      subtotal: centsOf(sums.subtotal),
      tax: centsOf(sums.tax),
      total: centsOf(sums.total),
      ...(sums.credit === undefined ? {} : { credit: centsOf(sums.credit) }),
      ...(sums.due === undefined ? {} : { due: centsOf(sums.due) }),
    },
  }
}

/** Nano-USD of the lines that charge for models. */
export function modelNano({ lines }: WireDocument): bigint {
  return lines
    .filter(({ kind }) => kind === 'MODEL')
    .reduce((sum, { exactAmount }) => sum + nanoOf(exactAmount), 0n)
}
