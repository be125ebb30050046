import type { InvoiceSnapshot, Party } from '@/lib/invoices/invoice-snapshot'
import { INNER_WIDTH, SHEET, type Sheet, STYLES } from '@/lib/invoices/pdf-sheet'
import type { TextStyle } from '@/lib/invoices/pdf-text'
import { totalRows } from '@/lib/invoices/total-rows'
import { day, days, dollars } from '@/lib/invoices/wording'

/** What stands above and below the lines. */

const LEFT = SHEET.margin
const LEADING = 1.4

/** Title, facts, who buys and sells, and what it comes to. */
export function drawOpening(sheet: Sheet, document: InvoiceSnapshot): void {
  const { kind, seller } = document
  const title = kind === 'INVOICE' ? 'Invoice' : 'Credit note'
  const name = { text: seller.name, style: STYLES.strong, x: LEFT + 255, width: INNER_WIDTH - 255 }
  sheet.leaf(sheet.root, 'H1', [
    { text: title, style: STYLES.title, x: LEFT, y: sheet.y, width: 250 },
  ])
  sheet.leaf(sheet.root, 'P', [{ ...name, y: sheet.y + 14, align: 'right' }])
  sheet.y += Math.max(STYLES.title.size * LEADING, 14 + sheet.heightOf(name)) + 10
  drawFacts(sheet, factsOf(document))
  sheet.rule()
  sheet.y += 16
  drawParties(sheet, document)
  drawAmount(sheet, document)
}

function factsOf({ kind, number, issuedAt, dueAt, period, corrects }: InvoiceSnapshot): string[][] {
  return [
    [kind === 'INVOICE' ? 'Invoice number' : 'Credit note number', number],
    ['Issued', day(issuedAt)],
    ...(dueAt === null ? [] : [['Due', day(dueAt)]]),
    ...(corrects
      ? [
          ['Corrects invoice', corrects.number],
          ['Invoice issued', day(corrects.issuedAt)],
        ]
      : []),
    ...(period && !corrects ? [['Billing period, UTC', days(period)]] : []),
  ]
}

function drawFacts(sheet: Sheet, facts: readonly string[][]): void {
  const width = INNER_WIDTH / 4
  const heights = facts.map(([label = '', value = ''], place) => {
    const at = { x: LEFT + place * width, width: width - 12 }
    const below = sheet.y + STYLES.label.size * LEADING + 1
    sheet.leaf(sheet.root, 'P', [
      { text: label, style: STYLES.label, y: sheet.y, ...at },
      { text: value, style: STYLES.body, y: below, ...at },
    ])
    return below - sheet.y + sheet.heightOf({ text: value, style: STYLES.body, ...at })
  })
  sheet.y += Math.max(...heights) + 14
}

function drawParties(sheet: Sheet, { kind, buyer, seller }: InvoiceSnapshot): void {
  const { y } = sheet
  const half = INNER_WIDTH / 2
  const bottoms = [
    drawParty(sheet, kind === 'INVOICE' ? 'Billed to' : 'Credited to', buyer, LEFT),
    drawParty(sheet, 'From', seller, LEFT + half),
  ]
  sheet.y = Math.max(y, ...bottoms) + 18
}

/** @returns where it ends */
function drawParty(sheet: Sheet, label: string, party: Party, x: number): number {
  const width = INNER_WIDTH / 2 - 24
  let { y } = sheet
  const write = (type: string, text: string, style: TextStyle) => {
    sheet.leaf(sheet.root, type, [{ text, style, x, y, width }])
    y += sheet.heightOf({ text, style, width })
  }
  write('H2', label, STYLES.label)
  y += 2
  write('P', party.name, STYLES.strong)
  for (const line of [...party.lines, ...party.taxIds]) write('P', line, STYLES.body)
  if (party.email !== null) write('P', party.email, STYLES.body)
  return y
}

function drawAmount(sheet: Sheet, { kind, totals, dueAt, corrects }: InvoiceSnapshot): void {
  const isInvoice = kind === 'INVOICE'
  const amount = dollars(isInvoice ? totals.dueCents : totals.totalCents)
  const reason = { text: corrects?.reason ?? '', style: STYLES.body, width: INNER_WIDTH - 220 }
  const height = Math.max(58, sheet.heightOf(reason) + 38)
  const { y } = sheet
  sheet.artifact('Layout', () => {
    sheet.doc.roundedRect(LEFT, y, INNER_WIDTH, height, 6).fill('#f5f5f5')
  })
  const x = LEFT + 16
  sheet.leaf(sheet.root, 'P', [
    {
      text: isInvoice ? 'Amount due' : 'Amount credited',
      style: STYLES.label,
      ...{ x, y: y + 11, width: 180 },
    },
    { text: amount, style: STYLES.amount, x, y: y + 21, width: 180, fit: true },
  ])
  const aside = { x: LEFT + 204, width: INNER_WIDTH - 220 }
  if (corrects) {
    sheet.leaf(sheet.root, 'P', [
      { text: 'Reason', style: STYLES.label, y: y + 11, ...aside },
      { ...reason, ...aside, y: y + 25 },
    ])
  } else {
    const text =
      totals.dueCents > 0n && dueAt !== null
        ? `Please pay by ${day(dueAt)}.`
        : 'There is nothing to pay.'
    sheet.leaf(sheet.root, 'P', [{ text, style: STYLES.body, y: y + 25, ...aside, align: 'right' }])
  }
  sheet.y += height + 22
}

const TOTAL_HEIGHT = 19
const SUM_GAP = 3

/** What stands below the lines takes up so much: it is not parted from the last of them. */
export function closingHeight(sheet: Sheet, document: InvoiceSnapshot): number {
  const notes = notesOf(document).reduce((sum, note) => sum + noteHeight(sheet, note), 0)
  return totalRows(document).length * TOTAL_HEIGHT + 2 * SUM_GAP + 16 + notes
}

/** What the lines come to, and how it is paid. */
export function drawClosing(sheet: Sheet, document: InvoiceSnapshot): void {
  const rows = totalRows(document)
  const table = sheet.group(sheet.root, 'Table')
  const body = sheet.group(table, 'TBody')
  for (const [index, { label, cents }] of rows.entries()) {
    const isLast = index === rows.length - 1
    if (isLast) drawSumRule(sheet)
    const at = { x: LEFT + INNER_WIDTH - 260, y: sheet.y + 4 }
    const style = isLast ? STYLES.total : STYLES.figure
    const row = sheet.group(body, 'TR')
    sheet.headerCell(row, 'Row', [{ text: label, style, ...at, width: 160 }])
    sheet.leaf(row, 'TD', [{ text: dollars(cents), style, ...at, width: 260, align: 'right' }])
    row.end()
    sheet.y += TOTAL_HEIGHT
  }
  table.end()
  sheet.y += 16
  for (const note of notesOf(document)) drawNote(sheet, note)
}

/** Above what it comes to. */
function drawSumRule(sheet: Sheet): void {
  sheet.y += SUM_GAP
  sheet.rule({ from: LEFT + INNER_WIDTH - 260 })
  sheet.y += SUM_GAP
}

interface Note {
  title: string
  lines: readonly string[]
}

function notesOf({ kind, seller, tax, totals, number }: InvoiceSnapshot): Note[] {
  const pays = kind === 'INVOICE' && totals.dueCents > 0n && seller.payment.length > 0
  const reference = `Give ${number} as the reference.`
  const rounding =
    'Days are UTC. Usage is counted to a billionth of a dollar, and each line is rounded once to cents.'
  return [
    ...(pays ? [{ title: 'How to pay', lines: [...seller.payment, reference] }] : []),
    { title: 'Notes', lines: tax?.note ? [tax.note, rounding] : [rounding] },
  ]
}

const NOTE = { style: STYLES.body, x: LEFT, width: INNER_WIDTH }
const NOTE_HEAD_HEIGHT = STYLES.heading.size * LEADING + 3
const NOTE_GAP = 12

function noteHeight(sheet: Sheet, { lines }: Note): number {
  const heights = lines.map((text) => sheet.heightOf({ ...NOTE, text }))
  return heights.reduce((sum, height) => sum + height, NOTE_HEAD_HEIGHT + NOTE_GAP)
}

function drawNote(sheet: Sheet, note: Note): void {
  // All of it fits below the lines, unless somebody has much to say about how to pay.
  sheet.ensure(noteHeight(sheet, note) - NOTE_GAP)
  sheet.leaf(sheet.root, 'H2', [{ ...NOTE, text: note.title, style: STYLES.heading, y: sheet.y }])
  sheet.y += NOTE_HEAD_HEIGHT
  for (const text of note.lines) {
    sheet.leaf(sheet.root, 'P', [{ ...NOTE, text, y: sheet.y }])
    sheet.y += sheet.heightOf({ ...NOTE, text })
  }
  sheet.y += NOTE_GAP
}
