/**
 * What a PDF of ours says of its structure, read without a PDF library: what lib/testing/pdf-reading.ts, which reads
 * all the rest, does not tell. Enough for those that pdfkit writes.
 */

/** An element of the structure that screen readers follow. */
export interface StructureElement {
  type: string
  scope: string | null
  actualText: string | null
  children: StructureElement[]
  /** Whether something on a page belongs to it. */
  hasContent: boolean
}

/** Objects by their numbers; streams are left out. */
function objectsOf(pdf: Buffer): Map<string, string> {
  const objects = new Map<string, string>()
  for (const [, id = '', body = ''] of pdf
    .toString('latin1')
    .matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    objects.set(id, body.split('\nstream\n')[0] ?? '')
  }
  return objects
}

/** The elements under the root of the structure. */
export function structureOf(pdf: Buffer): StructureElement[] {
  const objects = objectsOf(pdf)
  const root = [...objects.values()].find((body) => body.includes('/Type /StructTreeRoot')) ?? ''
  const kids = (body: string) => /\/K (?:\[([^\]]*)\]|(\d+ 0 R))/.exec(body)
  const read = (id: string): StructureElement => {
    const body = objects.get(id) ?? ''
    const content = kids(body)?.[1] ?? kids(body)?.[2] ?? ''
    const refs = [...content.matchAll(/(\d+) 0 R/g)].map(([, ref = '']) => ref)
    return {
      type: /\/S \/(\w+)/.exec(body)?.[1] ?? '',
      scope: /\/Scope \/(\w+)/.exec(body)?.[1] ?? null,
      actualText: utf16(/\/ActualText \(((?:[^()\\]|\\[\s\S])*)\)/.exec(body)?.[1]),
      children: refs.filter((ref) => objects.get(ref)?.includes('/S /')).map(read),
      hasContent: content.replaceAll(/\d+ 0 R/g, '').trim() !== '',
    }
  }
  return [...(kids(root)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(([, id = '']) => read(id))
}

function utf16(text: string | undefined): string | null {
  if (text === undefined) return null
  const bytes = Buffer.from(
    text.replaceAll(/\\([\s\S])/g, (_, one: string) => ESCAPES[one] ?? one),
    'latin1',
  )
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return bytes.toString('latin1')
  return bytes.subarray(2).swap16().toString('utf16le')
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
