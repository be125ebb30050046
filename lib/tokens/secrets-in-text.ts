/** Wide: better too much cut out than too little. */
const CUT = /(fxn?_(?:pat|sat|live)_)[0-9A-Za-z_-]{8,}/g
/** Exact, so that what follows a token in a text is not taken for a part of it. */
const FOUND = /fx_(?:pat|sat)_[0-9A-Za-z]{8,}|fxn?_live_[0-9A-Za-z_-]{8,}/g

/** Ways to write the same characters that a reader of the text would undo. */
const DECODINGS_MAX = 3

/**
 * The text with every token in it cut to its prefix. Refusals repeat what was sent (a path, the name of an
 * unknown field or scope), and clients log refusals: a token in the wrong place must not end in a log.
 */
export function withoutSecrets(text: string): string {
  return text.includes('fx') ? text.replaceAll(CUT, '$1…') : text
}

/** Whatever has the form of a token, each once, in the order of the text. Whether it is one, the digest tells. */
export function secretsIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(FOUND), ([found]) => found))]
}

/** True where something like a token can be read out of the text, percent-encoding undone. */
export function hidesSecret(text: string): boolean {
  let plain = text
  for (let round = 0; round < DECODINGS_MAX; round++) {
    if (withoutSecrets(plain) !== plain) return true
    plain = plain.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
  }
  return withoutSecrets(plain) !== plain
}
