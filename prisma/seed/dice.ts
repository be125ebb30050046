/** Numbers from 0 to 1, the next one at each call. */
export type Dice = () => number

/** The same numbers for the same text, so that a demo looks the same every time (mulberry32 over FNV-1a). */
export function diceOf(text: string): Dice {
  let state = 2_166_136_261
  for (const character of text) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619)
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of them, the likelier the more it weighs. */
export function weighted<Choice extends { weight: number }>(
  choices: readonly [Choice, ...Choice[]],
  dice: Dice,
): Choice {
  let place = dice() * choices.reduce((sum, { weight }) => sum + weight, 0)
  const chosen = choices.find(({ weight }) => {
    place -= weight
    return place < 0
  })
  return chosen ?? choices[0]
}
