import { expect, it } from 'vitest'
import { maskedAddress } from './masked-address'

it('shows the first letter and the domain, and not how long the rest is', () => {
  expect(maskedAddress('ada.lovelace@acme.example')).toBe('a•••@acme.example')
  expect(maskedAddress('a@acme.example')).toBe('a•••@acme.example')
  expect(maskedAddress('"odd@name"@acme.example')).toBe('"•••@acme.example')
  expect(maskedAddress('not an address')).toBe('•••')
})
