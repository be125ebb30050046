import { closingHeight, drawClosing, drawOpening } from '@/lib/invoices/invoice-pdf-frame'
import { drawSection } from '@/lib/invoices/invoice-pdf-table'
import { sectionsOf } from '@/lib/invoices/invoice-sections'
import type { InvoiceSnapshot } from '@/lib/invoices/invoice-snapshot'
import { INNER_WIDTH, SHEET, Sheet, STYLES } from '@/lib/invoices/pdf-sheet'

/** What an installation brings along. */
interface PdfOptions {
  /** Font files for names in writing that Geist lacks (Greek, Arabic, Chinese …), asked in this order. */
  fallbackFonts?: readonly string[]
}

/**
 * The document as a PDF: A4, tagged for screen readers (PDF/UA), with embedded fonts. It is made from the snapshot
 * alone, so it has the same bytes whenever and wherever it is made with the same fonts. What no font has is shown as
 * a question mark, and read and copied as what it is.
 */
export async function renderInvoicePdf(
  document: InvoiceSnapshot,
  { fallbackFonts = [] }: PdfOptions = {},
): Promise<Buffer> {
  const { number, kind, seller, buyer, issuedAt } = document
  const title = `${kind === 'INVOICE' ? 'Invoice' : 'Credit note'} ${number}`
  const sheet = new Sheet({
    title: `${title} for ${buyer.name}`,
    ...{ author: seller.name, at: issuedAt, fallbackFonts },
  })
  drawOpening(sheet, document)
  const sections = sectionsOf(document.lines)
  for (const section of sections) {
    const isLast = section === sections.at(-1)
    drawSection(sheet, section, isLast ? closingHeight(sheet, document) : 0)
  }
  drawClosing(sheet, document)
  return sheet.finish((page, pages) => {
    const place = { x: SHEET.margin, y: SHEET.height - 46, width: INNER_WIDTH, style: STYLES.note }
    sheet.place({ ...place, text: `${seller.name}  ·  ${title}`, width: INNER_WIDTH - 80 })
    sheet.place({ ...place, text: `Page ${page} of ${pages}`, align: 'right' })
  })
}
