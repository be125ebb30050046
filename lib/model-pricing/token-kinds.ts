/**
 * Kinds of tokens of one model call, disjoint: a token that was read from a cache is not among `input`, one
 * of reasoning not among `output`. So every total is a plain sum.
 */
export const INPUT_KINDS = [
  'input',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'inputAudio',
] as const
export const OUTPUT_KINDS = ['output', 'reasoning', 'outputAudio'] as const
export const TOKEN_KINDS = [...INPUT_KINDS, ...OUTPUT_KINDS] as const

export type InputKind = (typeof INPUT_KINDS)[number]
export type TokenKind = (typeof TOKEN_KINDS)[number]

/** How many tokens of each kind: integers from 0 on. */
export type TokenCounts = Record<TokenKind, number>

/** @returns tokens that went in, of whatever kind */
export function inputTokens(counts: Pick<TokenCounts, InputKind>): number {
  return INPUT_KINDS.reduce((sum, kind) => sum + counts[kind], 0)
}
