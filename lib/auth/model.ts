/** Pure facts of signing in; isomorphic. */

export const PASSWORD_MIN_CHARACTERS = 12

/** "40 seconds", "1 minute", "15 minutes"; rounded up, so that waiting that long is enough. */
export function waitInWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}
