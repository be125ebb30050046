const SECRET = /\b(fxn?_(?:pat|sat|live)_)[0-9A-Za-z_-]{8,}/g

/**
 * The text with every token in it cut to its prefix. Refusals repeat what was sent (a path, the name of an
 * unknown field or scope), and clients log refusals: a token in the wrong place must not end in a log.
 */
export function withoutSecrets(text: string): string {
  return text.includes('fx') ? text.replaceAll(SECRET, '$1…') : text
}
