import type { PDFPageProxy } from 'pdfjs-dist'

/** PDFs as a reader understands them that is not ours: pdf.js, which browsers and previews use. */

/** An element of the structure that screen readers follow. */
export interface ReadElement {
  role: string
  /** What is written in it, those within it included, in the order in which it is read. */
  text: string
  children: ReadElement[]
}

export interface ReadPage {
  /** What the page has of the document's structure. */
  root: ReadElement
  /** What belongs to no element: page numbers, and heads of tables that are there again. */
  decoration: string
  /** Operations that put something on the page outside every element and all that is marked as decoration. */
  unmarked: string[]
}

export interface ReadPdf {
  title: string | null
  language: string | null
  /** Whether windows show the title, not the name of the file. */
  showsTitle: boolean
  /** Whether it says that everything in it is marked. */
  isMarked: boolean
  /** The part of PDF/UA that it says it follows. */
  accessibilityPart: string | null
  pages: ReadPage[]
}

type StructTreeNode = Awaited<ReturnType<PDFPageProxy['getStructTree']>>
type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>
type Reader = typeof import('pdfjs-dist/legacy/build/pdf.mjs')

/** Where its optional package for drawing is not installed, the library still wants this name; reading never uses it. */
async function loadReader(): Promise<Reader> {
  globalThis.DOMMatrix ??= class {} as unknown as typeof DOMMatrix
  return import('pdfjs-dist/legacy/build/pdf.mjs')
}

/** @throws Error where it is no PDF */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const reader = await loadReader()
  const { OPS, VerbosityLevel, getDocument } = reader
  // A copy: the library takes the bytes for itself.
  const data = new Uint8Array(bytes)
  const task = getDocument({ data, verbosity: VerbosityLevel.ERRORS })
  const document = await task.promise
  const { info, metadata } = await document.getMetadata()
  const facts = info as Record<string, string | undefined>
  const pages: ReadPage[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const written = await page.getTextContent({ includeMarkedContent: true })
    const { byId, decoration } = textsOf(written)
    const tree = await page.getStructTree()
    pages.push({
      root: elementOf(tree, byId),
      decoration,
      unmarked: unmarkedOf(OPS, (await page.getOperatorList()).fnArray),
    })
  }
  const preferences = (await document.getViewerPreferences()) as Record<string, unknown> | null
  const marks = (await document.getMarkInfo()) as { Marked?: boolean } | null
  const read = {
    title: facts.Title ?? null,
    language: facts.Language ?? null,
    showsTitle: preferences?.DisplayDocTitle === true,
    isMarked: marks?.Marked === true,
    accessibilityPart: (metadata?.get('pdfuaid:part') as string | undefined) ?? null,
    pages,
  }
  await task.destroy()
  return read
}

/** Elements of a role, in the order of the document. */
export function elementsOf(
  { pages }: Pick<ReadPdf, 'pages'>,
  role: string,
  within?: string,
): ReadElement[] {
  const inside = (element: ReadElement, wanted: string): ReadElement[] => [
    ...(element.role === wanted ? [element] : []),
    ...element.children.flatMap((child) => inside(child, wanted)),
  ]
  return pages
    .flatMap(({ root }) => (within ? inside(root, within) : [root]))
    .flatMap((root) => inside(root, role))
}

/** Text by the element that it belongs to, and that which belongs to none. */
function textsOf({ items }: TextContent): { byId: Map<string, string>; decoration: string } {
  const byId = new Map<string, string>()
  const open: (string | null)[] = []
  let decoration = ''
  for (const item of items) {
    if ('str' in item) {
      const text = item.hasEOL ? `${item.str}\n` : item.str
      const id = open.at(-1) ?? null
      if (id === null) decoration += text
      else byId.set(id, (byId.get(id) ?? '') + text)
    } else if (item.type === 'endMarkedContent') open.pop()
    else open.push(item.id ?? null)
  }
  return { byId, decoration: tidy(decoration) }
}

function elementOf(node: StructTreeNode | null, byId: ReadonlyMap<string, string>): ReadElement {
  if (!node) return { role: 'Nothing', text: '', children: [] }
  const texts: string[] = []
  const children: ReadElement[] = []
  for (const child of node.children) {
    if ('role' in child) {
      const element = elementOf(child, byId)
      children.push(element)
      texts.push(element.text)
    } else texts.push(byId.get(child.id) ?? '')
  }
  return { role: node.role, text: tidy(texts.join(' ')), children }
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

const MARKS = ['beginMarkedContent', 'beginMarkedContentProps']
const DRAWS =
  /^(showText|showSpacedText|nextLine\w*ShowText|constructPath|(close|raw|shading)?(eo)?(fill|stroke)\w*|paint\w+)$/i

function unmarkedOf(operations: Reader['OPS'], used: readonly number[]): string[] {
  const names = new Map(Object.entries(operations).map(([name, code]) => [code as number, name]))
  const unmarked: string[] = []
  let depth = 0
  for (const code of used) {
    const name = names.get(code) ?? ''
    if (MARKS.includes(name)) depth++
    else if (name === 'endMarkedContent') depth--
    else if (depth === 0 && DRAWS.test(name)) unmarked.push(name)
  }
  return unmarked
}
