import PDFDocument from 'pdfkit'
import { TextSetter, type TextStyle } from '@/lib/invoices/pdf-text'

/** A4 in points, and what is left free around it. */
export const SHEET = { width: 595.28, height: 841.89, margin: 50, foot: 76 } as const
export const INNER_WIDTH = SHEET.width - 2 * SHEET.margin

const INK = '#171717'
const MUTED = '#5f5f5f'
const HAIRLINE = '#d9d9d9'
export const STRONG_LINE = '#171717'

export const STYLES = {
  title: { size: 26, weight: 'SemiBold', color: INK },
  amount: { size: 20, weight: 'SemiBold', color: INK, tabular: true },
  heading: { size: 10, weight: 'SemiBold', color: INK },
  strong: { size: 9.5, weight: 'SemiBold', color: INK },
  body: { size: 9, weight: 'Regular', color: INK },
  figure: { size: 9, weight: 'Regular', color: INK, tabular: true },
  total: { size: 10, weight: 'SemiBold', color: INK, tabular: true },
  label: { size: 7.5, weight: 'Medium', color: MUTED },
  note: { size: 7.5, weight: 'Regular', color: MUTED, tabular: true },
} as const satisfies Record<string, TextStyle>

/** Text at a place: wrapped within the width, from the left or to the right. */
export interface Placed {
  text: string
  style: TextStyle
  x: number
  width: number
  align?: 'left' | 'right'
  /** Set smaller where it is wider than the width: amounts are not broken. */
  fit?: boolean
}

interface DocumentFacts {
  title: string
  author: string
  /** Epoch ms; the same document has the same bytes whenever it is rendered. */
  at: number
  fallbackFonts: readonly string[]
}

/** Of the installed types these lack what the installed pdfkit knows. */
type ElementOptions = PDFKit.Mixins.StructureElementOptions & { scope?: 'Column' | 'Row' }
type Parent = PDFKit.PDFStructureElement

const LEADING = 1.4

/** A document under way, page after page, with the structure that screen readers follow (PDF/UA). */
export class Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly text: TextSetter
  readonly root: Parent
  /** Where the next thing goes on this page. */
  y: number = SHEET.margin

  constructor({ title, author, at, fallbackFonts }: DocumentFacts) {
    const date = new Date(at)
    const options = {
      size: 'A4',
      margin: 0,
      bufferPages: true,
      pdfVersion: '1.7',
      subset: 'PDF/UA',
      tagged: true,
      lang: 'en',
      displayTitle: true,
      // None before the ones that are set below: it would be opened again at every change of fonts.
      font: null,
      info: { Title: title, Author: author, CreationDate: date, ModDate: date },
    }
    this.doc = new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions)
    this.text = new TextSetter(this.doc, fallbackFonts)
    this.root = this.doc.struct('Document')
    this.doc.addStructure(this.root)
  }

  /** Begins a new page unless so much fits below. @returns whether it did */
  ensure(height: number): boolean {
    if (this.y + height <= SHEET.height - SHEET.foot) return false
    this.doc.addPage()
    this.y = SHEET.margin
    return true
  }

  heightOf(piece: Pick<Placed, 'text' | 'style' | 'width' | 'fit'>): number {
    const style = this.#styleOf(piece)
    return this.text.lines(piece.text, style, piece.width).length * style.size * LEADING
  }

  #styleOf({ text, style, width, fit }: Pick<Placed, 'text' | 'style' | 'width' | 'fit'>) {
    return fit ? this.text.fitted(text, style, width) : style
  }

  /** An element that holds others; `end` it when they are there. */
  group(parent: Parent, type: string, options: ElementOptions = {}): Parent {
    const element = this.doc.struct(type, options)
    parent.add(element)
    return element
  }

  /** An element of text, read in the order given; each piece below the one before unless it names its own `y`. */
  leaf(parent: Parent, type: string, pieces: readonly (Placed & { y: number })[]): void {
    this.#leaf(parent, type, {}, pieces)
  }

  /** A cell that others are read under. */
  headerCell(
    parent: Parent,
    scope: 'Column' | 'Row',
    pieces: readonly (Placed & { y: number })[],
  ): void {
    this.#leaf(parent, 'TH', { scope }, pieces)
  }

  #leaf(
    parent: Parent,
    type: string,
    options: ElementOptions,
    pieces: readonly (Placed & { y: number })[],
  ): void {
    const said = pieces.some(({ text }) => this.text.replaced(text) !== null)
    const actual = said ? { actual: pieces.map(({ text }) => text).join(' ') } : {}
    const element = this.doc.struct(type, { ...options, ...actual })
    parent.add(element)
    element.add(() => {
      for (const [index, piece] of pieces.entries()) this.place(piece, index < pieces.length - 1)
    })
    element.end()
  }

  /** Draws text; only within an element or an artifact. */
  place(piece: Placed & { y: number }, isFollowed = false): void {
    const { text, x, width, align = 'left' } = piece
    const style = this.#styleOf(piece)
    // What is set smaller stands on the line that the others stand on.
    const top = piece.y + piece.style.size - style.size
    const lines = this.text.lines(text, style, width)
    for (const [row, line] of lines.entries()) {
      const left = align === 'left' ? x : x + width - line.width
      const at = { x: left, y: top + row * style.size * LEADING }
      this.text.draw(line, style, at, isFollowed || row < lines.length - 1)
    }
  }

  /** Decoration, and what is repeated on every page: nobody has it read to them. */
  artifact(type: 'Layout' | 'Pagination', draw: () => void): void {
    this.doc.markContent('Artifact', { type })
    draw()
    this.doc.endMarkedContent()
  }

  /** A line across the page, or from somewhere on. */
  rule({ from = SHEET.margin, color = HAIRLINE }: { from?: number; color?: string } = {}): void {
    const { y } = this
    const right = SHEET.width - SHEET.margin
    this.artifact('Layout', () => {
      this.doc.lineWidth(0.6).strokeColor(color).moveTo(from, y).lineTo(right, y).stroke()
    })
  }

  /** Ends every page with what is the same on all of them, and the document. */
  async finish(footer: (page: number, pages: number) => void): Promise<Buffer> {
    this.root.end()
    const { count } = this.doc.bufferedPageRange()
    for (let page = 0; page < count; page++) {
      this.doc.switchToPage(page)
      this.artifact('Pagination', () => footer(page + 1, count))
    }
    const chunks: Uint8Array[] = []
    const whole = new Promise<Buffer>((resolve, reject) => {
      this.doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      this.doc.on('end', () => resolve(Buffer.concat(chunks)))
      this.doc.on('error', reject)
    })
    this.doc.end()
    return whole
  }
}
