import PDFDocument from 'pdfkit'
import { expect, it } from 'vitest'
import { elementsOf, readPdf } from '@/lib/testing/pdf-reading'

async function made(
  draw: (doc: PDFKit.PDFDocument) => void,
  options: object = {},
): Promise<Uint8Array> {
  const doc = new PDFDocument(options)
  const chunks: Uint8Array[] = []
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise((resolve) => doc.on('end', resolve))
  draw(doc)
  doc.end()
  await ended
  return Buffer.concat(chunks)
}

it('finds what is said to nobody', async () => {
  const plain = await readPdf(await made((doc) => doc.text('Loose').rect(9, 9, 9, 9).fill()))
  expect(plain).toMatchObject({ isMarked: false, language: null, showsTitle: false })
  expect(plain.pages[0]?.unmarked).toHaveLength(2)
  expect(plain.pages[0]?.decoration).toBe('Loose')
  expect(elementsOf(plain, 'P')).toEqual([])
})

it('reads what belongs to elements, and knows what only looks like text beside them', async () => {
  const tagged = await made(
    (doc) => {
      const root = doc.struct('Document')
      doc.addStructure(root)
      root.add(doc.struct('P', {}, () => void doc.text('Said')))
      root.end()
      doc.text('Loose')
    },
    { tagged: true, lang: 'de', pdfVersion: '1.7' },
  )
  const read = await readPdf(tagged)
  expect(read).toMatchObject({ isMarked: true, language: 'de' })
  expect(elementsOf(read, 'P').map(({ text }) => text)).toEqual(['Said'])
  expect(read.pages[0]?.unmarked).toHaveLength(1)
})

it('refuses what is no PDF', async () => {
  await expect(readPdf(Buffer.from('%PDF'))).rejects.toThrow()
})
