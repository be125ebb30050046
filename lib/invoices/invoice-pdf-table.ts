import {
  amountText,
  detailText,
  exactText,
  type InvoiceSection,
  quantityText,
  sectionTotal,
} from '@/lib/invoices/invoice-sections'
import type { InvoiceLine } from '@/lib/invoices/invoice-snapshot'
import {
  INNER_WIDTH,
  type Placed,
  SHEET,
  type Sheet,
  STRONG_LINE,
  STYLES,
} from '@/lib/invoices/pdf-sheet'

const COLUMNS = { number: 24, description: 226, quantity: 100, exact: 80, amount: 65.28 } as const
const GAP = 12
const PAD = 5

const left = {
  number: SHEET.margin,
  description: SHEET.margin + COLUMNS.number,
  quantity: SHEET.margin + COLUMNS.number + COLUMNS.description,
  exact: SHEET.margin + COLUMNS.number + COLUMNS.description + COLUMNS.quantity,
  amount: SHEET.margin + INNER_WIDTH - COLUMNS.amount,
} as const

/** Figures stand at the right, and are never broken. */
const place = (
  column: keyof typeof COLUMNS,
): Pick<Placed, 'x' | 'width'> & Required<Pick<Placed, 'align' | 'fit'>> => {
  const isText = column === 'number' || column === 'description'
  return {
    x: left[column],
    width: COLUMNS[column] - (column === 'amount' || column === 'number' ? 0 : GAP),
    align: isText ? 'left' : 'right',
    fit: !isText,
  }
}

const HEADERS = [
  ['number', 'Line'],
  ['description', 'Description'],
  ['quantity', 'Quantity'],
  ['exact', 'Exact, USD'],
  ['amount', 'Amount'],
] as const

const HEADER_HEIGHT = STYLES.label.size * 1.4 + 2 * PAD
const HEADING_HEIGHT = STYLES.heading.size * 1.4 + 4
const SECTION_GAP = 16
/** Small print stands on the line that figures stand on. */
const NOTE_DROP = STYLES.figure.size - STYLES.note.size

/**
 * A heading, and the lines under it as a table whose head is there again on every page.
 * @param followed height of what is not to be parted from the last line
 */
export function drawSection(sheet: Sheet, section: InvoiceSection, followed: number): void {
  const [first] = section.lines
  const heightWith = (line: InvoiceLine) =>
    heightOf(sheet, line) + (line === section.lines.at(-1) ? SECTION_GAP + followed : 0)
  // A heading is never left alone at the end of a page.
  sheet.ensure(HEADING_HEIGHT + HEADER_HEIGHT + (first ? heightWith(first) : 0))
  drawHeading(sheet, section)
  const table = sheet.group(sheet.root, 'Table')
  const head = sheet.group(table, 'THead')
  const titles = sheet.group(head, 'TR')
  for (const [column, text] of HEADERS) {
    const y = sheet.y + PAD
    sheet.headerCell(titles, 'Column', [{ text, style: STYLES.label, y, ...place(column) }])
  }
  head.end()
  endHead(sheet)
  const body = sheet.group(table, 'TBody')
  for (const line of section.lines) {
    if (sheet.ensure(heightWith(line))) repeatHead(sheet, section)
    drawLine(sheet, body, line)
  }
  table.end()
  sheet.y += SECTION_GAP
}

function drawHeading(sheet: Sheet, section: InvoiceSection): void {
  const { y } = sheet
  const x = SHEET.margin
  sheet.leaf(sheet.root, 'H2', [
    { text: section.title, style: STYLES.heading, x, y, width: INNER_WIDTH - 90 },
    { text: sectionTotal(section), style: STYLES.total, x, y, width: INNER_WIDTH, align: 'right' },
  ])
  sheet.y += HEADING_HEIGHT
}

/** As every page of a long table begins. */
function repeatHead(sheet: Sheet, { title }: InvoiceSection): void {
  sheet.artifact('Pagination', () => {
    const { y } = sheet
    sheet.place({
      text: `${title}, continued`,
      style: STYLES.heading,
      ...{ x: SHEET.margin, y, width: INNER_WIDTH },
    })
    for (const [column, text] of HEADERS) {
      sheet.place({ text, style: STYLES.label, y: y + HEADING_HEIGHT + PAD, ...place(column) })
    }
  })
  sheet.y += HEADING_HEIGHT
  endHead(sheet)
}

function endHead(sheet: Sheet): void {
  sheet.y += HEADER_HEIGHT
  sheet.rule({ color: STRONG_LINE })
}

function heightOf(sheet: Sheet, line: InvoiceLine): number {
  const { width } = place('description')
  const detail = detailText(line)
  const text = sheet.heightOf({ text: line.description, style: STYLES.body, width })
  const below = detail === '' ? 0 : sheet.heightOf({ text: detail, style: STYLES.note, width })
  const quantity = sheet.heightOf({
    text: quantityText(line),
    style: STYLES.figure,
    ...place('quantity'),
  })
  return Math.max(text + below, quantity) + 2 * PAD
}

function drawLine(sheet: Sheet, body: PDFKit.PDFStructureElement, line: InvoiceLine): void {
  const height = heightOf(sheet, line)
  const y = sheet.y + PAD
  const detail = detailText(line)
  const described = { text: line.description, style: STYLES.body, ...place('description') }
  const row = sheet.group(body, 'TR')
  const number = {
    text: String(line.number),
    style: STYLES.note,
    y: y + NOTE_DROP,
    ...place('number'),
  }
  sheet.leaf(row, 'TD', [number])
  sheet.headerCell(row, 'Row', [
    { ...described, y },
    ...(detail === ''
      ? []
      : [{ ...described, text: detail, style: STYLES.note, y: y + sheet.heightOf(described) }]),
  ])
  const quantity = { text: quantityText(line), style: STYLES.figure, y, ...place('quantity') }
  sheet.leaf(row, 'TD', [quantity])
  const exact = { text: exactText(line), style: STYLES.note, y: y + NOTE_DROP, ...place('exact') }
  sheet.leaf(row, 'TD', [exact])
  sheet.leaf(row, 'TD', [{ text: amountText(line), style: STYLES.figure, y, ...place('amount') }])
  row.end()
  sheet.y += height
  sheet.rule()
}
