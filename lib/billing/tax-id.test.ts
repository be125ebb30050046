import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNTRY_CODES, countryName } from '@/lib/billing/countries'
import {
  normalizedTaxId,
  TAX_ID_FORMATS,
  TAX_ID_TYPES,
  type TaxIdType,
  taxIdComplaint,
  taxIdText,
  taxIdTypeOf,
} from '@/lib/billing/tax-id'

const complaintOf = (type: TaxIdType, text: string) =>
  taxIdComplaint(type, normalizedTaxId(type, text))

/** Numbers that authorities and companies have published. */
const EU_VAT = [
  'ATU13585627',
  'BE0428759497',
  'BG175074752',
  'CY10259033P',
  'CZ25123891',
  'DE136695976',
  'DK13585628',
  'EE100931558',
  'EL094259216',
  'GR 023456780',
  'ESB58378431',
  'FI20774740',
  'FR 40 303 265 045',
  'FR23334175221',
  'HR33392005961',
  'HU12892312',
  'IE6433435F',
  'IE6433435OA',
  'IE8D79739I',
  'IT00743110157',
  'LT119511515',
  'LU15027442',
  'LV40003521600',
  'MT11679112',
  'NL004495445B01',
  'NL002455799B11',
  'PL8567346215',
  'PT501964843',
  'RO18547290',
  'SE123456789701',
  'SI50223054',
  'SK2022749619',
  'XI980780684',
]

const OTHERS: [TaxIdType, string][] = [
  ['GB_VAT', 'GB 980 7806 84'],
  ['GB_VAT', 'GBGD001'],
  ['CH_UID', 'CHE-100.155.212 MWST'],
  ['NO_VAT', '995 525 828 MVA'],
  ['US_EIN', '04-2103594'],
  ['CA_GST', '12302 6635 RT 0001'],
  ['AU_ABN', '83 914 571 673'],
  ['AU_ABN', '51 824 753 556'],
  ['NZ_IRD', '49-091-850'],
  ['NZ_IRD', '136-410-132'],
  ['IN_GSTIN', '27AAPFU0939F1ZV'],
  ['JP_CN', '5835678256246'],
  ['KR_BRN', '116-82-00276'],
  ['BR_CNPJ', '16.727.230/0001-97'],
  ['BR_CNPJ', '12.ABC.345/01DE-35'],
]

describe('a tax id', () => {
  it.each(EU_VAT)('takes the EU VAT number %s', (text) => {
    expect(complaintOf('EU_VAT', text)).toBeNull()
  })

  it.each(OTHERS)('takes %s %s', (type, text) => {
    expect(complaintOf(type, text)).toBeNull()
  })

  it.each(TAX_ID_TYPES)('takes its own example of %s', (type) => {
    expect(complaintOf(type, TAX_ID_FORMATS[type].example)).toBeNull()
  })

  // Not British ones: of their two rules a digit that is wrong by one may fit the other.
  it.each<[TaxIdType, string]>([
    ['EU_VAT', 'DE136695976'],
    ['EU_VAT', 'ATU13585627'],
    ['EU_VAT', 'IT00743110157'],
    ['EU_VAT', 'SI50223054'],
    ['CH_UID', 'CHE100155212'],
    ['CA_GST', '123026635RT0001'],
    ['AU_ABN', '51824753556'],
    ['IN_GSTIN', '27AAPFU0939F1ZV'],
  ])('finds any single digit of a %s such as %s that was mistyped', (type, text) => {
    // The program and account behind a Canadian number have no check.
    const last = type === 'CA_GST' ? 9 : text.length
    const places = [...text].flatMap((sign, at) => (/\d/.test(sign) && at < last ? [at] : []))
    const mistyped = places.flatMap((at) =>
      Array.from(
        { length: 9 },
        (_, by) => `${text.slice(0, at)}${(Number(text[at]) + by + 1) % 10}${text.slice(at + 1)}`,
      ),
    )
    expect(mistyped.filter((wrong) => complaintOf(type, wrong) === null)).toEqual([])
  })

  it('says what is wrong, and with what form', () => {
    expect(complaintOf('EU_VAT', 'DE136695977')).toMatch(/check digits .* do not fit/)
    expect(complaintOf('EU_VAT', 'US12345')).toBe(
      'Enter the EU VAT number in full, such as DE136695976.',
    )
    expect(complaintOf('EU_VAT', '136695976')).toMatch(/in full/)
    expect(complaintOf('GB_VAT', 'GB123')).toMatch(/in full/)
    expect(complaintOf('OTHER', '!')).toMatch(/in full/)
  })

  it('never fails on any text, whatever the type', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TAX_ID_TYPES), fc.string({ unit: 'binary' }), (type, text) => {
        const complaint = complaintOf(type, text)
        expect(complaint === null || complaint.length > 0).toBe(true)
      }),
    )
  })

  it('is printed as people write it', () => {
    expect(taxIdText('US_EIN', '042103594')).toBe('04-2103594')
    expect(taxIdText('CH_UID', normalizedTaxId('CH_UID', 'CHE 100155212 IVA'))).toBe(
      'CHE-100.155.212',
    )
    expect(taxIdText('EU_VAT', 'DE136695976')).toBe('DE136695976')
  })

  it('is offered by country', () => {
    expect(taxIdTypeOf('GR')).toBe('EU_VAT')
    expect(taxIdTypeOf('GB')).toBe('GB_VAT')
    expect(taxIdTypeOf('KE')).toBe('OTHER')
    for (const { countries } of Object.values(TAX_ID_FORMATS)) {
      for (const country of countries) expect(COUNTRY_CODES).toContain(country)
    }
  })
})

it('names every country', () => {
  expect(COUNTRY_CODES).toHaveLength(250)
  for (const code of COUNTRY_CODES) expect(countryName(code)).not.toBe(code)
})
