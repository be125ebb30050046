/** Check digits of tax ids. All take text that has been matched against its pattern. */

const digitsOf = (text: string): number[] => [...text].map(Number)

/** Sum of each digit times its weight, by place. */
export function weighted(text: string, weights: readonly number[]): number {
  const digits = digitsOf(text)
  return weights.reduce((sum, weight, place) => sum + weight * (digits[place] ?? 0), 0)
}

/** ISO/IEC 7812-1. */
export function luhn(text: string): boolean {
  const sum = digitsOf(text)
    .reverse()
    .reduce((total, digit, place) => {
      const twice = digit * 2
      return total + (place % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice)
    }, 0)
  return sum % 10 === 0
}

/** ISO/IEC 7064, MOD 11,10. */
export function mod1110(text: string): boolean {
  const check = digitsOf(text).reduce((rest, digit, place, all) => {
    if (place === all.length - 1) return (rest + digit) % 10
    return (((rest + digit) % 10 || 10) * 2) % 11
  }, 10)
  return check === 1
}

/** ISO/IEC 7064, MOD 97-10: letters count from 10. */
export function mod9710(text: string): boolean {
  const rest = [...text].reduce((left, sign) => {
    const value = Number.parseInt(sign, 36)
    return (left * (value > 9 ? 100 : 10) + value) % 97
  }, 0)
  return rest === 1
}

/** 11 less the weighted sum modulo 11; 11 counts as 0, and a check digit of 10 is never given out. */
export function elevenLess(text: string, weights: readonly number[]): number | null {
  const check = (11 - (weighted(text, weights) % 11)) % 11
  return check === 10 ? null : check
}

/** Number of the digits from one place to before another. */
export function part(text: string, from: number, to?: number): number {
  return Number(text.slice(from, to))
}
