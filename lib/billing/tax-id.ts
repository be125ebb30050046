import { elevenLess, luhn, part, weighted } from '@/lib/billing/check-digits'
import { BRITISH, EU_VAT_COUNTRIES, euVatVerdict } from '@/lib/billing/eu-vat'

/** Tax ids that invoices name. Form and check digits are looked at here; nobody is asked whether they are in use. */

export const TAX_ID_TYPES = [
  'EU_VAT',
  'GB_VAT',
  'CH_UID',
  'NO_VAT',
  'US_EIN',
  'CA_GST',
  'AU_ABN',
  'NZ_IRD',
  'IN_GSTIN',
  'JP_CN',
  'SG_UEN',
  'KR_BRN',
  'IL_VAT',
  'BR_CNPJ',
  'MX_RFC',
  'ZA_VAT',
  'OTHER',
] as const
export type TaxIdType = (typeof TAX_ID_TYPES)[number]

interface TaxIdFormat {
  /** As people call it. */
  label: string
  /** ISO codes of the countries that give it out; empty for any other. */
  countries: readonly string[]
  example: string
  /** Of capitals and digits alone, with what stands between them taken out. */
  pattern: RegExp
  fits?: (value: string) => boolean
}

export const TAX_ID_FORMATS: Record<TaxIdType, TaxIdFormat> = {
  EU_VAT: {
    label: 'EU VAT number',
    countries: EU_VAT_COUNTRIES,
    example: 'DE136695976',
    pattern: /^[A-Z]{2}[A-Z0-9+*]{2,12}$/,
  },
  GB_VAT: {
    label: 'UK VAT number',
    countries: ['GB'],
    example: 'GB980780684',
    pattern: /^GB[A-Z0-9]{5,12}$/,
    fits: (value) =>
      BRITISH.pattern.test(value.slice(2)) && BRITISH.fits?.(value.slice(2)) === true,
  },
  CH_UID: {
    label: 'Swiss UID',
    countries: ['CH', 'LI'],
    example: 'CHE-100.155.212',
    pattern: /^CHE\d{9}$/,
    fits: (value) => elevenLess(value.slice(3), [5, 4, 3, 2, 7, 6, 5, 4]) === part(value, 11),
  },
  NO_VAT: {
    label: 'Norwegian organisation number',
    countries: ['NO'],
    example: '995 525 828 MVA',
    pattern: /^\d{9}(MVA)?$/,
    fits: (value) => elevenLess(value, [3, 2, 7, 6, 5, 4, 3, 2]) === part(value, 8, 9),
  },
  US_EIN: {
    label: 'US EIN',
    countries: ['US'],
    example: '04-2103594',
    pattern: /^\d{9}$/,
  },
  CA_GST: {
    label: 'Canadian GST/HST number',
    countries: ['CA'],
    example: '12302 6635 RT 0001',
    pattern: /^\d{9}RT\d{4}$/,
    fits: (value) => luhn(value.slice(0, 9)),
  },
  AU_ABN: {
    label: 'Australian ABN',
    countries: ['AU'],
    example: '51 824 753 556',
    pattern: /^[1-9]\d{10}$/,
    fits: (value) => (weighted(value, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0,
  },
  NZ_IRD: {
    label: 'New Zealand IRD number',
    countries: ['NZ'],
    example: '49-091-850',
    pattern: /^\d{8,9}$/,
    fits: (value) => fitsInNewZealand(value.padStart(9, '0')),
  },
  IN_GSTIN: {
    label: 'Indian GSTIN',
    countries: ['IN'],
    example: '27AAPFU0939F1ZV',
    pattern: /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/,
    fits: fitsInIndia,
  },
  JP_CN: {
    label: 'Japanese corporate number',
    countries: ['JP'],
    example: 'T5835678256246',
    pattern: /^T?[1-9]\d{12}$/,
    fits: (value) => {
      const number = value.replace('T', '')
      return (
        9 - (weighted(number.slice(1), [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) % 9) ===
        part(number, 0, 1)
      )
    },
  },
  SG_UEN: {
    label: 'Singaporean UEN',
    countries: ['SG'],
    example: '00192200M',
    pattern: /^(\d{8,9}[A-Z]|[TSR]\d{2}[A-Z]{2}\d{4}[A-Z])$/,
  },
  KR_BRN: {
    label: 'Korean business registration number',
    countries: ['KR'],
    example: '116-82-00276',
    pattern: /^\d{10}$/,
    fits: fitsInKorea,
  },
  IL_VAT: {
    label: 'Israeli VAT number',
    countries: ['IL'],
    example: '516179157',
    pattern: /^\d{9}$/,
    fits: luhn,
  },
  BR_CNPJ: {
    label: 'Brazilian CNPJ',
    countries: ['BR'],
    example: '16.727.230/0001-97',
    // Letters are given out since 2026.
    pattern: /^[A-Z0-9]{12}\d{2}$/,
    fits: fitsInBrazil,
  },
  MX_RFC: {
    label: 'Mexican RFC',
    countries: ['MX'],
    example: 'GODE561231GR8',
    pattern: /^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/,
  },
  ZA_VAT: {
    label: 'South African VAT number',
    countries: ['ZA'],
    example: '4012345678',
    pattern: /^4\d{9}$/,
  },
  OTHER: {
    label: 'Other tax id',
    countries: [],
    example: 'AB123456',
    pattern: /^[\p{L}\p{N}]{3,30}$/u,
  },
}

/** What companies of a country usually have, for a choice that begins with it. */
export function taxIdTypeOf(country: string): TaxIdType {
  const found = TAX_ID_TYPES.find((type) => TAX_ID_FORMATS[type].countries.includes(country))
  return found ?? 'OTHER'
}

/** Capitals and digits without what people write between them; Greece's own two letters, and no Swiss suffix. */
export function normalizedTaxId(type: TaxIdType, value: string): string {
  const bare = value.toUpperCase().replaceAll(/[\s./-]/g, '')
  if (type === 'EU_VAT') return bare.replace(/^GR/, 'EL')
  if (type === 'CH_UID') return bare.replace(/(MWST|TVA|IVA)$/, '')
  return bare
}

/** What is wrong with a normalized tax id, or null. */
export function taxIdComplaint(type: TaxIdType, value: string): string | null {
  const { label, example, pattern, fits } = TAX_ID_FORMATS[type]
  const form = `Enter the ${label} in full, such as ${example}.`
  if (!pattern.test(value)) return form
  const verdict =
    type === 'EU_VAT' ? euVatVerdict(value) : fits?.(value) === false ? 'check' : 'fits'
  if (verdict === 'form') return form
  return verdict === 'check'
    ? `The check digits of this ${label} do not fit. Compare it with the original.`
    : null
}

/** As it is printed: where people always write signs between, with them. */
export function taxIdText(type: TaxIdType, value: string): string {
  if (type === 'US_EIN') return `${value.slice(0, 2)}-${value.slice(2)}`
  if (type === 'CH_UID') return value.replace(/^CHE(\d{3})(\d{3})(\d{3})$/, 'CHE-$1.$2.$3')
  return value
}

function fitsInNewZealand(value: string): boolean {
  const first = elevenLess(value, [3, 2, 7, 6, 5, 4, 3, 2])
  const check = first ?? elevenLess(value, [7, 4, 3, 2, 5, 2, 7, 6])
  return check === part(value, 8)
}

function fitsInIndia(value: string): boolean {
  const sum = [...value.slice(0, 14)].reduce((total, sign, place) => {
    const product = Number.parseInt(sign, 36) * (place % 2 === 0 ? 1 : 2)
    return total + Math.floor(product / 36) + (product % 36)
  }, 0)
  return (36 - (sum % 36)) % 36 === Number.parseInt(value.slice(14), 36)
}

function fitsInKorea(value: string): boolean {
  const sum =
    weighted(value, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((part(value, 8, 9) * 5) / 10)
  return (10 - (sum % 10)) % 10 === part(value, 9)
}

function fitsInBrazil(value: string): boolean {
  const values = [...value].map((sign) => sign.charCodeAt(0) - 48)
  const checkOf = (count: number) => {
    const sum = values
      .slice(0, count)
      .reduce((total, one, place) => total + one * (2 + ((count - 1 - place) % 8)), 0)
    const rest = sum % 11
    return rest < 2 ? 0 : 11 - rest
  }
  return checkOf(12) === values[12] && checkOf(13) === values[13]
}
