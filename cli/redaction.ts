const SECRET = /\b(fxn?_(?:pat|sat|live)_)[0-9A-Za-z_-]{8,}/g
/** As lists show them: prefix and four letters, which open nothing. */
const DISPLAY_PREFIX = /^fx_(?:pat|sat)_[0-9A-Za-z]{4}$/

const known = new Set<string>()

/** From now on this text leaves the process only as an ellipsis. */
export function keepSecret(secret: string): void {
  if (secret.length >= 8) known.add(secret)
}

/**
 * The last thing that happens to everything that is written: no token passes, whatever went wrong before. What an
 * agent reads of us ends in its context, and what a terminal shows in its scrollback.
 */
export function withoutSecrets(text: string): string {
  let clean = text
  for (const secret of known) clean = clean.replaceAll(secret, '…')
  return clean.replaceAll(SECRET, (whole, prefix: string) =>
    DISPLAY_PREFIX.test(whole) ? whole : `${prefix}…`,
  )
}
