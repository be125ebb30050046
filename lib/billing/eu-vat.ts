import { elevenLess, luhn, mod1110, mod9710, part, weighted } from '@/lib/billing/check-digits'

/** VAT numbers of the European Union, and of Northern Ireland, which counts as part of it for goods. */

interface VatFormat {
  pattern: RegExp
  /** Where the check is simple; elsewhere the form alone counts. */
  fits?: (number: string) => boolean
}

const GREEK_WEIGHTS = [256, 128, 64, 32, 16, 8, 4, 2]
const COUNTDOWN_9 = [9, 8, 7, 6, 5, 4, 3, 2]
const COUNTDOWN_8 = [8, 7, 6, 5, 4, 3, 2]
const IRISH_LETTERS = 'WABCDEFGHIJKLMNOPQRSTUV'

/** The United Kingdom's, too. Twelve digits name a branch of the first nine. */
export const BRITISH: VatFormat = {
  pattern: /^(\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2})$/,
  fits: (number) => {
    if (/^[GH]/.test(number)) return true
    const sum = weighted(number, COUNTDOWN_8) + part(number, 7, 9)
    return sum % 97 === 0 || (sum + 55) % 97 === 0
  },
}

/** By the two letters that the number begins with. */
const FORMATS: Readonly<Record<string, VatFormat>> = {
  AT: { pattern: /^U\d{8}$/, fits: (number) => luhnOfAustria(number.slice(1)) },
  BE: {
    pattern: /^[01]\d{9}$/,
    fits: (number) => 97 - (part(number, 0, 8) % 97) === part(number, 8),
  },
  BG: { pattern: /^\d{9,10}$/ },
  CY: { pattern: /^\d{8}[A-Z]$/ },
  CZ: { pattern: /^\d{8,10}$/ },
  DE: { pattern: /^[1-9]\d{8}$/, fits: mod1110 },
  DK: {
    pattern: /^[1-9]\d{7}$/,
    fits: (number) => weighted(number, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  },
  EE: {
    pattern: /^\d{9}$/,
    fits: (number) => weighted(number, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
  },
  EL: {
    pattern: /^\d{9}$/,
    fits: (number) => (weighted(number, GREEK_WEIGHTS) % 11) % 10 === part(number, 8),
  },
  ES: { pattern: /^([A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z])$/ },
  FI: {
    pattern: /^\d{8}$/,
    fits: (number) => elevenLess(number, [7, 9, 10, 5, 8, 4, 2]) === part(number, 7),
  },
  FR: {
    pattern: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
    // Keys with letters follow another rule.
    fits: (number) =>
      !/^\d{2}/.test(number) || (12 + 3 * (part(number, 2) % 97)) % 97 === part(number, 0, 2),
  },
  HR: { pattern: /^\d{11}$/, fits: mod1110 },
  HU: {
    pattern: /^\d{8}$/,
    fits: (number) => weighted(number, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0,
  },
  IE: {
    pattern: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
    fits: (number) => !/^\d{7}/.test(number) || IRISH_LETTERS[irishRest(number)] === number[7],
  },
  IT: { pattern: /^\d{11}$/, fits: luhn },
  LT: { pattern: /^(\d{9}|\d{12})$/ },
  LU: { pattern: /^\d{8}$/, fits: (number) => part(number, 0, 6) % 89 === part(number, 6) },
  LV: { pattern: /^\d{11}$/ },
  MT: {
    pattern: /^\d{8}$/,
    fits: (number) => 37 - (weighted(number, [3, 4, 6, 7, 8, 9]) % 37) === part(number, 6),
  },
  NL: {
    pattern: /^\d{9}B\d{2}$/,
    // Of companies, and of people who trade by themselves since 2020.
    fits: (number) =>
      weighted(number, COUNTDOWN_9) % 11 === part(number, 8, 9) || mod9710(`NL${number}`),
  },
  PL: {
    pattern: /^\d{10}$/,
    fits: (number) => weighted(number, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === part(number, 9),
  },
  PT: {
    pattern: /^[1-9]\d{8}$/,
    fits: (number) => (elevenLess(number, COUNTDOWN_9) ?? 0) === part(number, 8),
  },
  RO: {
    pattern: /^[1-9]\d{1,9}$/,
    fits: (number) => {
      const sum = weighted(number.slice(0, -1).padStart(9, '0'), [7, 5, 3, 2, 1, 7, 5, 3, 2])
      return ((sum * 10) % 11) % 10 === part(number, -1)
    },
  },
  SE: { pattern: /^\d{10}\d{2}$/, fits: (number) => luhn(number.slice(0, 10)) },
  SI: {
    pattern: /^[1-9]\d{7}$/,
    fits: (number) => (elevenLess(number, COUNTDOWN_8) ?? 0) === part(number, 7),
  },
  SK: { pattern: /^[1-9]\d{9}$/, fits: (number) => part(number, 0) % 11 === 0 },
  XI: BRITISH,
}

/** With its two letters in front. */
export function euVatVerdict(value: string): 'fits' | 'form' | 'check' {
  const format = FORMATS[value.slice(0, 2)]
  const number = value.slice(2)
  if (!format?.pattern.test(number)) return 'form'
  return format.fits?.(number) === false ? 'check' : 'fits'
}

/** ISO codes of the countries whose companies have one. */
export const EU_VAT_COUNTRIES: readonly string[] = Object.keys(FORMATS)
  .filter((code) => code !== 'XI')
  .map((code) => (code === 'EL' ? 'GR' : code))

function luhnOfAustria(number: string): boolean {
  const sum = [...number.slice(0, 7)].map(Number).reduce((total, digit, place) => {
    const twice = digit * 2
    return total + (place % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice)
  }, 0)
  return (10 - ((sum + 4) % 10)) % 10 === part(number, 7)
}

function irishRest(number: string): number {
  const second = number[8] ? number.charCodeAt(8) - 64 : 0
  return (weighted(number, COUNTDOWN_8) + second * 9) % 23
}
