import { expect, it } from 'vitest'
import { visualOrder } from '@/lib/invoices/pdf-direction'

const seen = (...texts: string[]) =>
  visualOrder(texts.map((text) => ({ text }))).map(({ text }) => text)

it('leaves what is written from the left as it is', () => {
  expect(seen('Acme', ' ', 'Ελληνική', ' ', 'ΑΕ')).toEqual(['Acme', ' ', 'Ελληνική', ' ', 'ΑΕ'])
  expect(seen()).toEqual([])
})

it('begins with the last of the words that are written from the right', () => {
  expect(seen('שלום', ' ', 'עולם', '  ', 'טוב')).toEqual(['טוב', '  ', 'עולם', ' ', 'שלום'])
})

it('does so between words that are written from the left, each in its place', () => {
  expect(seen('Acme ', 'شركة', ' ', 'الروبوتات', ' ', 'Ltd. ', 'شركة', ' ')).toEqual([
    ...['Acme ', 'الروبوتات', ' ', 'شركة', ' ', 'Ltd. ', 'شركة', ' '],
  ])
})
