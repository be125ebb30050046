import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isAddress, parseAddressList } from './address-list'

it.each([
  ['', []],
  ['ada@acme.example', ['ada@acme.example']],
  ['Ada@Acme.example, ada@acme.example', ['ada@acme.example']],
  ['a@b.example; c@d.example\ne@f.example', ['a@b.example', 'c@d.example', 'e@f.example']],
  ['Ada Lindqvist <ada@acme.example>', ['ada@acme.example']],
  [
    '"Berg, Linus" <linus@acme.example>, Mei <mei@acme.example>',
    ['linus@acme.example', 'mei@acme.example'],
  ],
  ['not-an-address, ok@acme.example', ['not-an-address', 'ok@acme.example']],
])('%j lists %j', (text, addresses) => {
  expect(parseAddressList(text)).toEqual(addresses)
})

it.each(['ada', 'ada@', '@acme.example', 'ada@acme', 'a b@c.example', 'ada@acme..example', ''])(
  'marks %j',
  (text) => {
    expect(isAddress(text)).toBe(false)
  },
)

it('finds every address again, however they are separated', () => {
  const address = fc
    .emailAddress()
    .map((text) => text.toLowerCase())
    .filter(isAddress)
  fc.assert(
    fc.property(
      fc.uniqueArray(address, { maxLength: 20 }),
      fc.constantFrom(',', ';', '\n', ', ', ' ; ', '\r\n'),
      (addresses, separator) => {
        expect(parseAddressList(addresses.join(separator))).toEqual(addresses)
        const named = addresses.map((text, index) => `"Person, ${index}" <${text}>`)
        expect(parseAddressList(named.join(separator))).toEqual(addresses)
      },
    ),
  )
})
